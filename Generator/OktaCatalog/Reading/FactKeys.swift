/// The keys of one kind of entry: their order, and which of them are facts of Okta's document.
///
/// The other keys are written by people: names, sentences, and everything that `pinned` lists.
package struct FactKeys: Sendable {
    /// All keys in their order.
    package let order: [String]
    /// The keys that follow the document.
    package let facts: Set<String>

    /// Creates the keys of a kind of entry.
    package init(order: [String], facts: Set<String>) {
        self.order = order
        self.facts = facts
    }

    /// The rank of a key in the order; unknown keys come last.
    package func rank(of key: String) -> Int { order.firstIndex(of: key) ?? order.count }

    private static let members = [
        "in", "type", "required", "explode", "readOnly", "writeOnly", "nullable", "deprecated", "minimum", "maximum",
        "minLength", "maxLength", "pattern", "default",
    ]

    /// A parameter or a field.
    package static let member = FactKeys(order: ["name"] + members + ["pinned", "swift", "doc"], facts: Set(members))

    /// An action.
    package static let action = FactKeys(
        order: [
            "action", "aliases", "renamed", "swift", "summary", "discussion", "generic", "method", "path", "pinned",
            "upstream", "reference", "hostPrefix", "params", "body", "returns", "otherReturns", "alternatives",
            "accept", "success", "paging", "authorization", "scopes", "lifecycle", "deprecated",
        ],
        facts: [
            "upstream", "reference", "hostPrefix", "body", "returns", "otherReturns", "alternatives", "accept",
            "success", "paging", "authorization", "scopes", "lifecycle", "deprecated",
        ])

    /// A model or an enumeration.
    package static let declaration = FactKeys(
        order: [
            "model", "enum", "upstream", "group", "doc", "pinned", "sameAs", "extends", "open", "discriminator",
            "variants",
            "case", "init", "fields", "values",
        ],
        facts: ["upstream", "group", "extends", "open", "discriminator"])
}
