import OktaCatalog
import YAML

/// The kind of each referenced schema, as far as it depends on its own references.
///
/// Schemas may refer to themselves through `oneOf`. The computation therefore starts without assumptions, and
/// propagates each finding to the referring schemas until there are no more.
struct SchemaClasses: Sendable {
    /// The properties of a schema.
    struct Class: Sendable, Hashable {
        /// Whether values of the schema have members.
        var isObject = false
        /// Whether the schema, or one that it extends, has a discriminator.
        var hasDiscriminator = false
    }

    private(set) var classes: [ExactText: Class] = [:]

    init(of targets: [ExactText: ReferenceIndex.Target]) {
        let schemas = targets.filter { $0.value.place == .schema }.mapValues(\.node)
        var referrers: [ExactText: [ExactText]] = [:]
        for (name, node) in schemas {
            for reference in Self.references(in: node) { referrers[text: reference, default: []].append(name) }
        }
        var waiting = Array(schemas.keys)
        var isWaiting = Set(waiting)
        while let name = waiting.popLast() {
            isWaiting.remove(name)
            guard let node = schemas[name] else { continue }
            let found = Class(isObject: isObject(node, named: name.text), hasDiscriminator: hasDiscriminator(node))
            guard found != classes[name, default: Class()] else { continue }
            classes[name] = found
            for referrer in referrers[name] ?? [] where isWaiting.insert(referrer).inserted { waiting.append(referrer) }
        }
    }

    /// Returns whether the value of a schema has members, so that it becomes a model.
    ///
    /// - Parameter name: The reference to the schema. It is ignored in a choice that includes itself.
    func isObject(_ node: YAMLNode, named name: String? = nil) -> Bool {
        if let reference = node["$ref"]?.scalar { return classes[text: reference]?.isObject ?? false }
        if node["properties"]?.entries?.isEmpty == false || node["discriminator"]?.entries != nil { return true }
        if node["allOf"]?.elements?.contains(where: { isObject($0) }) == true { return true }
        let options = ((node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? []))
            .filter { option in name.map { $0.hasSameBytes(as: option["$ref"]?.scalar ?? "") } != true }
        return !options.isEmpty && options.allSatisfy { isObject($0) }
    }

    /// Returns whether a schema, or one that it extends, has a discriminator.
    func hasDiscriminator(_ node: YAMLNode) -> Bool {
        if let reference = node["$ref"]?.scalar { return classes[text: reference]?.hasDiscriminator ?? false }
        if node["discriminator"]?.entries != nil { return true }
        return node["allOf"]?.elements?.contains { $0["$ref"] != nil && hasDiscriminator($0) } ?? false
    }

    private static func references(in node: YAMLNode) -> [String] {
        if let reference = node["$ref"]?.scalar { return [reference] }
        return ["allOf", "oneOf", "anyOf"].flatMap { node[$0]?.elements ?? [] }.flatMap { references(in: $0) }
    }
}
