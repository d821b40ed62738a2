package import YAML

/// The keys of one kind of entry, with their order and the keys that are facts of Okta's document.
///
/// Names, sentences and `pinned` are handwritten. An update writes `removed` to mark an element that Okta's document no
/// longer has, so that its sentences are kept.
package struct EntryKeys: Sendable {
    /// All keys in their order.
    package let order: [String]
    /// The keys that follow the document, unless `pinned` lists them.
    package let facts: Set<String>

    /// Creates the keys of a kind of entry.
    package init(order: [String], facts: Set<String>) {
        self.order = order
        self.facts = facts
    }

    /// Returns the keys without some of them.
    private func without(_ others: Set<String>) -> EntryKeys {
        EntryKeys(order: order.filter { !others.contains($0) }, facts: facts.subtracting(others))
    }

    /// Returns the rank of a key in the order; unknown keys come last.
    package func rank(of key: String) -> Int { order.firstIndex(of: key) ?? order.count }

    /// The key that marks an element that Okta's document no longer has.
    package static let removed = "removed"

    // MARK: Actions

    /// An action.
    package static let action = EntryKeys(
        order: [
            "action", "aliases", "renamed", "swift", "summary", "discussion", "generic", "method", "path", "pinned",
            "upstream", "reference", "hostPrefix", "params", "body", "returns", "otherReturns", "alternatives",
            "accept", "success", "paging", "authorization", "scopes", "lifecycle", "deprecated",
        ],
        facts: [
            "upstream", "reference", "hostPrefix", "body", "returns", "otherReturns", "alternatives", "accept",
            "success", "paging", "authorization", "scopes", "lifecycle", "deprecated",
        ])

    // MARK: Dispositions

    /// The file `upstream.yaml`.
    package static let dispositions = EntryKeys(
        order: ["release", "content", "ignored", "cover", "toDo", "gone"], facts: ["release", "content"])

    // MARK: Parameters and fields

    private static let memberFacts = [
        "in", "type", "required", "explode", "readOnly", "writeOnly", "nullable", "deprecated", "minimum", "maximum",
        "minLength", "maxLength", "pattern", "default",
    ]

    /// A parameter or a field.
    package static let member = EntryKeys(
        order: ["name"] + memberFacts + ["pinned", "swift", "doc", removed], facts: Set(memberFacts))

    /// A parameter.
    package static let parameter = member.without(["readOnly", "writeOnly", "nullable"])

    /// A field.
    package static let field = member.without(["name", "in", "explode"])

    // MARK: Models and enumerations

    /// A model or an enumeration.
    package static let declaration = EntryKeys(
        order: [
            "model", "enum", removed, "upstream", "group", "doc", "pinned", "sameAs", "extends", "open",
            "discriminator", "variants", "case", "init", "fields", "values",
        ],
        facts: ["upstream", "group", "extends", "open", "discriminator"])

    /// A value of an enumeration with its documentation.
    package static let value = EntryKeys(order: ["value", "swift", "doc", removed], facts: [])

    /// The keys with the contents of a model, which an alias does not have.
    package static let modelContents = ["extends", "open", "discriminator", "variants", "case", "init", "fields"]

    /// A model.
    package static let model = declaration.without(["enum", "values"])

    /// An enumeration.
    package static let enumeration = declaration.without(Set(modelContents + ["model"]))
}

extension YAMLNode {
    /// Whether Okta's document no longer has the entry, whose sentences the catalog keeps.
    package var isRemoved: Bool { entries != nil && self[EntryKeys.removed]?.scalar == "true" }
}
