import OktaCatalog
import OktaUpstream
import YAML

/// Reads schemas of Okta's document as shapes, in a form that is independent of the document's layout.
///
/// References are followed, `allOf` is merged into one type, and a schema becomes one shape regardless of the number of
/// references. Referenced schemas wait in a queue until ``finish()``, so that neither cycles nor long chains of
/// references deepen the stack.
struct SchemaReader {
    let document: OpenAPIDocument
    private(set) var shapes: [Shape] = []
    private var named: [String: Int] = [:]
    /// Statements of named schemas that extending schemas do not inherit.
    private var bases: [String: Int] = [:]
    /// Inline schemas by position, each read once. Normalization may give several nodes one position.
    private var inlined: [SourceMark: [Inlined]] = [:]
    /// The types of members that several parts of an `allOf` declare, by location.
    private var joined: [[SourceMark]: Int] = [:]
    private var waiting: [Work] = []
    var words: WordReader

    private struct Inlined {
        let node: YAMLNode
        /// Nil while the schema is being read.
        var index: Int?
    }

    /// A shape still to be read.
    private enum Work {
        case named(String, Int)
        case base(String, Int)
        case joined([SchemaPart], Int)
    }

    /// Circular schemas can have as many products as both have members; no real document has more than this.
    private static let maximumJoined = 20_000

    init(document: OpenAPIDocument) {
        self.document = document
        words = WordReader(document: document)
    }

    /// Returns an unspecified type.
    mutating func any(at location: SourceLocation) -> Int { append(Shape(location: location)) }

    /// Sets the kind of an unspecified type.
    mutating func setKind(_ kind: Shape.Kind, of use: inout TypeUse) { shapes[use.shape].kind = kind }

    /// Reads the referenced schemas until none is left.
    mutating func finish() {
        while let work = waiting.popLast() {
            switch work {
            case .named(let name, let index):
                guard let node = document.schema(named: name) else { continue }
                let parts = SchemaParts(of: [SchemaPart(node)], named: name, in: document)
                shapes[index] = shape(of: parts, named: name, at: node.location)
            case .base(let name, let index):
                guard let node = document.schema(named: name) else { continue }
                let parts = SchemaParts(of: [SchemaPart(node)], named: name, in: document, followsBases: false)
                shapes[index] = base(of: parts, named: name, at: node.location)
            case .joined(let declarations, let index):
                let (name, location) = (shapes[index].name, shapes[index].location)
                let parts = SchemaParts(of: declarations, named: nil, in: document)
                shapes[index] = shape(of: parts, named: name, at: location)
            }
        }
    }

    /// Returns the use of a schema at a place.
    mutating func use(of node: YAMLNode) -> TypeUse {
        let target = SchemaTarget(of: node, in: document)
        var use = TypeUse(
            shape: target.name.map { shape(named: $0, at: node.location) } ?? inline(target.node), at: node.location)
        for layer in target.layers { decorate(&use, with: layer) }
        return use
    }

    /// Returns the use of a type to which several schemas apply, nearest first.
    mutating func use(of parts: [SchemaPart]) -> TypeUse {
        guard let first = parts.first else { return TypeUse(shape: any(at: document.root.location)) }
        guard parts.count > 1, joined.count < Self.maximumJoined else { return use(of: first.node) }
        let targets = parts.map { SchemaTarget(of: $0.node, in: document) }
        if let name = targets[0].name, targets.allSatisfy({ $0.name == name }) {
            var use = TypeUse(shape: shape(named: name, at: first.node.location), at: first.node.location)
            for layer in targets.flatMap(\.layers) { decorate(&use, with: layer) }
            return use
        }
        let key = parts.map(\.node.location.start).sorted()
        if let index = joined[key] { return TypeUse(shape: index, at: first.node.location) }
        let index = append(Shape(name: targets[0].name, location: first.node.location))
        joined[key] = index
        waiting.append(.joined(parts, index))
        return TypeUse(shape: index, at: first.node.location)
    }

    private mutating func shape(named name: String, at location: SourceLocation) -> Int {
        if let index = named[name] { return index }
        let index = any(at: location)
        named[name] = index
        waiting.append(.named(name, index))
        return index
    }

    mutating func base(named name: String) -> Int {
        if let index = bases[name] { return index }
        let index = any(at: document.root.location)
        bases[name] = index
        waiting.append(.base(name, index))
        return index
    }

    private mutating func inline(_ node: YAMLNode) -> Int {
        let mark = node.location.start
        if let position = inlined[mark]?.firstIndex(where: { $0.node == node }) {
            if let index = inlined[mark]?[position].index { return index }
            // A variant that extends the schema which lists it contains itself.
            let index = any(at: node.location)
            inlined[mark]?[position].index = index
            return index
        }
        let position = inlined[mark]?.count ?? 0
        inlined[mark, default: []].append(Inlined(node: node))
        // Members of the schema are read first, so their shapes have lower indices.
        let shape = shape(
            of: SchemaParts(of: [SchemaPart(node)], named: nil, in: document), named: nil, at: node.location)
        if let reserved = inlined[mark]?[position].index {
            shapes[reserved] = shape
            return reserved
        }
        let index = append(shape)
        inlined[mark]?[position].index = index
        return index
    }

    private mutating func append(_ shape: Shape) -> Int {
        shapes.append(shape)
        return shapes.count - 1
    }

    /// Adds the siblings of a reference at a use; known facts take precedence.
    private mutating func decorate(_ use: inout TypeUse, with node: YAMLNode) {
        use.flags.formUnion(TypeFlags(ofSchema: node))
        use.limits.add(node)
        if let lifecycle = node["x-okta-lifecycle"]?["lifecycle"]?.scalar { use.lifecycle = use.lifecycle ?? lifecycle }
        var remarks = Remarks()
        addRemarks(of: node, to: &remarks, level: 0, origin: nil)
        use.remarks.words.add(behind: remarks.words)
        use.remarks.unmodelled.merge(remarks.unmodelled) { $0 + $1 }
    }
}
