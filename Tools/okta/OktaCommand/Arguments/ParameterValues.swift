package import OktaRuntime

/// The values of an action's parameters, checked against their types.
package struct ParameterValues: Sendable {
    /// The values by name on the wire, not encoded; those of a list are joined by commas.
    package private(set) var values: [String: String]

    /// Checks values.
    ///
    /// Values without a name are those of the path, in the order of the path.
    ///
    /// - Throws: A ``CommandFailure`` that names what is missing, left over, or of the wrong type.
    package init(_ split: ArgumentSplit, of action: CommandAction) throws(CommandFailure) {
        var values: [String: String] = [:]
        let parameters = action.descriptor.parameters
        for parameter in parameters {
            guard let given = split.values[parameter.name], let last = given.last else { continue }
            guard given.count == 1 || parameter.type == .list else {
                throw .usage(
                    "--\(KebabCase.name(of: parameter.name)) is given \(given.count) times; it takes one value")
            }
            values[parameter.name] = parameter.type == .list ? given.joined(separator: ",") : last
        }
        var positionals = split.positionals[...]
        for parameter in parameters where parameter.location == .path && values[parameter.name] == nil {
            guard let value = positionals.popFirst() else { break }
            values[parameter.name] = value
        }
        if let extra = positionals.first {
            let path = parameters.filter { $0.location == .path }.map { "<\(KebabCase.name(of: $0.name))>" }
            throw .usage(
                "\(action.category) \(action.name) does not take '\(extra)'",
                advice: "It takes \(path.isEmpty ? "no values without a name" : path.joined(separator: " ")); "
                    + "`okta help \(action.category) \(action.name)` lists its options.")
        }
        for parameter in parameters {
            guard let value = values[parameter.name] else { continue }
            values[parameter.name] = try Self.checked(value, of: parameter)
        }
        self.values = values
    }

    /// The names of the required parameters without a value.
    package func missing(in action: CommandAction) -> [ActionDescriptor.Parameter] {
        action.descriptor.parameters.filter { $0.isRequired && values[$0.name] == nil }
    }

    private static func checked(
        _ value: String, of parameter: ActionDescriptor.Parameter
    ) throws(CommandFailure) -> String {
        let option = "--\(KebabCase.name(of: parameter.name))"
        switch parameter.type {
        case .integer where Int(value) == nil: throw .usage("\(option) takes a whole number, not '\(value)'")
        case .number where Double(value) == nil: throw .usage("\(option) takes a number, not '\(value)'")
        case .boolean where value != "true" && value != "false":
            throw .usage("\(option) takes true or false, not '\(value)'")
        default: break
        }
        if parameter.location == .path {
            if value.isEmpty { throw .usage("\(option) is empty") }
            // In a path, they name the folder and the one above it, and would make another request of this one.
            if value == "." || value == ".." { throw .usage("\(option) is '\(value)', which names no object") }
        }
        return value
    }
}
