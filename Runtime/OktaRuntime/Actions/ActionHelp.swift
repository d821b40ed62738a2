/// What a person needs to know to call an action: its summary and the meaning of its parameters.
///
/// The texts are Markdown on one line each, as in the documentation of the typed functions.
public struct ActionHelp: Sendable, Hashable {
    /// What a parameter means.
    public struct Parameter: Sendable, Hashable {
        /// The meaning, the limits and the default; empty when the catalog has none.
        public let text: String
        /// The enumeration in the module's ``ModelSchema`` that has the values; nil when they are not listed.
        public let enumeration: String?
    }

    /// What the action does.
    public let summary: String
    /// What else to know, such as a condition; nil when there is nothing else.
    public let discussion: String?
    /// The address of Okta's page about the operation.
    public let reference: String?
    /// The parameters by their name on the wire.
    public let parameters: [String: Parameter]

    /// Reads the help of one action from the text of a generated module.
    init(_ action: JSON) {
        summary = action["summary"]?.string ?? ""
        discussion = action["discussion"]?.string
        reference = action["reference"]?.string
        parameters = Dictionary(
            (action["parameters"]?.members ?? []).map { name, value in
                (
                    name,
                    Parameter(text: value["text"]?.string ?? value.string ?? "", enumeration: value["values"]?.string)
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}

/// The help of every action of a module, for programs that show actions to people.
///
/// A generated module has it as one text apart from its ``ActionRegistry``: only programs that read it contain it.
public struct ActionHelpIndex: Sendable {
    private let categories: [String: String]
    private let actions: [String: JSON]

    /// The help of an action of the module; nil when the module does not have the action.
    public func help(for action: ActionDescriptor) -> ActionHelp? {
        actions[Self.key(action.category, action.name)].map { ActionHelp($0) }
    }

    /// What a category of the module is about; nil when the catalog does not say it, or does not have the category.
    public func summary(ofCategory category: String) -> String? { categories[category] }

    private static let parsed = ParsedTexts<ActionHelpIndex>()

    /// The index of a generated module.
    ///
    /// - Parameters:
    ///   - module: The module's name.
    ///   - text: A JSON array of categories, each with its `category`, its `summary` and its `actions`.
    public static func _module(_ module: StaticString, text: StaticString) -> ActionHelpIndex {
        parsed.value(of: module, text) { ActionHelpIndex(text: $0) }
    }

    init(text: JSON) {
        var categories: [String: String] = [:]
        var actions: [String: JSON] = [:]
        for category in text.elements ?? [] {
            let name = category["category"]?.string ?? ""
            categories[name] = category["summary"]?.string
            for action in category["actions"]?.elements ?? [] {
                actions[Self.key(name, action["name"]?.string ?? "")] = action
            }
        }
        self.categories = categories
        self.actions = actions
    }

    /// No name holds a line break.
    private static func key(_ category: String, _ action: String) -> String { "\(category)\n\(action)" }
}
