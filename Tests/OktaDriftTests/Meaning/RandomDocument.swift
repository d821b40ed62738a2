/// A random OpenAPI document in which an operation uses each schema.
struct RandomDocument {
    var random: SplitMix64
    private var names: [String] = []
    private var counter = 0

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    mutating func word(_ prefix: String) -> String {
        counter += 1
        return "\(prefix)\(counter)"
    }

    mutating func document() -> DocumentTree {
        names = (0..<Int.random(in: 3...7, using: &random)).map { "Schema\($0)" }
        let schemas = names.enumerated().map { ($1, self.component($0)) }
        var paths: [(String, DocumentTree)] = []
        for (index, name) in names.enumerated() { paths.append(("/api/v1/things\(index)/{thingId}", pathItem(name))) }
        return .map([
            ("openapi", .text("3.0.3")),
            ("info", .map([("title", .text("Things")), ("version", .text("1"))])),
            ("servers", .list([server("a"), server("b")])),
            ("tags", .list([.map([("name", .text("Thing"))]), .map([("name", .text("Other"))])])),
            (
                "security",
                .list([.map([("key", .list([]))]), .map([("oauth", .list([.text("read"), .text("manage")]))])])
            ),
            ("paths", .map(paths)),
            (
                "components",
                .map([
                    ("schemas", .map(schemas)),
                    (
                        "securitySchemes",
                        .map([
                            ("key", .map([("type", .text("apiKey")), ("name", .text("K")), ("in", .text("header"))])),
                            ("oauth", .map([("type", .text("oauth2")), ("flows", .map([DocumentTree.Member]()))])),
                        ])
                    ),
                ])
            ),
        ])
    }

    private func server(_ name: String) -> DocumentTree { .map([("url", .text("https://\(name).example.com"))]) }

    // MARK: Operations

    private mutating func pathItem(_ schema: String) -> DocumentTree {
        .map([
            ("parameters", .list([parameter("thingId", in: "path"), parameter("verbose", in: "query")])),
            ("get", operation(schema, hasBody: false)), ("put", operation(schema, hasBody: true)),
        ])
    }

    private mutating func operation(_ schema: String, hasBody: Bool) -> DocumentTree {
        var operation = DocumentTree.map([
            ("operationId", .text(word("operation"))), ("tags", .list([.text("Thing"), .text("Other")])),
            ("summary", .text(word("Does "))),
            ("parameters", .list([parameter(word("limit"), in: "query"), parameter(word("X-Trace-"), in: "header")])),
        ])
        if hasBody {
            operation["requestBody"] = .map([("required", .flag(true)), ("content", content(schema))])
        }
        let headers = DocumentTree.map([("X-Count", .map([("schema", scalar())]))])
        operation["responses"] = .map([
            ("200", .map([("description", .text("Done")), ("headers", headers), ("content", content(schema))])),
            ("404", .map([("description", .text("Missing"))])),
        ])
        if chance(30) { operation["security"] = .list([.map([("oauth", .list([.text("read")]))])]) }
        return operation
    }

    private func content(_ schema: String) -> DocumentTree {
        .map([("application/json", .map([("schema", .reference(schema))]))])
    }

    private mutating func parameter(_ name: String, in place: String) -> DocumentTree {
        var parameter = DocumentTree.map([("name", .text(name)), ("in", .text(place)), ("schema", scalar())])
        if place == "path" { parameter["required"] = .flag(true) }
        if chance(40) { parameter["description"] = .text(word("About ")) }
        return parameter
    }

    // MARK: Schemas

    private mutating func component(_ index: Int) -> DocumentTree {
        var schema: DocumentTree
        switch index == 0 ? 0 : Int.random(in: 0..<5, using: &random) {
        case 0, 1: schema = object(before: index, depth: 0)
        // Extends only schemas that were created before, so that no schema extends itself.
        case 2:
            schema = .map([
                (
                    "allOf",
                    .list([
                        .reference(names[Int.random(in: 0..<index, using: &random)]), object(before: index, depth: 1),
                    ])
                )
            ])
        case 3:
            let forms = (0..<3).map { _ in object(before: index, depth: 1) } + [.reference(names[0])]
            schema = .map([(chance(50) ? "oneOf" : "anyOf", .list(forms))])
        default: schema = enumeration()
        }
        if chance(60) { schema["description"] = .text(word("Describes ")) }
        return schema
    }

    private mutating func object(before index: Int, depth: Int) -> DocumentTree {
        var properties: [(String, DocumentTree)] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            properties.append((word("field"), value(index, depth + 1)))
        }
        var object = DocumentTree.map([("type", .text("object")), ("properties", .map(properties))])
        let required = properties.map(\.0).filter { _ in chance(40) }
        if !required.isEmpty { object["required"] = .list(required.map { .text($0) }) }
        return object
    }

    private mutating func value(_ index: Int, _ depth: Int) -> DocumentTree {
        var value: DocumentTree
        switch Int.random(in: 0..<(depth > 2 ? 5 : 8), using: &random) {
        case 0...2: value = scalar()
        case 3: value = enumeration()
        // References can lead to any schema, including the schema itself.
        case 4: return .reference(names[Int.random(in: 0..<names.count, using: &random)])
        case 5:
            value = .map([
                ("type", .text("array")), ("items", self.value(index, depth + 1)), ("maxItems", .number("7")),
            ])
        case 6: value = .map([("type", .text("object")), ("additionalProperties", scalar())])
        default: value = object(before: index, depth: depth)
        }
        if chance(15) { value["nullable"] = .flag(true) }
        if chance(15) { value["readOnly"] = .flag(true) }
        if chance(30) { value["description"] = .text(word("Says ")) }
        return value
    }

    private mutating func scalar() -> DocumentTree {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .map([("type", .text("string")), ("minLength", .number("2")), ("maxLength", .number("30"))])
        case 1: .map([("type", .text("integer")), ("minimum", .number("1")), ("default", .number("10"))])
        default: .map([("type", .text("boolean"))])
        }
    }

    private mutating func enumeration() -> DocumentTree {
        .map([("type", .text("string")), ("enum", .list((0..<3).map { _ in .text(word("VALUE")) }))])
    }
}
