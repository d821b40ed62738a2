internal import OktaRuntime

/// The arguments of an action, split into values of its parameters and options of the program.
///
/// The catalog defines the parameters, so they are separated before the argument parser reads the rest. The value of a
/// parameter is never mistaken for an option.
package struct ArgumentSplit: Sendable {
    /// The values by parameter name in the API.
    package private(set) var values: [String: [String]] = [:]
    /// The positional values in order.
    package private(set) var positionals: [String] = []
    /// The remaining arguments, for the argument parser.
    package private(set) var options: [String] = []

    /// Splits arguments.
    ///
    /// - Parameters:
    ///   - arguments: The arguments after the action's name.
    ///   - action: The action.
    ///   - shortOptions: Further options of parameters: the parameter's name in the API by the option's name.
    ///   - optionsWithValue: The options of the program that take the next argument as their value.
    package init(
        _ arguments: [String], of action: CommandAction, shortOptions: [String: String] = [:],
        optionsWithValue: Set<String>
    ) throws(CommandFailure) {
        let parameters = action.descriptor.parameters
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                positionals += rest
                break
            }
            guard argument.hasPrefix("--") else {
                if argument.hasPrefix("-"), argument.count > 1, !argument.dropFirst().allSatisfy(\.isNumber) {
                    options.append(argument)
                    if optionsWithValue.contains(argument), let value = rest.popFirst() { options.append(value) }
                } else {
                    positionals.append(argument)
                }
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            let attached = parts.count == 2 ? String(parts[1]) : nil
            if let parameter = parameters.first(where: { $0.name == name || KebabCase.name(of: $0.name) == name })
                ?? shortOptions[name].flatMap({ name in parameters.first { $0.name == name } })
            {
                values[parameter.name, default: []].append(try Self.value(attached, of: parameter, argument, &rest))
            } else {
                options.append(argument)
                if attached == nil, optionsWithValue.contains(argument), let value = rest.popFirst() {
                    options.append(value)
                }
            }
        }
    }

    private static func value(
        _ attached: String?, of parameter: ActionDescriptor.Parameter, _ argument: String,
        _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) -> String {
        if let attached { return attached }
        // A flag without a value means true, such as `--activate`.
        if parameter.type == .boolean, rest.first.map({ $0 != "true" && $0 != "false" }) ?? true { return "true" }
        guard let value = rest.popFirst() else { throw .usage("\(argument) needs a value") }
        return value
    }
}
