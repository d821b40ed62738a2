import OktaCatalog
import YAML

/// Normalizes one schema to the keywords of OpenAPI 3.0. Nested schemas are unchanged.
struct SchemaNormalization {
    let version: OpenAPIVersion
    let schemaNames: Set<ExactText>
    let choices: DiscriminatedChoices

    func normalized(_ node: YAMLNode) -> YAMLNode {
        guard node.entries != nil else {
            // `true` allows anything, like an empty schema; callers handle `false`.
            return node.boolean == true ? YAMLNode(.mapping([]), at: node.location) : node
        }
        var schema = choices.reference(for: node) ?? node
        // 3.1 ignores `nullable`, which lists of types have replaced.
        if version == .v31 { schema["nullable"] = nil }
        if let reference = schema["$dynamicRef"], schema["$ref"] == nil {
            schema.rename("$dynamicRef", to: "$ref", reference)
        }
        if let value = schema["const"], schema["enum"] == nil {
            schema.rename("const", to: "enum", YAMLNode(.sequence([value]), at: value.location))
        }
        readTypes(&schema)
        readNullOptions(&schema)
        readWrappedOptions(&schema)
        readValues(&schema)
        readLimits(&schema)
        readContent(&schema)
        readMembers(&schema)
        readMapping(&schema)
        readBooleans(&schema)
        readSiblings(&schema)
        return schema
    }

    // MARK: Types and null

    private func readTypes(_ schema: inout YAMLNode) {
        guard let type = schema["type"] else { return }
        let listed = type.elements ?? [type]
        var types = listed.filter { $0.scalar != "null" }
        if types.count < listed.count { schema.setFlag("nullable", at: type.location) }
        // Every integer is a number.
        if types.contains(where: { $0.scalar == "number" }) { types.removeAll { $0.scalar == "integer" } }
        if types.count <= 1 {
            schema["type"] = types.first
            return
        }
        let options = types.map { option(of: schema, type: $0) }
        var entries = (schema.entries ?? []).filter { SchemaKeywords.isAnnotation($0.name) }
        entries.append(.init("anyOf", YAMLNode(.sequence(options), at: type.location)))
        schema.content = .mapping(entries)
    }

    /// Returns the part of a schema with several types that applies to one of them.
    private func option(of schema: YAMLNode, type: YAMLNode) -> YAMLNode {
        var entries = (schema.entries ?? []).filter { entry in
            if entry.name == "type" || SchemaKeywords.isAnnotation(entry.name) { return false }
            if SchemaKeywords.ofObjects.contains(entry.name) { return type.scalar == "object" }
            if SchemaKeywords.ofLists.contains(entry.name) { return type.scalar == "array" }
            return true
        }
        entries.append(.init("type", type))
        return YAMLNode(.mapping(entries), at: type.location)
    }

    private func readNullOptions(_ schema: inout YAMLNode) {
        for key in ["oneOf", "anyOf"] {
            guard let list = schema[key], let options = list.elements else { continue }
            let others = options.filter { !Self.isNull($0) }
            guard others.count < options.count else { continue }
            schema.setFlag("nullable", at: list.location)
            let rest = YAMLNode(.sequence(others), at: list.location)
            if others.isEmpty {
                schema[key] = nil
            } else if others.count == 1, schema["allOf"] == nil {
                schema.rename(key, to: "allOf", rest)
            } else {
                schema[key] = rest
            }
        }
    }

    /// Replaces options that only wrap a reference, to describe it, with the reference.
    private func readWrappedOptions(_ schema: inout YAMLNode) {
        for key in ["oneOf", "anyOf"] {
            guard var list = schema[key], let options = list.elements else { continue }
            let unwrapped = options.map { Self.reference(wrappedBy: $0) ?? $0 }
            guard unwrapped != options else { continue }
            list.content = .sequence(unwrapped)
            schema[key] = list
        }
    }

    private static func reference(wrappedBy option: YAMLNode) -> YAMLNode? {
        guard let parts = option["allOf"]?.elements, parts.count == 1, parts[0]["$ref"] != nil,
            option.entries?.allSatisfy({ ["allOf", "description", "title"].contains($0.name) }) == true
        else { return nil }
        return parts[0]
    }

    private static func isNull(_ option: YAMLNode) -> Bool {
        func isNothing(_ node: YAMLNode?) -> Bool { node?.elements.map { $0.count == 1 && $0[0].isNull } ?? false }
        let type = option["type"]
        if type?.scalar == "null" || type?.elements?.map(\.scalar) == ["null"] { return true }
        return option["const"]?.isNull == true || isNothing(option["enum"])
    }

    private func readValues(_ schema: inout YAMLNode) {
        // Okta's documents without enumerations list the values of a string under another key.
        if schema["enum"] == nil, let values = schema["x-okta-known-values"], values.elements != nil {
            schema.rename("x-okta-known-values", to: "enum", values)
        }
        guard let list = schema["enum"], let values = list.elements else { return }
        let others = values.filter { $0.valueKind != .null }
        if others.count < values.count {
            schema.setFlag("nullable", at: list.location)
            schema["enum"] = others.isEmpty ? nil : YAMLNode(.sequence(others), at: list.location)
        }
        guard schema["type"] == nil, !others.isEmpty else { return }
        let kinds = Set(others.map(\.valueKind))
        let type: String? =
            switch kinds {
            case [.boolean]: "boolean"
            case [.integer]: "integer"
            case [.number], [.number, .integer]: "number"
            default: nil
            }
        if let type {
            schema["type"] = YAMLNode(.scalar(type, .plain), at: list.location)
        }
    }

    // MARK: Limits, bytes and members

    private func readLimits(_ schema: inout YAMLNode) {
        for (key, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard let limit = schema[key], limit.boolean == nil else { continue }
            schema[bound] = limit
            schema[key] = YAMLNode(.scalar("true", .plain), at: limit.location)
        }
    }

    private func readContent(_ schema: inout YAMLNode) {
        guard schema["format"] == nil, schema["type"]?.scalar == "string" else { return }
        if let encoding = schema["contentEncoding"] {
            guard ["base64", "base64url"].contains(encoding.scalar) else { return }
            schema["format"] = YAMLNode(.scalar("byte", .plain), at: encoding.location)
        } else if let media = schema["contentMediaType"], media.scalar == "application/octet-stream" {
            schema["format"] = YAMLNode(.scalar("binary", .plain), at: media.location)
        }
    }

    private func readMembers(_ schema: inout YAMLNode) {
        if let values = schema["unevaluatedProperties"], schema["additionalProperties"] == nil {
            schema.rename("unevaluatedProperties", to: "additionalProperties", values)
        }
        if let patterns = schema["patternProperties"]?.entries, let first = patterns.first,
            schema["additionalProperties"] == nil || schema["additionalProperties"]?.boolean == false
        {
            let values = patterns.count == 1 ? first.value : YAMLNode(.scalar("true", .plain), at: first.key.location)
            schema["additionalProperties"] = values
        }
        guard schema["type"] == nil, ["$ref", "allOf", "oneOf", "anyOf", "enum"].allSatisfy({ schema[$0] == nil })
        else { return }
        if let items = schema["items"] ?? schema["prefixItems"] {
            schema["type"] = YAMLNode(.scalar("array", .plain), at: items.location)
        } else if let values = schema["additionalProperties"], values.boolean != false, schema["properties"] == nil {
            schema["type"] = YAMLNode(.scalar("object", .plain), at: values.location)
        }
    }

    // MARK: References

    /// Completes the names of schemas in a mapping, which may lack their path.
    private func readMapping(_ schema: inout YAMLNode) {
        guard var discriminator = schema["discriminator"], var mapping = discriminator["mapping"],
            var entries = mapping.entries
        else { return }
        for index in entries.indices {
            guard let name = entries[index].value.scalar, schemaNames.contains(text: name) else { continue }
            let pointer = DocumentPointer(["components", "schemas", name])
            entries[index].value.content = .scalar(pointer.description, .quoted)
        }
        mapping.content = .mapping(entries)
        discriminator["mapping"] = mapping
        schema["discriminator"] = discriminator
    }

    private func readBooleans(_ schema: inout YAMLNode) {
        if schema["items"]?.boolean == false { schema["items"] = nil }
        if var properties = schema["properties"], let entries = properties.entries {
            properties.content = .mapping(entries.filter { $0.value.boolean != false })
            schema["properties"] = properties
        }
        for (key, neutral) in [("allOf", true), ("oneOf", false), ("anyOf", false)] {
            guard var list = schema[key], let elements = list.elements,
                elements.contains(where: { $0.boolean == neutral })
            else { continue }
            list.content = .sequence(elements.filter { $0.boolean != neutral })
            schema[key] = list
        }
    }

    /// Reads the siblings of a reference, which count in 3.1. In 3.0, only annotations do.
    private func readSiblings(_ schema: inout YAMLNode) {
        guard version == .v31, let reference = schema["$ref"], schema.entries != nil,
            schema.entries?.contains(where: { SchemaKeywords.structure.contains($0.name) }) == true
        else { return }
        let part = YAMLNode(.mapping([.init("$ref", reference)]), at: reference.location)
        let parts = YAMLNode(.sequence([part] + (schema["allOf"]?.elements ?? [])), at: reference.location)
        schema["allOf"] = nil
        schema.rename("$ref", to: "allOf", parts)
    }
}
