package import OktaRuntime

/// The options, values and subcommands of a command, from the argument parser.
package struct ToolDescription: Sendable {
    /// An option, a flag or a positional value.
    package struct Argument: Sendable {
        /// The names with hyphens, long ones first; empty for a positional value.
        package let names: [String]
        /// Whether the next word is its value.
        package let takesValue: Bool
        /// The name of the value, such as `path`.
        package let valueName: String
        /// The allowed values; empty for any.
        package let values: [String]
        /// The description of the argument.
        package let help: String
        /// Whether it can be repeated.
        package let isRepeating: Bool
    }

    /// The short description of the command.
    package let abstract: String
    /// Further description.
    package let discussion: String
    /// The options and values.
    package let arguments: [Argument]
    /// The subcommands by name.
    package let subcommands: [(name: String, tool: ToolDescription)]

    /// Parses a description in JSON.
    package init(_ json: JSON) {
        let command = json["command"] ?? json
        abstract = command["abstract"]?.string ?? ""
        discussion = command["discussion"]?.string ?? ""
        arguments = (command["arguments"]?.elements ?? []).compactMap { argument in
            guard argument["shouldDisplay"]?.bool ?? true else { return nil }
            let names = (argument["names"]?.elements ?? []).map { name in
                (name["kind"]?.string == "long" ? "--" : "-") + (name["name"]?.string ?? "")
            }
            return Argument(
                names: names.sorted { $0.count > $1.count }, takesValue: argument["kind"]?.string != "flag",
                valueName: argument["valueName"]?.string ?? "",
                values: (argument["allValues"]?.elements ?? []).compactMap(\.string),
                help: argument["abstract"]?.string ?? "", isRepeating: argument["isRepeating"]?.bool ?? false)
        }
        subcommands = (command["subcommands"]?.elements ?? []).compactMap { subcommand in
            guard let name = subcommand["commandName"]?.string, name != "help" else { return nil }
            return (name, ToolDescription(subcommand))
        }
    }

    /// Returns the option or flag with a name.
    func option(_ name: String) -> Argument? { arguments.first { $0.names.contains(name) } }

    /// An empty description, for invalid ones.
    package static let empty = ToolDescription(.emptyObject)
}
