import OktaCatalog
import YAML

/// Properties of schemas that determine the catalog's types.
extension OpenAPIDocument {
    /// Returns the description or title of a schema.
    func words(of schema: YAMLNode) -> String? {
        schema["description"]?.scalar ?? resolve(schema)["description"]?.scalar ?? resolve(schema)["title"]?.scalar
    }

    /// Returns whether a schema is a string with known values.
    func isEnumeration(_ node: YAMLNode) -> Bool {
        guard let values = node["enum"]?.elements, values.contains(where: { $0.scalar != nil }) else { return false }
        switch node["type"]?.scalar {
        case "string": return true
        case nil: return values.allSatisfy { $0.valueKind == .string }
        default: return false
        }
    }

    /// Returns whether a schema states only that the value is an object.
    func isBare(_ node: YAMLNode) -> Bool {
        (node.entries ?? []).allSatisfy {
            $0.name == "description" || $0.name == "type" && $0.value.scalar == "object"
                || $0.name == "properties" && $0.value.entries?.isEmpty == true
        }
    }

    /// Returns whether a named schema is an object without members, which are declared where it is extended, or
    /// nowhere.
    func isBareObject(_ node: YAMLNode) -> Bool {
        node["type"]?.scalar == "object" && node["properties"] == nil && node["allOf"] == nil && node["enum"] == nil
            && node["additionalProperties"]?.entries?.isEmpty != false
    }

    /// Returns the single schema to which an `allOf` adds only annotations.
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

    /// Returns the identity of a choice of several named schemas, independent of its position; nil for any other
    /// schema. A choice of one schema is distinct from that schema, because it may have a discriminator and get more
    /// options in a later release.
    func choice(_ node: YAMLNode) -> String? {
        guard node["properties"] == nil, node["allOf"] == nil,
            let options = node["oneOf"]?.elements ?? node["anyOf"]?.elements
        else { return nil }
        let names = options.compactMap { schemaName($0) }
        return names.count == options.count && names.count > 1 ? names.joined(separator: " | ") : nil
    }

    /// Returns a schema, the schemas it refers to and those it annotates, because each may state a fact.
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
