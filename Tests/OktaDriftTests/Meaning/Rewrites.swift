/// A change to a document that keeps its meaning.
struct Rewrite: Sendable, CustomStringConvertible {
    let description: String
    let apply: @Sendable (inout DocumentTree, inout RandomDocument) -> Void

    init(_ description: String, _ apply: @escaping @Sendable (inout DocumentTree, inout RandomDocument) -> Void) {
        self.description = description
        self.apply = apply
    }

    static let all = layout + operations + schemas
    private static let sets: Set<String> = [
        "required", "enum", "oneOf", "anyOf", "allOf", "parameters", "tags", "servers", "security", "oauth",
    ]

    // MARK: Layout

    private static let layout = [
        Rewrite("keys in another order") { document, random in
            for (way, value) in document.places().reversed() where !value.members.isEmpty {
                document[way] = .map((document[way]?.members ?? []).shuffled(using: &random.random))
            }
        },
        Rewrite("sets in another order") { document, random in
            for (way, value) in document.places().reversed() where way.last.map(sets.contains) == true {
                guard !value.elements.isEmpty, let elements = document[way]?.elements else { continue }
                document[way] = .list(elements.shuffled(using: &random.random))
            }
        },
        Rewrite("components that nothing uses") { document, _ in
            document[["components", "schemas", "Unused"]] = .map([("type", .text("string"))])
            document[["components", "parameters"]] = .map([
                ("Unused", .map([("name", .text("u")), ("in", .text("query"))]))
            ])
        },
        Rewrite("numbers written otherwise") { document, _ in
            for (way, value) in document.places() where value == .number("10") || value == .number("30") {
                document[way] = .number(value == .number("10") ? "1e1" : "30.0")
            }
        },
        Rewrite("defaults that are stated") { document, _ in
            for way in document.written {
                for key in ["nullable", "readOnly", "writeOnly", "deprecated"] where document[way + [key]] == nil {
                    document[way + [key]] = .flag(false)
                }
                if document[way + ["type"]] == .text("array") { document[way + ["uniqueItems"]] = .flag(false) }
            }
            for way in document.operations {
                document[way + ["deprecated"]] = document[way + ["deprecated"]] ?? .flag(false)
                for (index, parameter) in (document[way + ["parameters"]]?.elements ?? []).enumerated()
                where parameter["in"] == .text("query") {
                    let place = way + ["parameters", String(index)]
                    document[place + ["style"]] = .text("form")
                    document[place + ["explode"]] = .flag(true)
                    document[place + ["required"]] = .flag(false)
                }
            }
        },
    ]

    // MARK: Operations

    private static let operations = [
        Rewrite("parameters of paths at their operations") { document, _ in
            for path in document["paths"]?.members ?? [] {
                let shared = path.value["parameters"]?.elements ?? []
                for way in document.operations where way[1] == path.key {
                    let own = document[way + ["parameters"]]?.elements ?? []
                    document[way + ["parameters"]] = .list(own + shared)
                }
                document[["paths", path.key, "parameters"]] = nil
            }
        },
        Rewrite("servers and security at the operations") { document, random in
            let isPath = random.chance(50)
            for way in document.operations {
                document[isPath ? [way[0], way[1], "servers"] : way + ["servers"]] = document["servers"]
                document[way + ["security"]] = document[way + ["security"]] ?? document["security"]
            }
            document["servers"] = nil
            document["security"] = nil
        },
        Rewrite("parameters, bodies and responses by reference") { document, random in
            for way in document.operations {
                for (key, place) in [("parameters", "0"), ("responses", "200")] {
                    guard let value = document[way + [key, place]] else { continue }
                    let name = random.word("Shared")
                    document[["components", key, name]] = value
                    document[way + [key, place]] = .map([("$ref", .text("#/components/\(key)/\(name)"))])
                }
                guard let body = document[way + ["requestBody"]] else { continue }
                let name = random.word("Shared")
                document[["components", "requestBodies", name]] = body
                document[way + ["requestBody"]] = .map([("$ref", .text("#/components/requestBodies/\(name)"))])
            }
        },
        Rewrite("media types written otherwise") { document, random in
            for way in document.operations {
                for content in [way + ["requestBody", "content"], way + ["responses", "200", "content"]] {
                    guard let value = document[content + ["application/json"]] else { continue }
                    let name = [
                        "Application/JSON", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"",
                    ]
                    .randomElement(using: &random.random)
                    document[content] = .map([(name ?? "", value)])
                }
            }
        },
        Rewrite("headers in another case") { document, _ in
            for way in document.operations {
                for (index, parameter) in (document[way + ["parameters"]]?.elements ?? []).enumerated()
                where parameter["in"] == .text("header") {
                    document[way + ["parameters", String(index), "name"]] = .text(
                        parameter["name"]?.text?.lowercased() ?? "")
                }
                guard let header = document[way + ["responses", "200", "headers", "X-Count"]] else { continue }
                document[way + ["responses", "200", "headers"]] = .map([("x-count", header)])
            }
        },
    ]

    // MARK: Schemas

    private static let schemas = [
        Rewrite("references written out") { document, random in
            for way in document.schemas where random.chance(50) {
                guard let target = document.target(of: document[way]), !document.isRecursive(target) else { continue }
                document[way] = target
            }
        },
        Rewrite("schemas as components") { document, random in
            for way in document.written.reversed() where way.count > 3 && random.chance(40) {
                let name = random.word("Extracted")
                document[["components", "schemas", name]] = document[way]
                document[way] = .reference(name)
            }
        },
        Rewrite("schemas wrapped") { document, random in
            for way in document.schemas.reversed() where random.chance(30) {
                guard let schema = document[way] else { continue }
                document[way] = .map([
                    (["allOf", "oneOf", "anyOf"].randomElement(using: &random.random) ?? "allOf", .list([schema]))
                ])
            }
        },
        Rewrite("objects in parts") { document, random in
            for way in document.written.reversed() where random.chance(50) {
                guard let schema = document[way], let properties = schema["properties"]?.members, properties.count > 1
                else { continue }
                let parts = [Array(properties.prefix(1)), Array(properties.dropFirst())]
                var rest = schema
                for key in ["type", "properties", "allOf"] { rest[key] = nil }
                rest["allOf"] = .list(
                    parts.map { .map([("type", .text("object")), ("properties", .map($0))]) }
                        + (schema["allOf"]?.elements ?? []))
                document[way] = rest
            }
        },
        Rewrite("allOf written out") { document, _ in
            for way in document.written {
                guard let schema = document[way], let parts = schema["allOf"]?.elements else { continue }
                let targets = parts.map { document.target(of: $0) ?? $0 }
                guard targets.allSatisfy({ $0["properties"] != nil && $0["allOf"] == nil }) else { continue }
                var flat = schema
                flat["allOf"] = nil
                flat["type"] = .text("object")
                flat["properties"] = .map(targets.flatMap { $0["properties"]?.members ?? [] })
                let required = targets.flatMap { $0["required"]?.elements ?? [] }
                if !required.isEmpty { flat["required"] = .list(required) }
                document[way] = flat
            }
        },
        Rewrite("values without an enumeration, as in Okta's other documents") { document, _ in
            for way in document.written where document[way + ["type"]] == .text("string") {
                guard let values = document[way + ["enum"]] else { continue }
                document[way + ["x-okta-known-values"]] = values
                document[way + ["enum"]] = nil
            }
        },
        Rewrite("written in OpenAPI 3.1") { document, random in
            document["openapi"] = .text("3.1.0")
            for way in document.written.reversed() {
                guard var schema = document[way] else { continue }
                let isNullable = schema["nullable"] == .flag(true)
                if let type = schema["type"], isNullable || random.chance(20) {
                    schema["type"] = .list(isNullable ? [type, .text("null")] : [type])
                    schema["nullable"] = nil
                } else if isNullable {
                    schema["nullable"] = nil
                    schema = .map([("anyOf", .list([schema, .map([("type", .text("null"))])]))])
                }
                document[way] = schema
            }
        },
    ]
}
