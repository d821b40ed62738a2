import OktaCatalog
import OktaUpstream
import YAML

/// Creates a shape from the schemas that apply to a type.
extension SchemaReader {
    mutating func shape(of parts: SchemaParts, named name: String?, at location: SourceLocation) -> Shape {
        var shape = Shape(name: name, location: location)
        shape.bases = parts.bases.map { base(named: $0) }
        shape.flags = parts.flags
        let nearestFirst = parts.all.count == 1 ? parts.all : parts.all.sorted { $0.depth < $1.depth }
        readKind(of: nearestFirst, into: &shape)
        readFields(of: nearestFirst, into: &shape)
        for part in nearestFirst {
            shape.limits.add(part.node)
            if let lifecycle = part.node["x-okta-lifecycle"]?["lifecycle"]?.scalar {
                shape.lifecycle = shape.lifecycle ?? lifecycle
            }
            addRemarks(of: part.node, to: &shape.remarks, level: part.depth, origin: part.origin)
            // A base's discriminator does not apply to one variant; facts of the base alone are attributed to it.
            if part.origin == nil || part.node["discriminator"] == nil { readVariants(of: part, into: &shape) }
        }
        if shape.kind == .any, !shape.fields.isEmpty || !shape.variants.isEmpty || shape.isOpen { shape.kind = .object }
        if shape.kind == .object, shape.fields.isEmpty, shape.variants.isEmpty, shape.element != nil {
            shape.kind = .map
        }
        return shape
    }

    /// Returns the statements of a schema that extending schemas do not inherit.
    mutating func base(of parts: SchemaParts, named name: String, at location: SourceLocation) -> Shape {
        var shape = Shape(name: name, kind: .object, location: location)
        shape.isBase = true
        shape.bases = parts.bases.map { base(named: $0) }
        for part in parts.all {
            var remarks = Remarks()
            addRemarks(of: part.node, to: &remarks, level: 0, origin: nil)
            shape.remarks.words.add(contentsOf: remarks.words)
            if let discriminator = part.node.entries?.first(where: { $0.name == "discriminator" }) {
                readVariants(of: part, into: &shape)
                addDiscriminator(discriminator, to: &shape.remarks, origin: nil)
            }
        }
        return shape
    }

    private mutating func readKind(of parts: [SchemaPart], into shape: inout Shape) {
        var items: [SchemaPart] = []
        var additional: [SchemaPart] = []
        for part in parts {
            let node = part.node
            if let kind = Shape.Kind(ofSchema: node) { shape.kind = shape.kind.narrowed(to: kind) }
            if let values = node["enum"]?.elements { readValues(values, into: &shape) }
            if let element = node["items"] { items.append(part.at(element)) }
            if node["x-okta-extensible"]?.scalar == "true", shape.openness == .unstated { shape.openness = .open }
            switch node["additionalProperties"] {
            case nil: break
            case let values? where values.scalar == "false":
                shape.openness = .closed
                shape.places.openness = values.location
            case let values?:
                if shape.openness == .unstated { (shape.openness, shape.places.openness) = (.open, values.location) }
                if values.entries?.isEmpty == false { additional.append(part.at(values)) }
            }
        }
        if !shape.values.isEmpty {
            shape.valueKind = shape.kind == .any ? .string : shape.kind
            shape.kind = .enumeration
        }
        if shape.kind == .array {
            shape.element = items.isEmpty ? TypeUse(shape: any(at: shape.location)) : use(of: items)
        } else if shape.openness == .open, !additional.isEmpty {
            shape.element = use(of: additional)
        }
    }

    private func readValues(_ values: [YAMLNode], into shape: inout Shape) {
        let listed = values.map { Shape.Value(value: Limits.text(of: $0), symbol: nil, location: $0.location) }
        // A value must be permitted by all parts.
        let known = Set(texts: listed.map(\.value))
        let kept = shape.values.filter { known.contains(text: $0.value) }
        if shape.values.isEmpty { shape.values = listed } else if !kept.isEmpty { shape.values = kept }
    }

    private mutating func readFields(of parts: [SchemaPart], into shape: inout Shape) {
        if parts.count == 1, parts[0].node.entry("properties") == nil, parts[0].node.entry("required") == nil { return }
        var required: [ExactText: SourceLocation] = [:]
        var order: [(name: String, origin: String?, location: SourceLocation)] = []
        var declarations: [ExactText: [SchemaPart]] = [:]
        for part in parts {
            for name in part.node["required"]?.elements ?? [] {
                if let text = name.scalar { required[text: text] = required[text: text] ?? name.location }
            }
            for property in part.node["properties"]?.entries ?? [] {
                if declarations[text: property.name] == nil {
                    order.append((property.name, part.origin, property.key.location))
                }
                declarations[text: property.name, default: []].append(part.at(property.value))
            }
        }
        shape.fields.reserveCapacity(order.count)
        for (name, origin, location) in order {
            let use = use(of: declarations[text: name] ?? [])
            shape.fields.append(
                Shape.Field(
                    name: name, symbol: name, use: use,
                    isRequired: required.removeValue(forKey: ExactText(name)) != nil,
                    origin: origin, location: location))
        }
        // A required member may be undeclared.
        for (name, location) in required {
            shape.remarks.add(
                UnmodelledValue(.members([name: UnmodelledValue(.value("true"), at: location)]), at: location),
                under: "required")
        }
    }

    private mutating func readVariants(of part: SchemaPart, into shape: inout Shape) {
        let node = part.node
        if shape.discriminator == nil, let name = node["discriminator"]?["propertyName"] {
            (shape.discriminator, shape.places.discriminator) = (name.scalar, name.location)
        }
        var known = Set(texts: shape.variants.map(\.key))
        var mapped: Set<String> = []
        for entry in node["discriminator"]?["mapping"]?.entries ?? [] {
            let reference = YAMLNode(
                .mapping([YAMLEntry(key: entry.key, value: entry.value)]), at: entry.value.location
            )
            .renamed(to: "$ref")
            guard let name = document.schemaName(reference), known.insert(text: entry.name) else { continue }
            mapped.insert(name)
            shape.variants.append(
                Shape.Variant(key: entry.name, use: use(of: reference), location: entry.key.location))
        }
        for choice in ["oneOf", "anyOf"] {
            guard let list = node[choice], let options = list.elements, !options.isEmpty else { continue }
            // A single option is no choice: it applies like a part of an `allOf`.
            if options.count == 1, node["discriminator"] == nil { continue }
            shape.remarks.add(UnmodelledValue(.value(choice), at: list.location, origin: part.origin), under: "choice")
            for option in options {
                let name = document.schemaName(option)
                // A schema that is offered twice is one variant, and a mapping names the variants with a discriminator
                // value.
                if let name, mapped.contains(name) || !known.insert(text: name) { continue }
                shape.variants.append(
                    Shape.Variant(
                        key: name ?? "form \(shape.variants.count + 1)", isNameless: name == nil,
                        use: use(of: option), location: option.location))
            }
        }
    }
}
