import YAML

/// Translates upstream's schemas into types of the catalog and collects the declarations that they need.
///
/// What upstream describes in place gets a declaration of its own, named after its owner and field.
struct SchemaTranslator {
    let document: OpenAPIDocument
    /// Names that the catalog already pins, by where upstream describes them.
    let pinnedNames: [String: String]
    /// The types that the catalog pins for fields, by model and field.
    let pinnedFields: [String: [String: TypeExpression]]
    /// The declarations in the order in which they were reached.
    private(set) var declarations: [String: ImportedDeclaration] = [:]
    private(set) var order: [String] = []
    /// How names are made.
    let names: UpstreamName
    private var usedNames: Set<String>
    private var componentTypes: [String: TypeExpression] = [:]

    init(
        document: OpenAPIDocument, pinnedNames: [String: String], pinnedFields: [String: [String: TypeExpression]],
        usedNames: Set<String>
    ) {
        self.document = document
        self.pinnedNames = pinnedNames
        self.pinnedFields = pinnedFields
        self.usedNames = usedNames
        names = UpstreamName(schemaNames: document.schemaNames)
    }

    /// Where a schema stands: what a declaration made from it is called, and by what it is found again.
    struct Place {
        var name: String
        var upstream: String

    }

    /// The place of a field of what stands at a place.
    func place(ofField field: String, in place: Place) -> Place {
        Place(name: names.nestedTypeName(owner: place.name, field: field), upstream: "\(place.upstream).\(field)")
    }

    private func place(ofElementOf place: Place) -> Place {
        Place(name: names.elementTypeName(place.name), upstream: "\(place.upstream)[]")
    }

    // MARK: Types

    /// The type of a schema, declared on the way where it needs a name.
    mutating func type(of node: YAMLNode, at place: Place) -> TypeExpression {
        if let name = document.schemaName(node) { return type(ofComponent: name) }
        if node["$ref"] != nil { return type(of: document.resolve(node), at: place) }
        if let alias = alias(node) { return type(of: alias, at: place) }
        if isEnumeration(node) { return declareEnumeration(node, at: place) }
        if isObject(node) { return declareModel(node, at: place) }
        switch node["type"]?.scalar {
        case "string":
            switch node["format"]?.scalar {
            case "date-time": return .builtin(.dateTime)
            case "uri": return .builtin(.uri)
            default: return .builtin(.string)
            }
        case "integer": return .builtin(.integer)
        case "number": return .builtin(.number)
        case "boolean": return .builtin(.boolean)
        case "array":
            guard let items = node["items"] else { return .array(.builtin(.json)) }
            return .array(type(of: items, at: self.place(ofElementOf: place)))
        case "object":
            // An object that says nothing of its members may as well be a list in what Okta sends.
            guard let values = node["additionalProperties"], values.entries?.isEmpty == false, !isBare(values) else {
                return .map(.builtin(.json))
            }
            return .map(type(of: values, at: self.place(ofElementOf: place)))
        default: return .builtin(.json)
        }
    }

    /// The type of a schema for which the catalog may pin another one; what upstream says is then left aside.
    mutating func type(of node: YAMLNode, at place: Place, pinned: TypeExpression?) -> TypeExpression {
        guard let pinned else { return type(of: node, at: place) }
        var attempt = self
        // Only where both agree may upstream add declarations.
        if attempt.type(of: node, at: place).notation == pinned.notation { self = attempt }
        return pinned
    }

    private mutating func type(ofComponent name: String) -> TypeExpression {
        if let known = componentTypes[name] { return known }
        guard let node = document.schema(named: name) else { return .builtin(.json) }
        let place = Place(name: names.typeName(name), upstream: name)
        let isBareObject =
            node["type"]?.scalar == "object" && node["properties"] == nil && document.resolve(node)["allOf"] == nil
            && node["additionalProperties"]?.entries?.isEmpty != false
        let result =
            isBareObject && !isEnumeration(node) ? declareModel(node, at: place) : type(of: node, at: place)
        componentTypes[name] = result
        return result
    }

    private func isBare(_ node: YAMLNode) -> Bool {
        (node.entries ?? []).allSatisfy {
            $0.name == "description" || $0.name == "type" && $0.value.scalar == "object"
                || $0.name == "properties" && $0.value.entries?.isEmpty == true
        }
    }

    /// The one schema that an `allOf` decorates with no more than words or flags.
    private func alias(_ node: YAMLNode) -> YAMLNode? {
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

    private func isEnumeration(_ node: YAMLNode) -> Bool {
        let type = node["type"]?.scalar
        return node["enum"]?.elements != nil && (type == nil || type == "string")
    }

    private func isObject(_ node: YAMLNode) -> Bool {
        if node["properties"]?.entries?.isEmpty == false || node["discriminator"]?.entries != nil { return true }
        if node["allOf"]?.elements?.contains(where: { isObject(document.resolve($0)) }) == true { return true }
        let options = (node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? [])
        return !options.isEmpty && options.allSatisfy { isObject(document.resolve($0)) }
    }

    // MARK: Declarations

    private mutating func name(for place: Place) -> String {
        if let pinned = pinnedNames[place.upstream] { return pinned }
        var name = place.name
        var number = 2
        while !usedNames.insert(name).inserted {
            name = "\(place.name)\(number)"
            number += 1
        }
        return name
    }

    private mutating func declareEnumeration(_ node: YAMLNode, at place: Place) -> TypeExpression {
        if let known = componentTypes[place.upstream] { return known }
        var declaration = ImportedDeclaration(name: name(for: place), upstream: place.upstream)
        var values: [String] = []
        for value in (node["enum"]?.elements ?? []).compactMap(\.scalar) where !values.contains(value) {
            values.append(value)
        }
        declaration.values = values
        let type = TypeExpression.named(Located(declaration.name, at: node.location))
        componentTypes[place.upstream] = type
        declarations[declaration.name] = declaration
        order.append(declaration.name)
        return type
    }

    private mutating func declareModel(_ node: YAMLNode, at described: Place) -> TypeExpression {
        var place = described
        // The same choice of schemas is one type, wherever it is offered.
        if let choice = choice(node) { place.upstream = choice }
        if let known = componentTypes[place.upstream] { return known }
        var declaration = ImportedDeclaration(name: name(for: place), upstream: place.upstream)
        let type = TypeExpression.named(Located(declaration.name, at: node.location))
        // Known before its fields are read: a model may refer to itself.
        componentTypes[place.upstream] = type
        order.append(declaration.name)
        let inner = Place(name: declaration.name, upstream: place.upstream)
        fill(&declaration, from: node, at: inner)
        if node["type"]?.scalar == "object", node["properties"] == nil, node["allOf"] == nil,
            node["additionalProperties"] != nil
        {
            declaration.isOpen = true
        }
        declarations[declaration.name] = declaration
        return type
    }

    private func choice(_ node: YAMLNode) -> String? {
        guard node["properties"] == nil, node["allOf"] == nil,
            let options = node["oneOf"]?.elements ?? node["anyOf"]?.elements
        else { return nil }
        let names = options.compactMap { document.schemaName($0) }
        return names.count == options.count ? names.joined(separator: " | ") : nil
    }

    private mutating func fill(_ declaration: inout ImportedDeclaration, from node: YAMLNode, at place: Place) {
        let parts = node["allOf"]?.elements ?? []
        let bases = parts.filter { document.schemaName($0) != nil && isObject(document.resolve($0)) }
        let parent = bases.first { hasDiscriminator($0) } ?? (bases.count == 1 ? bases.first : nil)
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
            let facts = SchemaFacts(of: chain(from: property.value), type: type)
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

    private func hasDiscriminator(_ node: YAMLNode) -> Bool {
        let resolved = document.resolve(node)
        if resolved["discriminator"]?.entries != nil { return true }
        return resolved["allOf"]?.elements?.contains { document.schemaName($0) != nil && hasDiscriminator($0) } ?? false
    }

    /// A schema, what it refers to and what it decorates: a fact may stand at any of them.
    func chain(from node: YAMLNode) -> [YAMLNode] {
        var chain = [node]
        if node["$ref"] != nil {
            chain.append(document.resolve(node))
        }
        for part in node["allOf"]?.elements ?? [] {
            chain.append(part["$ref"] == nil ? part : document.resolve(part))
        }
        return chain
    }

    // MARK: After all is reached

    /// Gives unions the fields that their variants share, and takes from models what they inherit unchanged.
    mutating func finish() {
        for name in order {
            guard var declaration = declarations[name], declaration.variantFields != .none else { continue }
            let isUnion = declaration.fields.isEmpty || declaration.variantFields == .all
            guard isUnion, !declaration.variants.isEmpty else { continue }
            let variants = declaration.variants.compactMap { declarations[$0.model] }
            let all = variants.map { allFields(of: $0) }
            var shared: [ImportedDeclaration.Field] = []
            for fields in all {
                for field in fields where !declaration.fields.contains(where: { $0.name == field.name }) {
                    let others = all.compactMap { $0.first { $0.name == field.name } }
                    let agree = others.allSatisfy { $0.type.notation == field.type.notation }
                    guard agree, declaration.variantFields == .all || others.count == all.count,
                        !shared.contains(where: { $0.name == field.name })
                    else { continue }
                    shared.append(field)
                    shared[shared.count - 1].isRequired = false
                }
            }
            // Releases list the variants in different orders, which says nothing about the fields.
            declaration.fields += shared.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            if let discriminator = declaration.discriminator,
                !declaration.fields.contains(where: { $0.name == discriminator })
            {
                declaration.fields.insert(.init(name: discriminator, type: .builtin(.string), facts: []), at: 0)
            }
            if declaration.variantFields == .all, variants.contains(where: \.isOpen) { declaration.isOpen = true }
            declarations[name] = declaration
        }
        for name in order {
            guard var declaration = declarations[name], let parent = declaration.extends.flatMap({ declarations[$0] })
            else { continue }
            let inherited = allFields(of: parent)
            let discriminators = self.discriminators(of: parent)
            declaration.fields.removeAll { field in
                guard let base = inherited.first(where: { $0.name == field.name }) else { return false }
                return discriminators.contains(field.name) || base.type.notation == field.type.notation
            }
            declarations[name] = declaration
        }
        let reachable = Set(declarations.values.flatMap(\.references))
        // A discriminator's narrower type is gone with its field; nothing else may refer to it.
        order.removeAll { name in
            guard let declaration = declarations[name], declaration.values != nil else { return false }
            let isNested = declaration.upstream.contains(".") && !reachable.contains(name)
            if isNested, !roots.contains(name) { declarations[name] = nil }
            return isNested && !roots.contains(name)
        }
    }

    /// Declarations that actions refer to directly.
    var roots: Set<String> = []

    private func allFields(of declaration: ImportedDeclaration) -> [ImportedDeclaration.Field] {
        guard let parent = declaration.extends.flatMap({ declarations[$0] }) else { return declaration.fields }
        let own = declaration.fields
        return allFields(of: parent).filter { field in !own.contains { $0.name == field.name } } + own
    }

    private func discriminators(of declaration: ImportedDeclaration) -> Set<String> {
        var result = Set([declaration.discriminator].compactMap { $0 })
        if let parent = declaration.extends.flatMap({ declarations[$0] }) {
            result.formUnion(discriminators(of: parent))
        }
        return result
    }
}
