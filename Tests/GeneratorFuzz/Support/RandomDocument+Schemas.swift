import YAML

/// Schemas of every form.
extension RandomDocument {
    private mutating func reference(inPlace: Bool = false) -> YAMLNode? {
        let candidates = inPlace ? Array(schemas.prefix(described)) : schemas
        guard let name = random.pick(candidates) else { return nil }
        let token = name.replacing("~", with: "~0").replacing("/", with: "~1").replacing("%", with: "%25")
        return .mapping([("$ref", .text("#/components/schemas/\(token)"))])
    }

    /// - Parameters:
    ///   - depth: The number of nested levels allowed.
    ///   - isNamed: Whether the schema can be referenced, so that its inline references must not lead to itself.
    mutating func schema(depth: Int, isNamed: Bool = false) -> YAMLNode {
        if once(4), let reference = reference(inPlace: isNamed) { return reference }
        var entries: [(String, YAMLNode)] = []
        switch random.number(0...(depth > 0 ? 13 : 5)) {
        case 0, 1, 2: entries = primitive()
        case 3: entries = enumeration()
        case 4: entries = once(3) && is31 ? [("const", .text(texts.value(notIn: [])))] : primitive()
        case 5: if once(2) { entries = [("description", .text(texts.sentence()))] }
        case 6, 7, 8: entries = object(depth: depth)
        case 9: entries = [("type", "array"), ("items", schema(depth: depth - 1))]
        case 10: entries = [("type", "object"), ("additionalProperties", once(3) ? true : schema(depth: depth - 1))]
        case 11:
            let parts = [reference(inPlace: true), once(2) ? reference(inPlace: true) : nil].compactMap { $0 }
            entries = [("allOf", .list(parts + [.mapping(object(depth: depth - 1))]))]
        case 12: entries = choice(depth: depth, isNamed: isNamed)
        default:
            if is31, once(2) {
                entries = [("type", .list(["string", "integer"]))]
            } else if is31, once(3) {
                return true
            } else {
                entries = [("oneOf", .list([.mapping(primitive()), schema(depth: depth - 1)]))]
            }
        }
        if once(6) { makeNullable(&entries) }
        for flag in ["readOnly", "writeOnly", "deprecated"] where once(12) { entries.append((flag, true)) }
        if once(6), !entries.contains(where: { $0.0 == "description" }) {
            entries.append(("description", .text(texts.sentence())))
        }
        if once(10) {
            entries.append(("example", .mapping([("$ref", "nowhere.yaml"), ("a", .list([1, .plain("null")]))])))
        }
        return .mapping(entries)
    }

    /// The schema of a parameter, which is a text or a list of texts. Any other value is an error.
    mutating func parameterSchema() -> YAMLNode {
        let value = YAMLNode.mapping(once(3) ? enumeration() : primitive())
        return once(3) ? .mapping([("type", "array"), ("items", value)]) : value
    }

    private mutating func primitive() -> [(String, YAMLNode)] {
        let type = random.pick(["string", "string", "integer", "number", "boolean"]) ?? "string"
        var entries: [(String, YAMLNode)] = [("type", .text(type))]
        if type == "string", once(2) {
            entries.append(
                (
                    "format",
                    .text(random.pick(["date-time", "uri", "duration", "byte", "binary", "email", "odd"]) ?? "uri")
                ))
        }
        if type == "string", once(4) { entries += [("minLength", 1), ("maxLength", 10)] }
        if type == "string", once(6) {
            entries.append(("pattern", .text(random.pick(["^\\d+$", "\"", "a b", "é"]) ?? "a")))
        }
        if type == "integer" || type == "number", once(3) {
            entries.append(("minimum", random.pick([0, .plain("-1.5"), .plain("1e3")]) ?? 0))
            if once(2) { entries.append(is31 ? ("exclusiveMaximum", 100) : ("exclusiveMaximum", true)) }
            if !is31 { entries.append(("maximum", 10)) }
        }
        if once(6) {
            let value: YAMLNode =
                switch type {
                case "integer": 7
                case "number": .plain("1.5")
                case "boolean": true
                default: .text(random.pick(RandomText.odd) ?? "a")
                }
            entries.append(("default", value))
        }
        return entries
    }

    private mutating func enumeration() -> [(String, YAMLNode)] {
        var values: [String] = []
        for _ in 0..<random.number(1...4) { values.append(texts.value(notIn: values)) }
        var nodes = values.map { YAMLNode.text($0) }
        if once(6) { nodes.append(.plain("null")) }
        if once(10) { nodes.append(7) }
        return (once(3) ? [] : [("type", "string")]) + [("enum", .list(nodes))]
    }

    private mutating func object(depth: Int) -> [(String, YAMLNode)] {
        var properties: [(String, YAMLNode)] = []
        for _ in 0..<random.number(0...5) {
            properties.append((texts.name(notIn: properties.map(\.0)), schema(depth: depth - 1)))
        }
        var entries: [(String, YAMLNode)] = once(5) ? [] : [("type", "object")]
        if !properties.isEmpty { entries.append(("properties", .mapping(properties))) }
        if let first = properties.first, once(2) { entries.append(("required", .list([.text(first.0)]))) }
        if once(5) { entries.append(("additionalProperties", once(2) ? false : true)) }
        return entries
    }

    private mutating func choice(depth: Int, isNamed: Bool) -> [(String, YAMLNode)] {
        let key = once(2) ? "oneOf" : "anyOf"
        let count = random.number(1...3)
        // A single option, with or without null, is an inline reference.
        var options = (0..<count).compactMap { _ in reference(inPlace: isNamed && count == 1) }
        if once(3) { options.append(.mapping(object(depth: depth - 1))) }
        if is31, once(4) { options.append(.mapping([("type", "null")])) }
        guard let first = options.first else { return primitive() }
        var entries: [(String, YAMLNode)] = [(key, .list(options))]
        if once(2), let target = first["$ref"] {
            entries.append(
                (
                    "discriminator",
                    .mapping([("propertyName", "kind")] + (once(2) ? [("mapping", .mapping([("A", target)]))] : []))
                ))
        }
        return entries
    }

    private mutating func makeNullable(_ entries: inout [(String, YAMLNode)]) {
        guard is31 else { return entries.append(("nullable", true)) }
        guard let index = entries.firstIndex(where: { $0.0 == "type" }) else { return }
        if entries[index].1.elements == nil { entries[index].1 = .list([entries[index].1, "null"]) }
    }
}
