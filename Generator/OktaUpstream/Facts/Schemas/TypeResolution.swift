import OktaCatalog
import YAML

/// The result of following the references, annotations, lists and maps around a schema.
///
/// The resolution is iterative and declares no types. The named schemas on the way are recorded, so that their types
/// become known too.
struct TypeResolution {
    /// The innermost type of the lists and maps.
    enum Core {
        case known(TypeExpression)
        case enumeration(YAMLNode, SchemaTranslator.Place)
        case model(YAMLNode, SchemaTranslator.Place)
    }

    private enum Wrapper {
        case array
        case map
    }

    /// A named schema on the way, with the number of wrappers before it.
    private struct Component {
        var name: String
        var start: Int
    }

    private(set) var core = Core.known(.builtin(.json))
    private(set) var findings: [Diagnostic] = []
    private var wrappers: [Wrapper] = []
    private var components: [Component] = []
    /// The component that refers back to itself through the lists and maps around it.
    private var circle: Int?

    /// Whether a model is to be declared.
    var isModel: Bool { if case .model = core { true } else { false } }

    /// The maximum depth of lists and maps. Deeper types have no use, and exceed the nesting limit of a catalog file.
    private static let maximumDepth = 12

    /// - Parameters:
    ///   - node: The schema.
    ///   - place: The position of the schema.
    ///   - translator: The translator, which names positions.
    ///   - known: The known types of named schemas.
    init(
        of node: YAMLNode, at place: SchemaTranslator.Place, translator: SchemaTranslator,
        known: (String) -> TypeExpression?
    ) {
        follow(node, at: place, translator, known)
        if wrappers.count > Self.maximumDepth {
            findings.append(
                UntypedSchema.finding(
                    "more than \(Self.maximumDepth) lists and maps are nested here", at: node,
                    in: translator.document))
        }
    }

    private mutating func follow(
        _ node: YAMLNode, at place: SchemaTranslator.Place, _ translator: SchemaTranslator,
        _ known: (String) -> TypeExpression?
    ) {
        let document = translator.document
        var (node, place) = (node, place)
        var met: [ExactText: Int] = [:]
        while true {
            if let name = document.schemaName(node) {
                if let type = known(name) { return end(with: type) }
                if let first = met[text: name] { return close(at: first, document: document) }
                guard let target = document.schema(named: name) else { return }
                met[text: name] = components.count
                components.append(Component(name: name, start: wrappers.count))
                (node, place) = (target, translator.place(ofComponent: name))
                if document.isBareObject(node) { return core = .model(node, place) }
            } else if let alias = document.alias(node) {
                node = alias
            } else if document.isEnumeration(node) {
                return core = .enumeration(node, place)
            } else if document.isObject(node) {
                // The same choice of schemas is one type at every position.
                if let choice = document.choice(node) { place.upstream = choice }
                return core = .model(node, place)
            } else if let type = BuiltinType(ofSchema: node) {
                // Binary data is allowed only as a whole body.
                return core = .known(.builtin(type.isBodyOnly ? .string : type))
            } else if let (wrapper, inner) = Self.unwrapped(node, document) {
                wrappers.append(wrapper)
                guard let inner else { return }
                node = inner
                place = translator.place(ofElementOf: place)
            } else {
                findings += UntypedSchema(node).findings(in: document)
                return
            }
        }
    }

    /// Returns the element of a list or map. The inner schema is nil if it is unspecified.
    private static func unwrapped(
        _ node: YAMLNode, _ document: OpenAPIDocument
    ) -> (wrapper: Wrapper, inner: YAMLNode?)? {
        switch node["type"]?.scalar {
        case "array": (.array, node["items"])
        case "object":
            // An object without declared members may also be a list in Okta's responses.
            (
                .map,
                node["additionalProperties"].flatMap { $0.entries?.isEmpty != false || document.isBare($0) ? nil : $0 }
            )
        default: nil
        }
    }

    private mutating func end(with type: TypeExpression) {
        var type = type
        while true {
            switch type {
            case .array(let element):
                wrappers.append(.array)
                type = element
            case .map(let value):
                wrappers.append(.map)
                type = value
            case .builtin, .named:
                return core = .known(type)
            }
        }
    }

    /// Ends the resolution of a list or map that contains itself, whose type is `json` where it recurs.
    private mutating func close(at first: Int, document: OpenAPIDocument) {
        circle = first
        let name = components[first].name
        findings.append(
            UntypedSchema.finding(
                "`\(name)` is a list or map that contains itself", at: document.schema(named: name), in: document))
    }

    // MARK: The types that follow

    /// Returns the type of the schema itself.
    func wrapped(_ core: TypeExpression) -> TypeExpression {
        guard let circle else { return wrapped(core, in: wrappers[...]) }
        let inner = circleTypes[circle] ?? core
        return wrapped(inner, in: wrappers[..<components[circle].start])
    }

    /// Returns the types of the named schemas that were found.
    func componentTypes(around core: TypeExpression) -> [(name: String, type: TypeExpression)] {
        let circled = circleTypes
        return components.indices.map { index in
            let start = components[index].start
            let type =
                if let own = circled[index] {
                    own
                } else if let circle {
                    wrapped(circled[circle] ?? core, in: wrappers[start..<components[circle].start])
                } else {
                    wrapped(core, in: wrappers[start...])
                }
            return (components[index].name, type)
        }
    }

    /// The types of the members of a cycle. A type includes its lists and maps, regardless of where the cycle was
    /// entered.
    private var circleTypes: [Int: TypeExpression] {
        guard let circle else { return [:] }
        var types: [Int: TypeExpression] = [:]
        var next: TypeExpression?
        // Two rounds, because a member without lists and maps has the type of the next member.
        for _ in 0..<2 {
            for index in (circle..<components.count).reversed() {
                let end = index + 1 < components.count ? components[index + 1].start : wrappers.count
                let own = wrappers[components[index].start..<end]
                let type = own.isEmpty ? next : wrapped(.builtin(.json), in: own)
                types[index] = type
                next = type
            }
        }
        return types
    }

    private func wrapped(_ core: TypeExpression, in wrappers: ArraySlice<Wrapper>) -> TypeExpression {
        var type = wrappers.count > Self.maximumDepth ? .builtin(.json) : core
        for wrapper in wrappers.prefix(Self.maximumDepth).reversed() {
            type =
                switch wrapper {
                case .array: .array(type)
                case .map: .map(type)
                }
        }
        return type
    }
}
