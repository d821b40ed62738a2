package import OktaRuntime

/// The validated values of an action's parameters.
package struct ParameterValues: Sendable {
    /// The unencoded values by name in the API. A list is joined by commas.
    package private(set) var values: [String: String]

    /// Validates values.
    ///
    /// Positional values are those of the path, in its order.
    ///
    /// - Throws: A ``CommandFailure`` for missing, surplus or mistyped values.
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

    /// Returns the required parameters without a value.
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
            // As path segments these would change the requested path.
            if value == "." || value == ".." { throw .usage("\(option) is '\(value)', which names no object") }
        }
        return value
    }
}
