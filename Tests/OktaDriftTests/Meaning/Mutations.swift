/// A change to the meaning or the wording of a document.
struct Mutation: Sendable, CustomStringConvertible {
    let description: String
    /// The locations where the change can be made.
    let places: @Sendable (DocumentTree) -> [[String]]
    /// Changes the object at a location.
    let apply: @Sendable (inout DocumentTree) -> Void

    init(
        _ description: String, at places: @escaping @Sendable (DocumentTree) -> [[String]],
        _ apply: @escaping @Sendable (inout DocumentTree) -> Void
    ) {
        self.description = description
        self.places = places
        self.apply = apply
    }

    /// Sets or removes a key.
    private static func set(
        _ key: String, _ value: DocumentTree?, at places: @escaping @Sendable (DocumentTree) -> [[String]]
    ) -> Mutation {
        Mutation("\(key) becomes \(value?.json ?? "nothing")", at: places) { $0[key] = value }
    }

    private static func change(
        _ key: String, at places: @escaping @Sendable (DocumentTree) -> [[String]],
        _ change: @escaping @Sendable (DocumentTree) -> DocumentTree?
    ) -> Mutation {
        Mutation("another \(key)", at: { document in places(document).filter { document[$0 + [key]] != nil } }) {
            $0[key] = $0[key].flatMap(change)
        }
    }

    private static let schemas: @Sendable (DocumentTree) -> [[String]] = { $0.written }
    private static let operations: @Sendable (DocumentTree) -> [[String]] = { $0.operations }
    private static let fields: @Sendable (DocumentTree) -> [[String]] = { document in
        document.written.filter { $0.dropLast().last == "properties" }
    }
    private static let arrays: @Sendable (DocumentTree) -> [[String]] = { document in
        document.written.filter { document[$0 + ["type"]] == .text("array") }
    }
    private static let parameters: @Sendable (DocumentTree) -> [[String]] = { document in
        document.operations.map { $0 + ["parameters", "0"] }
    }
    private static let responses: @Sendable (DocumentTree) -> [[String]] = { document in
        document.operations.map { $0 + ["responses", "200"] }
    }
    private static let whole: @Sendable (DocumentTree) -> [[String]] = { _ in [[]] }
    private static let extra = DocumentTree.map([("type", .text("string"))])

    static let all = schemaChanges + operationChanges + documentChanges

    private static let schemaChanges = [
        change("properties", at: schemas) { .map(Array($0.members.dropLast())) },
        Mutation(
            "another property", at: { document in document.written.filter { document[$0 + ["properties"]] != nil } }
        ) {
            $0["properties"] = .map(($0["properties"]?.members ?? []) + [.init(key: "added", value: extra)])
        },
        change("type", at: fields) { $0 == .text("boolean") ? .text("number") : .text("boolean") },
        change("enum", at: schemas) { .list($0.elements + [.text("ADDED")]) },
        change("enum", at: schemas) { .list(Array($0.elements.dropLast())) },
        change("required", at: schemas) { _ in nil },
        change("maxLength", at: schemas) { _ in .number("31") },
        change("minimum", at: schemas) { _ in .number("0") },
        change("default", at: schemas) { _ in .number("11") },
        change("nullable", at: schemas) { _ in nil },
        change("readOnly", at: schemas) { _ in nil },
        change("description", at: schemas) { _ in .text("Says something else") },
        change("oneOf", at: schemas) { .list(Array($0.elements.dropFirst())) },
        change("anyOf", at: schemas) { .list(Array($0.elements.dropFirst())) },
        Mutation("oneOf becomes anyOf", at: { document in document.written.filter { document[$0 + ["oneOf"]] != nil } })
        {
            $0["anyOf"] = $0["oneOf"]
            $0["oneOf"] = nil
        },
        change("items", at: arrays) { $0 == extra ? .map([("type", .text("integer"))]) : extra },
        change("additionalProperties", at: schemas) { _ in .map([("type", .text("number"))]) },
        set("uniqueItems", .flag(true), at: arrays), set("nullable", .flag(true), at: fields),
        set("writeOnly", .flag(true), at: fields), set("deprecated", .flag(true), at: fields),
        set("pattern", .text("^x"), at: fields), set("not", .map([("enum", .list([.text("never")]))]), at: schemas),
        set("x-vendor", .map([("kind", .text("new"))]), at: schemas),
        set("x-okta-lifecycle", .map([("lifecycle", .text("EA"))]), at: fields),
        Mutation(
            "no other members", at: { document in document.written.filter { document[$0 + ["properties"]] != nil } }
        ) {
            $0["additionalProperties"] = .flag(false)
        },
    ]

    private static let operationChanges = [
        change("operationId", at: operations) { _ in .text("renamed") },
        change("tags", at: operations) { _ in .list([.text("Elsewhere")]) },
        change("summary", at: operations) { _ in .text("Does something else") },
        set("deprecated", .flag(true), at: operations),
        set("security", .list([.map([("oauth", .list([.text("other")]))])]), at: operations),
        set("security", .list([]), at: operations), set("x-vendor", .number("1"), at: operations),
        set(
            "security", .list([.map([("oauth", .list([.text("read"), .text("manage")])), ("key", .list([]))])]),
            at: operations),
        set("servers", .list([.map([("url", .text("https://elsewhere.example.com"))])]), at: operations),
        change("parameters", at: operations) { .list(Array($0.elements.dropFirst())) },
        Mutation(
            "the body is optional",
            at: { document in document.operations.filter { document[$0 + ["requestBody"]] != nil } }
        ) {
            $0[["requestBody", "required"]] = .flag(false)
        },
        change("requestBody", at: operations) { _ in nil },
        Mutation("another response", at: operations) {
            $0[["responses", "202"]] = .map([("description", .text("Later"))])
        },
        Mutation("a response fewer", at: operations) { $0[["responses", "404"]] = nil },
        set(
            "callbacks",
            .map([
                (
                    "done",
                    .map([
                        (
                            "{$request.body#/url}",
                            .map([
                                (
                                    "post",
                                    .map([("responses", .map([("200", .map([("description", .text("Heard"))]))]))])
                                )
                            ])
                        )
                    ])
                )
            ]), at: operations),
        set("name", .text("other"), at: parameters), set("in", .text("cookie"), at: parameters),
        set("required", .flag(true), at: parameters), set("schema", .map([("type", .text("array"))]), at: parameters),
        set("style", .text("pipeDelimited"), at: parameters), set("explode", .flag(false), at: parameters),
        set("allowReserved", .flag(true), at: parameters), set("x-vendor", .flag(true), at: parameters),
        change("content", at: responses) { .map([("text/xml", $0.members[0].value)]) },
        change("content", at: responses) { _ in nil },
        change("headers", at: responses) { _ in nil },
        Mutation("another header", at: responses) {
            $0[["headers", "X-Count", "schema"]] = .map([("type", .text("object"))])
        },
        Mutation("a required header", at: responses) { $0[["headers", "X-Count", "required"]] = .flag(true) },
        set("links", .map([("next", .map([("operationId", .text("operation1"))]))]), at: responses),
        Mutation("an encoding", at: responses) {
            $0[["content", "application/json", "encoding"]] = .map([("a", .map([("contentType", .text("text/xml"))]))])
        },
    ]

    private static let documentChanges = [
        Mutation("an operation fewer", at: { document in document.operations.map { Array($0.dropLast()) } }) {
            $0["put"] = nil
        },
        Mutation("another operation", at: { document in document.operations.map { Array($0.dropLast()) } }) {
            $0["delete"] = $0["get"]
        },
        Mutation("another scheme", at: whole) {
            $0[["components", "securitySchemes", "key", "name"]] = .text("Other")
        },
        Mutation("another scope of a flow", at: whole) {
            $0[["components", "securitySchemes", "oauth", "flows"]] = .map([
                ("implicit", .map([("scopes", .map([("read", .text("Reads"))]))]))
            ])
        },
        Mutation("another title", at: whole) { $0[["info", "title"]] = .text("Others") },
        set("servers", .list([.map([("url", .text("https://elsewhere.example.com"))])]), at: whole),
        set("x-vendor", .text("new"), at: whole),
        Mutation("a webhook", at: whole) {
            $0[["x-webhooks", "heard"]] = .map([
                ("post", .map([("responses", .map([("200", .map([("description", .text("Heard"))]))]))]))
            ])
        },
    ]
}
