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
            merge(node, into: &shape)
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
        merge(node, into: &shape)
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

    /// Adds a schema with all that it refers to by `allOf`, on a stack of its own: bases may have bases without end.
    private mutating func merge(_ node: YAMLNode, into shape: inout Shape) {
        var steps: [(node: YAMLNode, origin: String?, isMerged: Bool)] = [(node, nil, false)]
        var visited = Set([shape.name].compactMap { $0 })
        var fields: [String: Int] = [:]
        while let (node, origin, isMerged) = steps.popLast() {
            if let name = document.schemaName(node) {
                guard visited.insert(name).inserted, let target = document.schema(named: name) else { continue }
                steps.append((target, name, false))
            } else if isMerged {
                add(node, to: &shape, origin: origin, fields: &fields)
            } else {
                steps.append((node, origin, true))
                steps += (node["allOf"]?.elements ?? []).reversed().map { ($0, origin, false) }
            }
        }
    }

    /// Adds what a schema says itself.
    private mutating func add(
        _ node: YAMLNode, to shape: inout Shape, origin: String?, fields: inout [String: Int]
    ) {
        readType(of: node, into: &shape)
        for property in node["properties"]?.entries ?? [] {
            let field = Shape.Field(
                name: property.name, symbol: property.name, use: use(of: property.value), origin: origin,
                location: property.key.location)
            if let index = fields[property.name] {
                shape.fields[index] = field
            } else {
                fields[property.name] = shape.fields.count
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
        if node["x-okta-extensible"]?.scalar == "true" { shape.isOpen = true }
        if let additional = node["additionalProperties"], additional.scalar != "false" {
            shape.isOpen = true
            if additional.entries?.isEmpty == false { shape.element = use(of: additional) }
        }
    }

    private mutating func readVariants(of node: YAMLNode, into shape: inout Shape) {
        shape.discriminator = node["discriminator"]?["propertyName"]?.scalar ?? shape.discriminator
        let mapping = node["discriminator"]?["mapping"]?.entries ?? []
        for entry in mapping {
            let reference = YAMLNode(
                .mapping([YAMLEntry(key: YAMLNode(.scalar("$ref", .plain), at: entry.key.location), value: entry.value)]
                ),
                at: entry.value.location)
            guard let name = document.schemaName(reference) else { continue }
            let use = TypeUse(shape: self.shape(named: name, at: entry.value.location))
            shape.variants.append(Shape.Variant(key: entry.name, use: use))
        }
        guard mapping.isEmpty else { return }
        for (index, option) in ((node["oneOf"]?.elements ?? []) + (node["anyOf"]?.elements ?? [])).enumerated() {
            let key = document.schemaName(option) ?? "form \(index + 1)"
            // A schema that is offered twice is one form.
            guard !shape.variants.contains(where: { $0.key == key }) else { continue }
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
