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
        if let alias = document.alias(node) { return type(of: alias, at: place) }
        if document.isEnumeration(node) { return declareEnumeration(node, at: place) }
        if document.isObject(node) { return declareModel(node, at: place) }
        if let type = BuiltinType(ofSchema: node) {
            // Only a whole body holds bytes that are no text.
            return .builtin(type.isBodyOnly ? .string : type)
        }
        switch node["type"]?.scalar {
        case "array":
            guard let items = node["items"] else { return .array(.builtin(.json)) }
            return .array(type(of: items, at: self.place(ofElementOf: place)))
        case "object":
            // An object that says nothing of its members may as well be a list in what Okta sends.
            guard let values = node["additionalProperties"], values.entries?.isEmpty == false,
                !document.isBare(values)
            else { return .map(.builtin(.json)) }
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

    /// The type of a schema that has a name.
    mutating func type(ofComponent name: String) -> TypeExpression {
        if let known = componentTypes[name] { return known }
        guard let node = document.schema(named: name) else { return .builtin(.json) }
        let place = Place(name: names.typeName(name), upstream: name)
        let isBareObject =
            node["type"]?.scalar == "object" && node["properties"] == nil && document.resolve(node)["allOf"] == nil
            && node["additionalProperties"]?.entries?.isEmpty != false
        let result =
            isBareObject && !document.isEnumeration(node) ? declareModel(node, at: place) : type(of: node, at: place)
        componentTypes[name] = result
        return result
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
        if let choice = document.choice(node) { place.upstream = choice }
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

    // MARK: After all is reached

    /// Settles what declarations have of each other, once all are known.
    ///
    /// - Parameter roots: The declarations that actions refer to directly.
    mutating func finish(roots: Set<String>) {
        let settlement = DeclarationSettlement(declarations, order: order, roots: roots)
        (declarations, order) = (settlement.declarations, settlement.order)
    }
}
