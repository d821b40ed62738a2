import OktaCatalog
import YAML

/// Finds the schema that a choice replaces: the only one with the choice's discriminator, if all options extend it.
///
/// Okta publishes its documents in two forms. In one, an operation refers to a schema with a discriminator. In the
/// other, the operation lists the schemas that extend it in `oneOf`, with the same discriminator. Both describe the
/// same values, so the second form is read as the first.
struct DiscriminatedChoices: Sendable {
    private struct Discriminator: Hashable {
        var property: ExactText
        /// The names of the schemas by value.
        var mapping: [ExactText: ExactText]

        init?(_ node: YAMLNode?) {
            guard let property = node?["propertyName"]?.scalar, let entries = node?["mapping"]?.entries else {
                return nil
            }
            self.property = ExactText(property)
            mapping = Dictionary(
                entries.map { (ExactText($0.name), ExactText(DiscriminatedChoices.name(in: $0.value) ?? "")) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The schemas with a discriminator that are not choices.
    private var schemas: [Discriminator: [String]] = [:]
    /// The schemas that a schema extends directly.
    private var bases: [ExactText: [String]] = [:]
    /// The maximum number of schemas that an option may extend; no real schema extends more.
    private static let maximumBases = 16
    private static let prefix = "#/components/schemas/"

    init(of root: YAMLNode) {
        let entries = root["components"]?["schemas"]?.entries ?? []
        for entry in entries where entry.value["oneOf"] == nil && entry.value["anyOf"] == nil {
            if let discriminator = Discriminator(entry.value["discriminator"]) {
                schemas[discriminator, default: []].append(entry.name)
            }
        }
        guard !schemas.isEmpty else { return }
        for entry in entries {
            let parts = (entry.value["allOf"]?.elements ?? []).compactMap { $0["$ref"].flatMap(Self.name) }
            if !parts.isEmpty { bases[text: entry.name] = parts }
        }
    }

    /// Returns the reference to the schema that a choice replaces, with the annotations of the choice; nil for any
    /// other schema.
    func reference(for node: YAMLNode) -> YAMLNode? {
        guard !schemas.isEmpty, let list = node["oneOf"], let options = list.elements, options.count > 1,
            let discriminator = Discriminator(node["discriminator"]),
            let candidates = schemas[discriminator],
            (node.entries ?? []).allSatisfy({
                ["oneOf", "discriminator"].contains($0.name) || SchemaKeywords.isAnnotation($0.name)
                    || $0.name == "type" && $0.value.scalar == "object"
            })
        else { return nil }
        let names = options.map { option in option["$ref"].flatMap(Self.name).map { ExactText($0) } }
        guard Set(names) == Set(discriminator.mapping.values.map { Optional($0) }) else { return nil }
        // If several schemas have the discriminator, the document does not say which one the choice replaces.
        guard candidates.count == 1, let base = candidates.first,
            names.allSatisfy({ $0.map { extends($0.text, base) } ?? false })
        else { return nil }
        let target = YAMLNode(
            .scalar(DocumentPointer(["components", "schemas", base]).description, .quoted), at: list.location)
        var result = node
        result.rename("oneOf", to: "$ref", target)
        for key in ["discriminator", "type"] { result[key] = nil }
        return result
    }

    private func extends(_ name: String, _ base: String) -> Bool {
        var known: Set<ExactText> = []
        var steps = [name]
        while let next = steps.popLast(), known.count < Self.maximumBases {
            for other in bases[text: next] ?? [] where known.insert(text: other) {
                if other.hasSameBytes(as: base) { return true }
                steps.append(other)
            }
        }
        return false
    }

    /// Returns the name of the schema that a reference, or a mapping without a path, leads to.
    private static func name(in node: YAMLNode) -> String? {
        guard let text = node.scalar else { return nil }
        guard text.hasPrefix(prefix) else { return text.contains("/") ? nil : text }
        let tokens = DocumentPointer(reference: text)?.tokens ?? []
        return tokens.count == 3 ? tokens[2] : nil
    }
}
