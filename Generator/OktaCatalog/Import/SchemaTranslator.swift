import YAML

/// Translates upstream's schemas into types of the catalog and collects the declarations that they need.
///
/// What upstream describes in place gets a declaration of its own, named after its owner and field. A declaration is named
/// where it is first met and filled when ``finish(roots:)`` comes to it, so that neither circles nor long chains of schemas
/// deepen the stack.
struct SchemaTranslator {
    let document: OpenAPIDocument
    /// Names that the catalog already pins, by where upstream describes them.
    let pinnedNames: [ExactText: String]
    /// The types that the catalog pins for fields, by model and field.
    let pinnedFields: [String: [ExactText: TypeExpression]]
    /// The types that the catalog has for fields, by model and field.
    let standingFields: [String: [ExactText: TypeExpression]]
    /// The declarations by name.
    private(set) var declarations: [String: ImportedDeclaration] = [:]
    /// Their names, each before those that it refers to first.
    private(set) var order: [String] = []
    /// What the catalog's types can not say.
    private(set) var findings: [Diagnostic] = []
    /// How names are made.
    let names: UpstreamName

    private var usedNames: Set<String>
    /// The types of schemas that have names, and of those declared in place, by where upstream describes them.
    private var knownTypes: [ExactText: TypeExpression] = [:]
    /// The models that have not been filled.
    private var waiting: [(name: String, node: YAMLNode, place: Place)] = []

    init(document: OpenAPIDocument, pins: Translation.Pins, standing: Catalog) {
        self.document = document
        pinnedNames = pins.names
        pinnedFields = pins.fields
        standingFields = standing.fieldTypes
        usedNames = pins.usedNames
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

    /// The place of what a list or map at a place holds.
    func place(ofElementOf place: Place) -> Place {
        Place(name: names.elementTypeName(place.name), upstream: "\(place.upstream)[]")
    }

    /// The place of a schema that has a name.
    func place(ofComponent name: String) -> Place {
        guard let pointer = JSONPointer(reference: name), !pointer.tokens.isEmpty else {
            return Place(name: names.typeName(name), upstream: name)
        }
        return names.place(at: pointer)
    }

    // MARK: Types

    /// The type of a schema, declared on the way where it needs a name.
    ///
    /// - Parameter standing: The type that the catalog has there already: who reads it knows what is lost.
    mutating func type(of node: YAMLNode, at place: Place, standing: TypeExpression? = nil) -> TypeExpression {
        let resolution = resolution(of: node, at: place)
        let type = declare(resolution)
        if type.notation != standing?.notation {
            for finding in resolution.findings where !findings.contains(finding) { findings.append(finding) }
        }
        return type
    }

    /// The type of a schema for which the catalog may pin another one; what upstream says is then left aside.
    mutating func type(
        of node: YAMLNode, at place: Place, pinned: TypeExpression?, standing: TypeExpression?
    ) -> TypeExpression {
        guard let pinned else { return type(of: node, at: place, standing: standing) }
        let resolution = resolution(of: node, at: place)
        // Only where both agree may upstream add declarations.
        if type(resolution).notation == pinned.notation { _ = declare(resolution) }
        return pinned
    }

    /// The type of a parameter, which travels as text: of what has members or several forms, text is all that is known.
    mutating func parameterType(of node: YAMLNode, at place: Place, pinned: TypeExpression?) -> TypeExpression {
        if let pinned { return type(of: node, at: place, pinned: pinned, standing: pinned) }
        let resolution = resolution(of: node, at: place)
        // Asked before it is declared: a model that no action uses would be left over.
        let type = asParameter(type(resolution), isModel: resolution.isModel)
        if type.references.isEmpty { return type }
        return declare(resolution)
    }

    private func asParameter(_ type: TypeExpression, isModel: Bool) -> TypeExpression {
        switch type {
        case .array(let element):
            if case .array = element { return .array(.builtin(.string)) }
            return .array(asParameter(element, isModel: isModel))
        case .named(let name):
            return isModel || declarations[name.value].map { $0.values == nil } ?? false ? .builtin(.string) : type
        case .builtin(.json), .builtin(.duration), .builtin(.base64), .map: return .builtin(.string)
        case .builtin: return type
        }
    }

    private func resolution(of node: YAMLNode, at place: Place) -> TypeResolution {
        TypeResolution(of: node, at: place, translator: self) { knownTypes[text: $0] }
    }

    /// The type that a resolution gives, with the name that its declaration has or would get.
    private func type(_ resolution: TypeResolution) -> TypeExpression {
        switch resolution.core {
        case .known(let type): resolution.wrapped(type)
        case .enumeration(let node, let place), .model(let node, let place):
            resolution.wrapped(
                knownTypes[text: place.upstream] ?? .named(Located(freeName(for: place), at: node.location)))
        }
    }

    private mutating func declare(_ resolution: TypeResolution) -> TypeExpression {
        let core: TypeExpression
        switch resolution.core {
        case .known(let type): core = type
        case .enumeration(let node, let place): core = declareEnumeration(node, at: place)
        case .model(let node, let place): core = declareModel(node, at: place)
        }
        for (name, type) in resolution.componentTypes(around: core) { knownTypes[text: name] = type }
        return resolution.wrapped(core)
    }

    // MARK: Declarations

    private func freeName(for place: Place) -> String {
        if let pinned = pinnedNames[text: place.upstream] { return pinned }
        var name = place.name
        var number = 2
        while usedNames.contains(name) {
            name = "\(place.name)\(number)"
            number += 1
        }
        return name
    }

    private mutating func declare(_ node: YAMLNode, at place: Place) -> (ImportedDeclaration, TypeExpression) {
        let name = freeName(for: place)
        usedNames.insert(name)
        order.append(name)
        let declaration = ImportedDeclaration(name: name, upstream: place.upstream)
        let type = TypeExpression.named(Located(name, at: node.location))
        declarations[name] = declaration
        knownTypes[text: place.upstream] = type
        return (declaration, type)
    }

    private mutating func declareEnumeration(_ node: YAMLNode, at place: Place) -> TypeExpression {
        if let known = knownTypes[text: place.upstream] { return known }
        let (declaration, type) = declare(node, at: place)
        var values: [String] = []
        var seen: Set<ExactText> = []
        for value in (node["enum"]?.elements ?? []).compactMap(\.scalar) where seen.insert(text: value) {
            values.append(value)
        }
        declarations[declaration.name]?.values = values
        return type
    }

    private mutating func declareModel(_ node: YAMLNode, at place: Place) -> TypeExpression {
        if let known = knownTypes[text: place.upstream] { return known }
        let (declaration, type) = declare(node, at: place)
        waiting.append((declaration.name, node, place))
        return type
    }

    // MARK: After all is reached

    /// Fills the models that were met and those that these lead to, and settles what declarations have of each other.
    ///
    /// - Parameter roots: The declarations that actions refer to directly.
    mutating func finish(roots: Set<String>) {
        var filled = 0
        while filled < waiting.count {
            let (name, node, place) = waiting[filled]
            filled += 1
            guard var declaration = declarations[name] else { continue }
            fill(&declaration, from: node, at: Place(name: name, upstream: place.upstream))
            declarations[name] = declaration
        }
        waiting = []
        order = DeclarationOrder(of: declarations, startingWith: order).names
        let settlement = DeclarationSettlement(declarations, order: order, roots: roots)
        (declarations, order) = (settlement.declarations, settlement.order)
    }
}
