import OktaCatalog
import YAML

/// Reads schemas of Okta's document as shapes, with what `allOf` gives them.
///
/// A schema of the document becomes one shape, wherever it is referred to. Those that are referred to wait in a queue
/// until ``finish()``, so that neither circles nor long chains of references deepen the stack.
struct SchemaReader {
    let document: OpenAPIDocument
    private(set) var shapes: [Shape] = []
    private var known: [String: Int] = [:]
    private var waiting: [String] = []

    /// No sound schema inherits through more levels.
    private static let maximumInheritance = 32

    init(document: OpenAPIDocument) {
        self.document = document
    }

    /// A type of which nothing is said.
    mutating func any(at location: SourceLocation) -> Int {
        shapes.append(Shape(location: location))
        return shapes.count - 1
    }

    /// Reads the schemas that are referred to, until none is left.
    mutating func finish() {
        while let name = waiting.popLast() {
            guard let index = known[name], let node = document.schema(named: name) else { continue }
            var shape = Shape(name: name, location: node.location)
            var visited: Set<String> = [name]
            merge(node, into: &shape, origin: nil, visited: &visited)
            complete(&shape)
            shapes[index] = shape
        }
    }

    /// The use of a schema at a place.
    mutating func use(of node: YAMLNode) -> TypeUse {
        if let name = document.schemaName(node) {
            var use = TypeUse(shape: shape(named: name, at: node.location))
            decorate(&use, with: node)
            inheritFlags(&use, from: document.resolve(node))
            return use
        }
        if let target = aliased(node) {
            var use = self.use(of: target)
            for part in node["allOf"]?.elements ?? [] where part != target { decorate(&use, with: part) }
            decorate(&use, with: node)
            return use
        }
        var shape = Shape(location: node.location)
        var visited: Set<String> = []
        merge(node, into: &shape, origin: nil, visited: &visited)
        complete(&shape)
        shapes.append(shape)
        var use = TypeUse(shape: shapes.count - 1)
        inheritFlags(&use, from: node)
        for part in node["allOf"]?.elements ?? [] { inheritFlags(&use, from: document.resolve(part)) }
        return use
    }

    private mutating func shape(named name: String, at location: SourceLocation) -> Int {
        if let index = known[name] { return index }
        let index = any(at: location)
        known[name] = index
        waiting.append(name)
        return index
    }

    /// The one schema that an `allOf` decorates with no more than words, flags and limits.
    private func aliased(_ node: YAMLNode) -> YAMLNode? {
        guard let parts = node["allOf"]?.elements,
            (node.entries ?? []).allSatisfy({
                SchemaKeys.isDecoration($0.name) || $0.name == "allOf" || $0.name == "type"
            })
        else { return nil }
        let substantial = parts.filter { part in
            !(part.entries ?? []).allSatisfy { SchemaKeys.isDecoration($0.name) }
        }
        guard substantial.count == 1, let only = substantial.first, document.schemaName(only) != nil else { return nil }
        return only
    }

    /// Adds what stands at a place of use beside the reference.
    private func decorate(_ use: inout TypeUse, with node: YAMLNode) {
        inheritFlags(&use, from: node)
        for entry in node.entries ?? [] where SchemaKeys.facts.contains(entry.name) {
            use.facts[entry.name] = entry.value.scalar ?? "\(TextDigester.hash(of: entry.value))"
        }
        TextDigester.add(node, without: SchemaKeys.compared, to: &use.text)
    }

    private func inheritFlags(_ use: inout TypeUse, from node: YAMLNode) {
        if node["nullable"]?.scalar == "true" { use.isNullable = true }
        if node["readOnly"]?.scalar == "true" { use.isReadOnly = true }
        if node["writeOnly"]?.scalar == "true" { use.isWriteOnly = true }
        if node["deprecated"]?.scalar == "true" { use.isDeprecated = true }
        if let lifecycle = node["x-okta-lifecycle"]?["lifecycle"]?.scalar { use.lifecycle = lifecycle }
    }

    // MARK: Flattening

    /// Adds a schema with all that it refers to by `allOf`.
    private mutating func merge(
        _ node: YAMLNode, into shape: inout Shape, origin: String?, visited: inout Set<String>
    ) {
        if let name = document.schemaName(node) {
            guard visited.count <= Self.maximumInheritance, visited.insert(name).inserted,
                let target = document.schema(named: name)
            else { return }
            merge(target, into: &shape, origin: name, visited: &visited)
            return
        }
        for part in node["allOf"]?.elements ?? [] { merge(part, into: &shape, origin: origin, visited: &visited) }
        readType(of: node, into: &shape)
        for property in node["properties"]?.entries ?? [] {
            let field = Shape.Field(
                name: property.name, symbol: property.name, use: use(of: property.value), origin: origin,
                location: property.key.location)
            if let index = shape.fields.firstIndex(where: { $0.name == property.name }) {
                shape.fields[index] = field
            } else {
                shape.fields.append(field)
            }
        }
        shape.required.formUnion((node["required"]?.elements ?? []).compactMap(\.scalar))
        // What tells the forms of a parent apart says nothing of one form.
        if origin == nil { readVariants(of: node, into: &shape) }
        for entry in node.entries ?? [] where SchemaKeys.facts.contains(entry.name) {
            shape.facts[entry.name] = entry.value.scalar ?? "\(TextDigester.hash(of: entry.value))"
        }
        if origin == nil { TextDigester.add(node, without: SchemaKeys.compared, to: &shape.text) }
    }

    private mutating func readType(of node: YAMLNode, into shape: inout Shape) {
        if let type = BuiltinType(ofSchema: node) { shape.kind = Shape.Kind(type) }
        switch node["type"]?.scalar {
        case "array":
            shape.kind = .array
            shape.element = node["items"].map { use(of: $0) }
        case "object": shape.kind = .object
        default: break
        }
        if let values = node["enum"]?.elements {
            shape.kind = .enumeration
            shape.values = values.compactMap { value in
                value.scalar.map { Shape.Value(value: $0, symbol: nil, location: value.location) }
            }
        }
        if let additional = node["additionalProperties"], additional.scalar != "false" {
            shape.isOpen = true
            if additional.entries?.isEmpty == false { shape.element = use(of: additional) }
        }
    }

    private mutating func readVariants(of node: YAMLNode, into shape: inout Shape) {
        shape.discriminator = node["discriminator"]?["propertyName"]?.scalar ?? shape.discriminator
        let mapping = node["discriminator"]?["mapping"]?.entries ?? []
        for entry in mapping {
            guard let name = entry.value.scalar?.split(separator: "/").last.map(String.init) else { continue }
            let use = TypeUse(shape: self.shape(named: name, at: entry.value.location))
            shape.variants.append(Shape.Variant(key: entry.name, use: use))
        }
        guard mapping.isEmpty else { return }
        for (index, option) in ((node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? [])).enumerated() {
            let key = document.schemaName(option) ?? "form \(index + 1)"
            shape.variants.append(Shape.Variant(key: key, use: use(of: option)))
        }
    }

    /// Settles what the parts of a schema leave open.
    private func complete(_ shape: inout Shape) {
        for index in shape.fields.indices where shape.required.contains(shape.fields[index].name) {
            shape.fields[index].isRequired = true
        }
        shape.required = []
        if shape.kind == .any, !shape.fields.isEmpty || !shape.variants.isEmpty || shape.isOpen { shape.kind = .object }
        if shape.kind == .object, shape.fields.isEmpty, shape.variants.isEmpty, shape.element != nil {
            shape.kind = .map
        }
    }
}
