import OktaCatalog
import YAML

/// Translates the document's schemas into types of the catalog, and collects the declarations that they need.
///
/// Inline schemas get a declaration named after owner and field. A declaration is named when it is first found, and
/// filled in ``finish(roots:)``, so that cycles and long chains of schemas do not deepen the stack.
struct SchemaTranslator {
    let document: OpenAPIDocument
    /// The parts of the catalog that are kept.
    let pins: Pins
    /// The declarations by name.
    private(set) var declarations: [String: UpstreamDeclaration] = [:]
    /// The names of the declarations. A declaration precedes those that it is the first to refer to.
    private(set) var order: [String] = []
    /// Schemas that the catalog's types cannot express.
    private(set) var findings: [Diagnostic] = []
    private var noted: Set<Diagnostic> = []
    /// Derives names.
    let names: UpstreamName

    private var usedNames: Set<String>
    /// The types of named schemas and of inline ones, by upstream position.
    private var knownTypes: [ExactText: TypeExpression] = [:]
    /// The models that have not been filled yet.
    private var waiting: [(name: String, node: YAMLNode, place: Place)] = []

    init(document: OpenAPIDocument, pins: Pins) {
        self.document = document
        self.pins = pins
        usedNames = pins.usedNames
        names = UpstreamName(schemaNames: document.schemaNames)
    }

    /// The position of a schema, which identifies its declaration and determines the name.
    struct Place {
        var name: String
        var upstream: String
    }

    /// Returns the position of a field of a schema.
    func place(ofField field: String, in place: Place) -> Place {
        Place(name: names.nestedTypeName(owner: place.name, field: field), upstream: "\(place.upstream).\(field)")
    }

    /// Returns the position of a list's or map's elements.
    func place(ofElementOf place: Place) -> Place {
        Place(name: names.elementTypeName(place.name), upstream: "\(place.upstream)[]")
    }

    /// Returns the position of a named schema.
    func place(ofComponent name: String) -> Place {
        guard let pointer = DocumentPointer(reference: name), !pointer.tokens.isEmpty else {
            return Place(name: names.typeName(name), upstream: name)
        }
        return names.place(at: pointer)
    }

    // MARK: Types

    /// Returns the type of a schema, and declares it if it needs a name.
    ///
    /// - Parameter standing: The existing type in the catalog, so that a known loss is not reported again.
    mutating func type(of node: YAMLNode, at place: Place, standing: TypeExpression? = nil) -> TypeExpression {
        let resolution = resolution(of: node, at: place)
        let type = declare(resolution)
        if type.notation != standing?.notation {
            for finding in resolution.findings where noted.insert(finding).inserted { findings.append(finding) }
        }
        return type
    }

    /// Returns the type of a schema. A pinned type of the catalog overrides that of the document.
    mutating func type(
        of node: YAMLNode, at place: Place, pinned: TypeExpression?, standing: TypeExpression?
    ) -> TypeExpression {
        guard let pinned else { return type(of: node, at: place, standing: standing) }
        let resolution = resolution(of: node, at: place)
        // The document may add declarations only if both types agree.
        if type(resolution).notation == pinned.notation { _ = declare(resolution) }
        return pinned
    }

    /// Returns the type of a parameter. Because it is sent as text, schemas with members or variants become strings.
    mutating func parameterType(of node: YAMLNode, at place: Place, pinned: TypeExpression?) -> TypeExpression {
        if let pinned { return type(of: node, at: place, pinned: pinned, standing: pinned) }
        let resolution = resolution(of: node, at: place)
        // The check precedes the declaration, because an unused model would remain.
        let type = asParameter(type(resolution), isModel: resolution.isModel)
        if type.references.isEmpty { return type }
        return declare(resolution)
    }

    /// Returns whether the value of a parameter has members, or is a list of lists or of such values, which OpenAPI
    /// sends in several ways and no action can send.
    func hasMembers(_ node: YAMLNode, at place: Place) -> Bool {
        let resolution = resolution(of: node, at: place)
        func isModel(_ name: String) -> Bool { declarations[name].map { $0.values == nil } ?? resolution.isModel }
        let options = ["oneOf", "anyOf"].flatMap { document.resolve(node)[$0]?.elements ?? [] }
        if options.contains(where: { document.isObject($0) }) { return true }
        return switch type(resolution) {
        case .map, .array(.array), .array(.map): true
        case .named(let name), .array(.named(let name)): isModel(name.value)
        case .builtin, .array: false
        }
    }

    /// Returns whether a type is a declared model.
    func isModel(_ type: TypeExpression) -> Bool {
        guard case .named(let name) = type else { return false }
        // A pinned type may be declared only in the catalog.
        return declarations[name.value].map { $0.values == nil } ?? true
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

    /// Returns the type of a resolution, with the name that its declaration has or would get.
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
        if let pinned = pins.names[text: place.upstream] { return pinned }
        var name = place.name
        var number = 2
        while usedNames.contains(name) {
            name = "\(place.name)\(number)"
            number += 1
        }
        return name
    }

    private mutating func declare(_ node: YAMLNode, at place: Place) -> (UpstreamDeclaration, TypeExpression) {
        let name = freeName(for: place)
        usedNames.insert(name)
        order.append(name)
        var declaration = UpstreamDeclaration(name: name, upstream: place.upstream, at: node.location)
        declaration.words.text = document.words(of: node)
        let type = TypeExpression.named(Located(name, at: node.location))
        declarations[name] = declaration
        knownTypes[text: place.upstream] = type
        return (declaration, type)
    }

    private mutating func declareEnumeration(_ node: YAMLNode, at place: Place) -> TypeExpression {
        let stated = (node["enum"]?.elements ?? []).compactMap(\.scalar)
        if let known = knownTypes[text: place.upstream] {
            // Another inline option of the same schema may state further values of the same member.
            if case .named(let name) = known { declarations[name.value]?.add(values: stated) }
            return known
        }
        let (declaration, type) = declare(node, at: place)
        declarations[declaration.name]?.values = []
        declarations[declaration.name]?.add(values: stated)
        return type
    }

    private mutating func declareModel(_ node: YAMLNode, at place: Place) -> TypeExpression {
        if let known = knownTypes[text: place.upstream] { return known }
        let (declaration, type) = declare(node, at: place)
        waiting.append((declaration.name, node, place))
        return type
    }

    // MARK: After all is reached

    /// Fills the models found so far and those that they refer to, and resolves facts between declarations.
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
