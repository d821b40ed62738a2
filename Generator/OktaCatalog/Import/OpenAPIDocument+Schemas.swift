import YAML

/// Questions about schemas, which the catalog's types depend on.
extension OpenAPIDocument {
    /// Whether what a schema describes has members, and so becomes a model.
    func isObject(_ node: YAMLNode) -> Bool {
        if node["properties"]?.entries?.isEmpty == false || node["discriminator"]?.entries != nil { return true }
        if node["allOf"]?.elements?.contains(where: { isObject(resolve($0)) }) == true { return true }
        let options = (node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? [])
        return !options.isEmpty && options.allSatisfy { isObject(resolve($0)) }
    }

    /// Whether a schema is a text with known values.
    func isEnumeration(_ node: YAMLNode) -> Bool {
        let type = node["type"]?.scalar
        return node["enum"]?.elements != nil && (type == nil || type == "string")
    }

    /// Whether a schema says no more than that there is an object.
    func isBare(_ node: YAMLNode) -> Bool {
        (node.entries ?? []).allSatisfy {
            $0.name == "description" || $0.name == "type" && $0.value.scalar == "object"
                || $0.name == "properties" && $0.value.entries?.isEmpty == true
        }
    }

    /// The one schema that an `allOf` decorates with no more than words or flags.
    func alias(_ node: YAMLNode) -> YAMLNode? {
        guard let parts = node["allOf"]?.elements, node["properties"] == nil else { return nil }
        let decorations: Set<String> = [
            "description", "readOnly", "nullable", "deprecated", "example", "title", "default", "writeOnly",
            "x-okta-lifecycle",
        ]
        let substantial = parts.filter { part in
            !(part.entries ?? []).allSatisfy { decorations.contains($0.name) || $0.name.hasPrefix("x-") }
        }
        guard substantial.count == 1, let only = substantial.first else { return nil }
        let isOpen = node["additionalProperties"].map { $0.scalar != "false" } ?? false
        return isOpen ? nil : only
    }

    /// What a choice of named schemas is known by, wherever it is offered; nil for every other schema.
    func choice(_ node: YAMLNode) -> String? {
        guard node["properties"] == nil, node["allOf"] == nil,
            let options = node["oneOf"]?.elements ?? node["anyOf"]?.elements
        else { return nil }
        let names = options.compactMap { schemaName($0) }
        return names.count == options.count ? names.joined(separator: " | ") : nil
    }

    /// Whether a schema, or one that it extends, says how its forms are told apart.
    func hasDiscriminator(_ node: YAMLNode) -> Bool {
        let resolved = resolve(node)
        if resolved["discriminator"]?.entries != nil { return true }
        return resolved["allOf"]?.elements?.contains { schemaName($0) != nil && hasDiscriminator($0) } ?? false
    }

    /// A schema, what it refers to and what it decorates: a fact may stand at any of them.
    func chain(from node: YAMLNode) -> [YAMLNode] {
        var chain = [node]
        if node["$ref"] != nil {
            chain.append(resolve(node))
        }
        for part in node["allOf"]?.elements ?? [] {
            chain.append(part["$ref"] == nil ? part : resolve(part))
        }
        return chain
    }
}
