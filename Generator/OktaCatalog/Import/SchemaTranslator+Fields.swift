import YAML

/// What a declaration holds: fields, and the forms that it takes.
extension SchemaTranslator {
    /// Adds what a schema says to a declaration.
    mutating func fill(_ declaration: inout ImportedDeclaration, from node: YAMLNode, at place: Place) {
        let parts = node["allOf"]?.elements ?? []
        let bases = parts.filter { document.schemaName($0) != nil && document.isObject(document.resolve($0)) }
        let parent = bases.first { document.hasDiscriminator($0) } ?? (bases.count == 1 ? bases.first : nil)
        for part in parts {
            if let base = document.schemaName(part) {
                if part == parent, declaration.extends == nil, case .named(let name) = type(ofComponent: base) {
                    declaration.extends = name.value
                } else {
                    // Types described in place keep the name that their own schema gives them.
                    let resolved = document.resolve(part)
                    fill(&declaration, from: resolved, at: Place(name: names.typeName(base), upstream: base))
                }
            } else {
                fill(&declaration, from: part, at: place)
            }
        }
        for property in node["properties"]?.entries ?? [] {
            let type = self.type(
                of: property.value, at: self.place(ofField: property.name, in: place),
                pinned: pinnedFields[declaration.name]?[property.name])
            let facts = SchemaFacts(of: document.chain(from: property.value), type: type)
            let field = ImportedDeclaration.Field(name: property.name, type: type, facts: facts.entries)
            if let index = declaration.fields.firstIndex(where: { $0.name == property.name }) {
                declaration.fields[index] = field
            } else {
                declaration.fields.append(field)
            }
        }
        for name in (node["required"]?.elements ?? []).compactMap(\.scalar) {
            guard let index = declaration.fields.firstIndex(where: { $0.name == name }) else { continue }
            declaration.fields[index].isRequired = true
        }
        if let values = node["additionalProperties"], values.scalar != "false" { declaration.isOpen = true }
        fillVariants(of: &declaration, from: node, at: place)
    }

    private mutating func fillVariants(of declaration: inout ImportedDeclaration, from node: YAMLNode, at place: Place)
    {
        let options = (node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? [])
        let mapping = node["discriminator"]?["mapping"]?.entries ?? []
        if let property = node["discriminator"]?["propertyName"]?.scalar {
            declaration.discriminator = property
            declaration.variantFields = .common
        } else if !options.isEmpty {
            declaration.variantFields = .all
        }
        for entry in mapping {
            let reference = YAMLNode(
                .mapping([YAMLEntry(key: YAMLNode(.scalar("$ref", .plain), at: entry.key.location), value: entry.value)]
                ), at: entry.value.location)
            guard case .named(let name) = type(of: reference, at: place) else { continue }
            declaration.variants.append((entry.name, name.value))
        }
        guard mapping.isEmpty else { return }
        for (index, option) in options.enumerated() {
            if document.schemaName(option) != nil {
                guard case .named(let name) = type(of: option, at: self.place(ofField: "option\(index + 1)", in: place))
                else { continue }
                declaration.variants.append((nil, name.value))
            } else {
                // Options without a name only add fields.
                fill(&declaration, from: option, at: place)
            }
        }
        // Without a mapping nothing says which value means which variant.
        if declaration.discriminator != nil, !options.isEmpty { declaration.discriminator = nil }
    }
}
