/// The documentation of an action: its summary and the descriptions of its parameters.
///
/// Every text is one line of Markdown, as in the documentation of the typed functions.
public struct ActionHelp: Sendable, Hashable {
    /// The documentation of a parameter.
    public struct Parameter: Sendable, Hashable {
        /// The description, with limits and default; empty if the catalog has none.
        public let text: String
        /// The enumeration in the module's ``ModelSchema`` that lists the values; `nil` if they are not listed.
        public let enumeration: String?
    }

    /// A sentence that says what the action does.
    public let summary: String
    /// Further details, such as a precondition; `nil` if there are none.
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

/// The documentation of all actions of a module, for programs that show actions to people.
///
/// In a generated module, it is one text that is separate from the ``ActionRegistry``, so that only programs that read
/// it contain it.
public struct ActionHelpIndex: Sendable {
    /// The texts of a category. Those of its actions are read when one is first used.
    private struct Category: Sendable {
        let summary: String?
        let actions: OnFirstUse<[String: JSON]>
    }

    private let categories: [String: Category]

    /// Returns the documentation of an action; `nil` if the module does not have the action.
    public func help(for action: ActionDescriptor) -> ActionHelp? {
        text(of: action).map { ActionHelp($0) }
    }

    /// Returns the address of Okta's page about an action's operation; `nil` if there is none.
    package func reference(of action: ActionDescriptor) -> String? {
        text(of: action)?["reference"]?.string
    }

    /// Returns the description of a category; `nil` if the module does not have the category, or the catalog does not
    /// describe it.
    public func summary(ofCategory category: String) -> String? { categories[category]?.summary }

    private static let parsed = ParsedTexts<ActionHelpIndex>()

    /// Returns the index of a generated module.
    ///
    /// - Parameters:
    ///   - module: The module's name.
    ///   - text: A JSON array of categories, each with its `category`, its `summary` and its `actions`.
    public static func _module(_ module: StaticString, text: StaticString) -> ActionHelpIndex {
        parsed.value(of: module, text) { ActionHelpIndex(text: $0) }
    }

    init(text: JSON) {
        let named = (text.elements ?? []).map { category in
            let actions = OnFirstUse {
                let named = (category["actions"]?.elements ?? []).map { ($0["name"]?.string ?? "", $0) }
                return Dictionary(named, uniquingKeysWith: { _, last in last })
            }
            let name = category["category"]?.string ?? ""
            return (name, Category(summary: category["summary"]?.string, actions: actions))
        }
        categories = Dictionary(named, uniquingKeysWith: { _, last in last })
    }

    private func text(of action: ActionDescriptor) -> JSON? {
        categories[action.category]?.actions.value[action.name]
    }
}
