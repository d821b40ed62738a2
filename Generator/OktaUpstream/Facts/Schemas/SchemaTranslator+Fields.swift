import OktaCatalog
import YAML

/// The content of a declaration: fields and variants.
extension SchemaTranslator {
    /// The remaining steps for a declaration.
    private enum Step {
        /// A schema with its parts, and whether it is one option of several.
        case schema(YAMLNode, Place, isOption: Bool)
        /// A base schema, which the declaration may extend.
        case base(YAMLNode, canExtend: Bool, isOption: Bool)
        /// A schema's own content.
        case own(YAMLNode, Place, isOption: Bool)
        /// The end of a choice without a discriminator, with the members that every option requires.
        case endOfChoice(required: [String])
    }

    /// Adds the content of a schema to a declaration, with an explicit stack, because chains of bases can be long.
    mutating func fill(_ declaration: inout UpstreamDeclaration, from node: YAMLNode, at place: Place) {
        var steps = [Step.schema(node, place, isOption: false)]
        var merged: Set<ExactText> = []
        while let step = steps.popLast() {
            switch step {
            case .schema(let node, let place, let isOption):
                let parts = node["allOf"]?.elements ?? []
                let bases = parts.filter { document.schemaName($0) != nil && document.isObject($0) }
                let parent = bases.first { document.hasDiscriminator($0) } ?? (bases.count == 1 ? bases.first : nil)
                steps.append(.own(node, place, isOption: isOption))
                for part in parts.reversed() {
                    let isBase = document.schemaName(part) != nil
                    steps.append(
                        isBase
                            ? .base(part, canExtend: part == parent && !isOption, isOption: isOption)
                            : .schema(part, place, isOption: isOption))
                }
            case .base(let part, let canExtend, let isOption):
                guard let base = document.schemaName(part) else { continue }
                if canExtend, declaration.extends == nil, case .named(let name) = type(of: part, at: place) {
                    declaration.extends = name.value
                    declaration.met.append(name.value)
                } else if merged.insert(text: base) {
                    // Inline types are named after the schema that contains them.
                    steps.append(
                        .schema(document.resolve(part), self.place(ofComponent: base), isOption: isOption))
                }
            case .own(let node, let place, let isOption):
                fillFields(of: &declaration, from: node, at: place, isOption: isOption)
                steps += fillVariants(of: &declaration, from: node, at: place).reversed()
            case .endOfChoice(let required):
                declaration.discriminator = nil
                declaration.require(required)
            }
        }
    }

    private mutating func fillFields(
        of declaration: inout UpstreamDeclaration, from node: YAMLNode, at place: Place, isOption: Bool
    ) {
        for property in node["properties"]?.entries ?? [] {
            let known = pins.type(ofField: property.name, of: declaration.name)
            let type = self.type(
                of: property.value, at: self.place(ofField: property.name, in: place),
                pinned: known.flatMap { $0.isPinned ? $0.standing : nil }, standing: known?.standing)
            declaration.met += type.references.map(\.value)
            let facts = SchemaFacts(of: document.chain(from: property.value), type: type)
            var field = CatalogModel.Field(Located(property.name, at: property.key.location), type: type)
            field.isReadOnly = facts.isReadOnly
            field.isWriteOnly = facts.isWriteOnly
            field.isNullable = facts.isNullable
            field.isDeprecated = facts.isDeprecated
            field.constraints = facts.constraints
            declaration.words.fields[text: property.name] = document.words(of: property.value)
            declaration.words.limits[text: property.name] = document.unheldLimits(of: property.value)
            declaration.set(field)
        }
        // Members that one option requires may be missing in the others.
        if !isOption { declaration.require((node["required"]?.elements ?? []).compactMap(\.scalar)) }
        if let values = node["additionalProperties"], values.boolean != false { declaration.isOpen = true }
        // Okta's keyword for objects that an org can extend, such as group profiles.
        if node["x-okta-extensible"]?.boolean == true { declaration.isOpen = true }
    }

    /// Adds the variants of a schema, and returns the steps for their own content.
    private mutating func fillVariants(
        of declaration: inout UpstreamDeclaration, from node: YAMLNode, at place: Place
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
                steps.append(.schema(option, place, isOption: true))
            }
        }
        // Without a mapping, the values of the variants are unknown.
        return !options.isEmpty ? steps + [.endOfChoice(required: Self.required(byAll: options))] : steps
    }

    /// Returns the members that all options require. A named schema, which becomes a variant, counts as requiring none.
    private static func required(byAll options: [YAMLNode]) -> [String] {
        let lists = options.map { ($0["required"]?.elements ?? []).compactMap(\.scalar) }
        guard let first = lists.first else { return [] }
        return first.filter { name in lists.allSatisfy { $0.contains { $0.hasSameBytes(as: name) } } }
    }
}
