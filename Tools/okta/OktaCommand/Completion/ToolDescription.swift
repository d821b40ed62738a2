package import OktaRuntime

/// The options, values and subcommands of a command, as the library of the frame describes them.
package struct ToolDescription: Sendable {
    /// An option, a flag or a value without a name.
    package struct Argument: Sendable {
        /// The names with their hyphens, the long ones first; none for a value without a name.
        package let names: [String]
        /// Whether the next word is its value.
        package let takesValue: Bool
        /// The name of the value, such as `path`.
        package let valueName: String
        /// The values that it takes; empty when it takes others.
        package let values: [String]
        /// What it does.
        package let help: String
        /// Whether it may be given again.
        package let isRepeating: Bool
    }

    /// What the command does.
    package let abstract: String
    /// What else is to know.
    package let discussion: String
    /// Its options and values.
    package let arguments: [Argument]
    /// Its subcommands by name.
    package let subcommands: [(name: String, tool: ToolDescription)]

    /// Reads the description in JSON.
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

    /// The option or flag with a name.
    func option(_ name: String) -> Argument? { arguments.first { $0.names.contains(name) } }

    /// A command without anything, for descriptions that cannot be read.
    package static let empty = ToolDescription(.emptyObject)
}
