import OktaCatalog
import OktaUpstream
import YAML

/// A schema that applies to a type, and its relation to the type.
struct SchemaPart {
    var node: YAMLNode
    /// The number of references from the type to it.
    var depth = 0
    /// The named schema that states it, when the type inherits it.
    var origin: String?

    init(_ node: YAMLNode, depth: Int = 0, origin: String? = nil) {
        self.node = node
        self.depth = depth
        self.origin = origin
    }

    /// Returns another schema that applies in the same way.
    func at(_ node: YAMLNode) -> SchemaPart { SchemaPart(node, depth: depth, origin: origin) }
}

/// All schemas that apply to a type: its own, and those inherited through `allOf`.
///
/// They are found with an explicit stack, because chains of bases can be long.
struct SchemaParts {
    /// The parts in the order of discovery.
    private(set) var all: [SchemaPart] = []
    /// The named schemas that the type itself extends.
    private(set) var bases: [String] = []
    private(set) var flags: TypeFlags = []

    /// - Parameter followsBases: Whether named schemas are inherited.
    init(of roots: [SchemaPart], named name: String?, in document: OpenAPIDocument, followsBases: Bool = true) {
        // Most schemas have neither references nor parts.
        if roots.count == 1, !roots[0].node.leadsOn {
            add(roots[0])
            return
        }
        var steps = Array(roots.reversed())
        var visited = Set([name].compactMap { $0 })
        while let part = steps.popLast() {
            if let name = document.schemaName(part.node) {
                if part.node.entries?.count ?? 0 > 1 { add(part) }
                guard visited.insert(name).inserted else { continue }
                if part.origin == nil { bases.append(name) }
                if followsBases, let target = document.schema(named: name) {
                    steps.append(SchemaPart(target, depth: part.depth + 1, origin: name))
                }
                continue
            }
            add(part)
            steps += Self.parts(of: part.node).reversed().map { part.at($0) }
        }
    }

    /// Schemas that apply together with a schema: the parts of `allOf`, and a choice with a single option.
    static func parts(of node: YAMLNode) -> [YAMLNode] {
        var parts = node["allOf"]?.elements ?? []
        guard node["discriminator"] == nil else { return parts }
        for choice in ["oneOf", "anyOf"] {
            if let options = node[choice]?.elements, options.count == 1 { parts += options }
        }
        return parts
    }

    private mutating func add(_ part: SchemaPart) {
        all.append(part)
        flags.formUnion(TypeFlags(ofSchema: part.node))
    }
}

/// The result of following references and single-schema `allOf`s.
struct SchemaTarget {
    /// The schema that defines the values.
    private(set) var node: YAMLNode
    /// Its name; nil for an inline schema.
    private(set) var name: String?
    /// Its annotations, the outermost first.
    private(set) var layers: [YAMLNode] = []

    init(of node: YAMLNode, in document: OpenAPIDocument) {
        self.node = node
        guard node.leadsOn else { return }
        var visited: Set<String> = []
        while true {
            if let target = document.schemaName(self.node) {
                guard visited.insert(target).inserted, let next = document.schema(named: target) else { return }
                if self.node.entries?.count ?? 0 > 1 { layers.append(self.node) }
                (self.node, name) = (next, target)
            } else if let only = Self.decorated(self.node), document.schemaName(only) != nil {
                layers.append(self.node)
                layers += SchemaParts.parts(of: self.node).filter { $0.location != only.location }
                self.node = only
            } else {
                return
            }
        }
    }

    /// Returns the single part that a schema only annotates, if it is a reference.
    private static func decorated(_ node: YAMLNode) -> YAMLNode? {
        let parts = SchemaParts.parts(of: node)
        guard !parts.isEmpty, (node.entries ?? []).allSatisfy(isAddition) else { return nil }
        let whole = parts.filter(\.isStructural)
        return whole.count == 1 ? whole[0] : nil
    }

    private static func isAddition(_ entry: YAMLEntry) -> Bool {
        switch entry.name {
        case "allOf": true
        case "oneOf", "anyOf": entry.value.elements?.count ?? 0 <= 1
        // References to an object state this.
        case "type": entry.value.scalar == "object"
        case "required", "enum": entry.value.elements?.isEmpty == true
        default: !DocumentKeys.structure.contains(entry.name)
        }
    }
}

extension YAMLNode {
    /// Whether a schema has references or parts.
    fileprivate var leadsOn: Bool {
        (entries ?? []).contains {
            switch $0.name {
            case "$ref", "allOf", "oneOf", "anyOf": true
            default: false
            }
        }
    }

    /// Whether a schema defines values rather than only annotating them.
    fileprivate var isStructural: Bool {
        (entries ?? []).contains { $0.name == "$ref" || DocumentKeys.structure.contains($0.name) }
    }

    /// Returns a mapping of one entry with another key.
    func renamed(to key: String) -> YAMLNode {
        guard let entry = entries?.first else { return self }
        return YAMLNode(
            .mapping([YAMLEntry(key: YAMLNode(.scalar(key, .plain), at: entry.key.location), value: entry.value)]),
            at: location)
    }
}
