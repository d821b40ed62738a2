import YAML

/// What a declaration holds: fields, and the forms that it takes.
extension SchemaTranslator {
    /// What is left to add to a declaration.
    private enum Step {
        /// A schema with its parts.
        case schema(YAMLNode, Place)
        /// A part that another schema describes, and that the declaration may extend.
        case base(YAMLNode, canExtend: Bool)
        /// What a schema says itself.
        case own(YAMLNode, Place)
        /// The end of a choice without values that tell its forms apart.
        case untold
    }

    /// Adds what a schema says to a declaration, on a stack of its own: bases may have bases without end.
    mutating func fill(_ declaration: inout ImportedDeclaration, from node: YAMLNode, at place: Place) {
        var steps = [Step.schema(node, place)]
        var merged: Set<ExactText> = []
        while let step = steps.popLast() {
            switch step {
            case .schema(let node, let place):
                let parts = node["allOf"]?.elements ?? []
                let bases = parts.filter { document.schemaName($0) != nil && document.isObject($0) }
                let parent = bases.first { document.hasDiscriminator($0) } ?? (bases.count == 1 ? bases.first : nil)
                steps.append(.own(node, place))
                for part in parts.reversed() {
                    let isBase = document.schemaName(part) != nil
                    steps.append(isBase ? .base(part, canExtend: part == parent) : .schema(part, place))
                }
            case .base(let part, let canExtend):
                guard let base = document.schemaName(part) else { continue }
                if canExtend, declaration.extends == nil, case .named(let name) = type(of: part, at: place) {
                    declaration.extends = name.value
                    declaration.met.append(name.value)
                } else if merged.insert(text: base) {
                    // Types described in place keep the name that their own schema gives them.
                    steps.append(.schema(document.resolve(part), self.place(ofComponent: base)))
                }
            case .own(let node, let place):
                fillFields(of: &declaration, from: node, at: place)
                steps += fillVariants(of: &declaration, from: node, at: place).reversed()
            case .untold:
                declaration.discriminator = nil
            }
        }
    }

    private mutating func fillFields(of declaration: inout ImportedDeclaration, from node: YAMLNode, at place: Place) {
        for property in node["properties"]?.entries ?? [] {
            let type = self.type(
                of: property.value, at: self.place(ofField: property.name, in: place),
                pinned: pinnedFields[declaration.name]?[text: property.name],
                standing: standingFields[declaration.name]?[text: property.name])
            declaration.met += type.references.map(\.value)
            let facts = SchemaFacts(of: document.chain(from: property.value), type: type)
            declaration.set(ImportedDeclaration.Field(name: property.name, type: type, facts: facts.entries))
        }
        declaration.require((node["required"]?.elements ?? []).compactMap(\.scalar))
        if let values = node["additionalProperties"], values.boolean != false { declaration.isOpen = true }
        // Okta's own word for objects whose attributes an org adds to, such as group profiles.
        if node["x-okta-extensible"]?.boolean == true { declaration.isOpen = true }
    }

    /// Adds the forms that a schema offers; the steps for what they add themselves.
    private mutating func fillVariants(
        of declaration: inout ImportedDeclaration, from node: YAMLNode, at place: Place
    ) -> [Step] {
        let options = (node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? [])
        let mapping = node["discriminator"]?["mapping"]?.entries ?? []
        if let property = node["discriminator"]?["propertyName"]?.scalar {
            declaration.discriminator = property
            declaration.variantFields = .common
        } else if !options.isEmpty {
            declaration.variantFields = .all
        }
        for entry in mapping {
            let reference = YAMLNode(.mapping([YAMLEntry("$ref", entry.value)]), at: entry.value.location)
            guard case .named(let name) = type(of: reference, at: place) else { continue }
            declaration.add(variant: name.value, value: entry.name)
        }
        guard mapping.isEmpty else { return [] }
        var steps: [Step] = []
        for (index, option) in options.enumerated() {
            if document.schemaName(option) != nil {
                let inner = self.place(ofField: "option\(index + 1)", in: place)
                guard case .named(let name) = type(of: option, at: inner), name.value != declaration.name else {
                    continue
                }
                declaration.add(variant: name.value, value: nil)
            } else {
                // Options without a name only add fields.
                steps.append(.schema(option, place))
            }
        }
        // Without a mapping nothing says which value means which variant.
        return !options.isEmpty ? steps + [.untold] : steps
    }
}
