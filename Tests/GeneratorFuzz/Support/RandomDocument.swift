public import YAML

/// An OpenAPI document about the operations of a catalog and others: valid, recursive, and with every form of a schema.
public struct RandomDocument: Sendable {
    /// The document.
    public private(set) var root: YAMLNode = .mapping([])
    let is31: Bool
    var random: SplitMix64
    var texts: RandomText
    var schemas: [String] = []
    /// Inline references lead only to schemas that were created before, because a circle of them is invalid.
    var described = 0

    /// Creates a document.
    ///
    /// - Parameters:
    ///   - seed: The seed of the random numbers.
    ///   - operations: The operations of the catalog.
    public init(seed: UInt64, operations: [(method: String, path: String)]) {
        random = SplitMix64(seed: seed)
        texts = RandomText(seed: seed ^ 0xBEEF)
        is31 = random.oneIn(2)
        for _ in 0..<random.number(1...12) {
            let name =
                random.oneIn(6) ? texts.name(oddOnceIn: 2, notIn: schemas) : texts.type(notIn: schemas)
            schemas.append(name)
        }
        var components: [(String, YAMLNode)] = []
        for name in schemas {
            components.append((name, schema(depth: 3, isNamed: true)))
            described += 1
        }
        var paths: [String: [(String, YAMLNode)]] = [:]
        let more = [
            ("GET", "/api/v1/later/{thing}"), ("POST", "/api/v1/more"), ("PATCH", "/odd:path/{a}?x=y"),
            ("GET", "/login"),
        ]
        for (method, path) in operations + more where !random.oneIn(8) {
            paths[renamed(path), default: []].append((method.lowercased(), operation(path: renamed(path))))
        }
        root = .mapping([
            ("openapi", .text(is31 ? "3.1.0" : "3.0.3")),
            ("info", .mapping([("title", .text(texts.sentence())), ("version", .text("2026.\(seed % 100)"))])),
            ("paths", .mapping(paths.sorted { $0.key < $1.key }.map { ($0.key, .mapping($0.value)) })),
            (
                "components",
                .mapping([("schemas", .mapping(components)), ("parameters", .mapping([("shared", sharedParameter())]))])
            ),
        ])
    }

    mutating func once(_ count: Int) -> Bool { random.oneIn(count) }

    // MARK: Operations

    /// Documents can name path parameters freely.
    private func renamed(_ path: String) -> String { path.replacing("{otherId}", with: "{other-id}") }

    private func sharedParameter() -> YAMLNode {
        .mapping([
            ("name", "shared"), ("in", "query"),
            ("schema", .mapping([("type", "string"), ("enum", .list(["A", "B"]))])),
        ])
    }

    private mutating func operation(path: String) -> YAMLNode {
        var entries: [(String, YAMLNode)] = []
        if once(2) { entries.append(("operationId", .text("op\(random.number(0...9999))"))) }
        if once(2) { entries.append(("tags", .list([.text(texts.sentence())]))) }
        if once(3) { entries.append(("summary", .text(texts.sentence()))) }
        var parameters = path.split(separator: "{").dropFirst().map { part -> YAMLNode in
            .mapping([
                ("name", .text(String(part.prefix { $0 != "}" }))), ("in", "path"), ("required", true),
                ("schema", .mapping([("type", "string")])),
            ])
        }
        var used: Set<String> = []
        for _ in 0..<random.number(0...3) {
            // A path, query and header parameter can have the same name.
            let name = once(3) ? "id" : texts.name()
            let place = random.pick(["query", "header"]) ?? "query"
            guard used.insert("\(place) \(name)").inserted else { continue }
            var facts: [(String, YAMLNode)] = [("name", .text(name)), ("in", .text(place))]
            if once(3) { facts.append(("required", true)) }
            if place == "query", once(3) { facts.append(("explode", once(2) ? true : false)) }
            facts.append(("schema", parameterSchema()))
            parameters.append(.mapping(facts))
        }
        if once(4) { parameters.append(.mapping([("$ref", "#/components/parameters/shared")])) }
        if !parameters.isEmpty { entries.append(("parameters", .list(parameters))) }
        if once(3) {
            entries.append(("requestBody", .mapping([("content", content())] + (once(2) ? [("required", true)] : []))))
        }
        var responses: [(String, YAMLNode)] = []
        for status in ["200", "201", "204", "2XX", "default", "400"] where once(3) {
            var response: [(String, YAMLNode)] = [("description", .text(texts.sentence()))]
            if status != "204", once(2) { response.append(("content", content())) }
            responses.append((status, .mapping(response)))
        }
        entries.append(("responses", .mapping(responses)))
        if once(3) {
            let schemes: [YAMLNode] = [
                .mapping([("apiToken", .list([]))]), .mapping([("oauth2", .list(["okta.a.read"]))]),
            ]
            entries.append(("security", .list(Array(schemes.dropFirst(random.number(0...2))))))
        }
        if once(6) {
            let url = random.pick(["https://drapp.{org}.okta.com", "https://{yourOktaDomain}"]) ?? ""
            entries.append(("servers", .list([.mapping([("url", .text(url))])])))
        }
        if once(6) { entries.append(("deprecated", true)) }
        if once(4) {
            entries.append(
                (
                    "x-okta-lifecycle",
                    .mapping([("lifecycle", .text(random.pick(["GA", "EA", "BETA", "LIMITED_GA"]) ?? "GA"))])
                ))
        }
        return .mapping(entries)
    }

    private mutating func content() -> YAMLNode {
        let media = random.pick([
            "application/json", "application/json", "application/json", "text/csv", "application/scim+json",
            "image/png",
        ])
        return .mapping([(media ?? "application/json", .mapping(once(8) ? [] : [("schema", schema(depth: 2))]))])
    }
}
