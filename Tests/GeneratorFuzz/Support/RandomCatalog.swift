public import YAML

/// A random catalog that uses every key of the grammar, as values by file: valid, but as unusual as possible.
public struct RandomCatalog: Sendable {
    /// The contents of the files, by path.
    public private(set) var files: [String: YAMLNode] = [:]
    /// The operations of the actions: method and path.
    public private(set) var operations: [(method: String, path: String)] = []
    /// The enumerations that parameters can have as a type.
    private var enumerations: [String] = []
    private var models: [String] = []
    /// A model that belongs to no union, so that it can have an alias.
    private var plainModel: String?
    /// The aliases with their targets.
    private var aliases: [(name: String, target: String)] = []
    /// The declarations with a location in the document.
    private var described: Set<String> = []
    private var random: SplitMix64
    private var texts: RandomText

    /// Creates a catalog.
    public init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        texts = RandomText(seed: seed ^ 0xC0FFEE)
        let count = random.number(1...3)
        let names = (0..<count).map { ["Widget", "Gadget Group", "ZoneThing"][$0] }
        nameTypes()
        for (index, name) in names.enumerated() { addCategory(name, index) }
        addModels(categories: names)
        files["catalog.yaml"] = .mapping([
            ("grammar", 1), ("service", .text("Fuzz \(texts.sentence())")), ("module", "Fuzzed"),
            ("reference", .text(random.pick(["https://example.com/", "https://example.com/a b#c", "x"]) ?? "x")),
            ("categories", .list(names.map { .text($0) })),
        ])
        if random.oneIn(2) { addDispositions() }
        if random.oneIn(3) { addOverlay() }
    }

    private mutating func once(_ count: Int) -> Bool { random.oneIn(count) }
    private mutating func sentence() -> YAMLNode { .text(texts.sentence()) }

    // MARK: Types

    private mutating func nameTypes() {
        for _ in 0..<random.number(2...6) { models.append(texts.type(notIn: models + enumerations)) }
        for _ in 0..<random.number(1...3) { enumerations.append(texts.type(notIn: models + enumerations)) }
        for target in enumerations where once(3) { nameAlias(of: target) }
        if once(3) {
            let name = texts.type(notIn: models + enumerations + aliases.map(\.name))
            plainModel = name
            nameAlias(of: name)
        }
    }

    private mutating func nameAlias(of target: String) {
        let taken = models + enumerations + aliases.map(\.name) + [plainModel].compactMap { $0 }
        aliases.append((texts.type(notIn: taken), target))
    }

    private mutating func builtin() -> YAMLNode {
        .text(
            random.pick(["string", "integer", "number", "boolean", "dateTime", "uri", "duration", "base64", "json"])
                ?? "string")
    }

    private mutating func type(depth: Int = 2) -> YAMLNode {
        if depth > 0, once(4) { return .list([type(depth: depth - 1)]) }
        if depth > 0, once(6) { return .mapping([("map", type(depth: depth - 1))]) }
        if once(2) { return .text(random.pick(models + enumerations + aliases.map(\.name)) ?? "string") }
        return builtin()
    }

    private mutating func parameterType() -> YAMLNode {
        if once(15) { return type() }
        let scalar: YAMLNode =
            once(4)
            ? .text(random.pick(enumerations + aliases.filter { $0.target != plainModel }.map(\.name)) ?? "string")
            : .text(random.pick(["string", "integer", "number", "boolean", "dateTime", "uri"]) ?? "string")
        return once(5) ? .list([scalar]) : scalar
    }

    private mutating func constraints() -> [(String, YAMLNode)] {
        var entries: [(String, YAMLNode)] = []
        if once(6) { entries.append(("minimum", random.pick([0, 1, .plain("-5"), .plain("0.5")]) ?? 0)) }
        if once(6) { entries.append(("maximum", random.pick([200, .plain("1.5e3")]) ?? 200)) }
        if once(6) { entries.append(("minLength", 1)) }
        if once(6) { entries.append(("maxLength", 100)) }
        if once(6) { entries.append(("pattern", .text(random.pick(["^[a-z]+$", "\\d{2}", "\"", "a|b"]) ?? "a"))) }
        if once(6) { entries.append(("default", .text(random.pick(["a", "20", "true", "é"]) ?? "a"))) }
        return entries
    }

    // MARK: Actions

    private mutating func addCategory(_ name: String, _ index: Int) {
        var entries: [(String, YAMLNode)] = [("category", .text(name)), ("summary", sentence())]
        if once(3) { entries.append(("swift", .text("group\(index)"))) }
        let actions = (0..<random.number(1...4)).map { action(index * 10 + $0) }
        entries.append(("actions", .list(actions)))
        files["actions/file\(index).yaml"] = .mapping(entries)
    }

    private mutating func action(_ number: Int) -> YAMLNode {
        let verb = random.pick(["Get", "List", "Create", "Replace", "Delete"]) ?? "Get"
        let method =
            ["Get": "GET", "List": "GET", "Create": "POST", "Replace": "PUT", "Delete": "DELETE"][verb] ?? "GET"
        let placeholders = (0..<random.number(0...2)).map { ["id", "otherId"][$0] }
        let path = "/api/v1/things\(number)" + placeholders.map { "/{\($0)}" }.joined(separator: "/sub")
        operations.append((method, path))
        var entries: [(String, YAMLNode)] = [("action", .text("\(verb) Thing \(number)"))]
        if once(4) { entries.append(("aliases", .list([.text("Other Thing \(number)")]))) }
        if once(4) {
            entries.append(
                (
                    "renamed",
                    .list([
                        .mapping([
                            ("from", .text("Old Thing \(number)")), ("since", .text("1.\(number) \(texts.sentence())")),
                        ])
                    ])
                ))
        }
        if once(4) { entries.append(("swift", .text("thing\(number)"))) }
        entries.append(("summary", sentence()))
        if once(3) { entries.append(("discussion", sentence())) }
        entries += [("method", .text(method)), ("path", .text(path))]
        if once(2) { entries.append(("upstream", .text("thing\(number)"))) }
        if once(2) { entries.append(("reference", .text(texts.sentence()))) }
        if let params = parameters(path: placeholders) { entries.append(("params", params)) }
        if method == "POST" || method == "PUT", once(2) { entries.append(("body", body())) }
        let returnsList = verb == "List"
        if verb != "Delete", once(2) || returnsList {
            let element = YAMLNode.text(random.pick(models) ?? "json")
            entries.append(("returns", returnsList ? .list([element]) : type(depth: 1)))
            if returnsList, once(2) { entries.append(("paging", "link")) }
            if once(5) { entries.append(("otherReturns", .mapping([("202", type(depth: 1))]))) }
            if once(6) { entries.append(("alternatives", .mapping([("text/csv", "bytes")]))) }
        }
        if once(2) { entries.append(("success", .list([200, 204]))) }
        if once(2) { entries.append(("scopes", .list([.text("okta.things\(number).read")]))) }
        if once(4) { entries.append(("lifecycle", .text(random.pick(["ga", "limited", "ea", "beta"]) ?? "ga"))) }
        if once(5) {
            entries.append(
                ("deprecated", once(2) ? true : .mapping([("since", sentence()), ("instead", sentence())])))
        }
        if once(5) { entries.append(("pinned", .list(["returns"]))) }
        return .mapping(entries)
    }

    private mutating func parameters(path: [String]) -> YAMLNode? {
        var entries = path.map { name in
            (name, YAMLNode.mapping([("in", "path"), ("type", "string")] + documentation()))
        }
        for index in 0..<random.number(0...4) {
            let used = entries.map(\.0)
            let name = texts.name(notIn: used)
            let place = random.pick(["query", "query", "header"]) ?? "query"
            var facts: [(String, YAMLNode)] = [
                ("in", .text(place)), ("type", place == "header" ? "string" : parameterType()),
            ]
            // The wire name of a parameter with another key.
            if once(8) { facts.insert(("name", .text(once(2) ? "id" : "wire\(index)")), at: 0) }
            if once(4) { facts.append(("required", true)) }
            if once(6) { facts.append(("deprecated", true)) }
            facts += constraints()
            if once(5) { facts.append(("pinned", .list(["type"]))) }
            facts.append(("swift", .text("parameter\(index)")))
            entries.append((name, .mapping(facts + documentation())))
        }
        return entries.isEmpty ? nil : .mapping(entries)
    }

    private mutating func documentation() -> [(String, YAMLNode)] { once(3) ? [("doc", sentence())] : [] }

    private mutating func body() -> YAMLNode {
        switch random.number(0...5) {
        case 0: .mapping([("type", .text(random.pick(models) ?? "json")), ("optional", true)])
        case 1: .mapping([("type", "bytes"), ("media", .list(["application/octet-stream"]))])
        case 2: .mapping([("type", "file"), ("media", .list(["multipart/form-data"]))])
        default: .text(random.pick(models) ?? "json")
        }
    }

    // MARK: Models

    private mutating func addModels(categories: [String]) {
        var lists: [String: [YAMLNode]] = [:]
        for (index, name) in models.enumerated() {
            lists[random.pick(categories + ["Shared"]) ?? "Shared", default: []].append(model(name, index))
        }
        for name in enumerations {
            lists[random.pick(categories + ["Shared"]) ?? "Shared", default: []].append(enumeration(name))
        }
        if let plainModel {
            lists["Shared", default: []].append(model(plainModel, models.count, isPlain: true))
        }
        for (name, target) in aliases {
            var entries: [(String, YAMLNode)] = [(target == plainModel ? "model" : "enum", .text(name))]
            // An update compares an alias with its target, which must also be in the document.
            if described.contains(target), once(2) { entries.append(("upstream", .text(name))) }
            entries += documentation() + [("sameAs", .text(target))]
            lists[random.pick(categories + ["Shared"]) ?? "Shared", default: []].append(.mapping(entries))
        }
        for (category, list) in lists {
            let file = categories.firstIndex(of: category).map { "file\($0)" } ?? "shared"
            files["models/\(file).yaml"] = .mapping([("category", .text(category)), ("models", .list(list))])
        }
    }

    private mutating func model(_ name: String, _ index: Int, isPlain: Bool = false) -> YAMLNode {
        var entries: [(String, YAMLNode)] = [("model", .text(name))]
        if once(2) { entries.append(upstream(of: name)) }
        if once(4) { entries.append(("group", .text("Group\(index)"))) }
        if once(2) { entries.append(("doc", sentence())) }
        if index > 0, !isPlain, once(4) { entries.append(("extends", .text(models[index - 1]))) }
        if once(4) { entries.append(("open", true)) }
        var fields: [(String, YAMLNode)] = []
        for number in 0..<random.number(0...6) {
            let field = texts.name(notIn: fields.map(\.0))
            var facts: [(String, YAMLNode)] = [("type", type())]
            for flag in ["required", "readOnly", "writeOnly", "nullable", "deprecated"] where once(6) {
                facts.append((flag, true))
            }
            facts += constraints()
            if once(6) { facts.append(("pinned", .list(["type"]))) }
            facts.append(("swift", .text("field\(index)x\(number)")))
            fields.append((field, .mapping(facts + documentation())))
        }
        if let first = fields.first, once(4) { entries.append(("init", .list([.text(first.0)]))) }
        if once(5), models.count > index + 1 {
            let variant = models[index + 1]
            if once(2) {
                entries += [("discriminator", "kind"), ("variants", .mapping([("A b", .text(variant))]))]
            } else {
                entries.append(("variants", .list([.text(variant)])))
            }
        }
        if !fields.isEmpty { entries.append(("fields", .mapping(fields))) }
        return .mapping(entries)
    }

    private mutating func upstream(of name: String) -> (String, YAMLNode) {
        described.insert(name)
        return ("upstream", .text(name))
    }

    private mutating func enumeration(_ name: String) -> YAMLNode {
        var values: [String] = []
        for _ in 0..<random.number(1...5) { values.append(texts.value(notIn: values)) }
        let nodes = values.enumerated().map { index, value -> YAMLNode in
            .mapping([("value", .text(value)), ("swift", .text("value\(index)"))] + documentation())
        }
        var entries: [(String, YAMLNode)] = [("enum", .text(name))]
        if once(3) { entries.append(upstream(of: name)) }
        if once(2) { entries.append(("doc", sentence())) }
        return .mapping(entries + [("values", .list(nodes))])
    }

    // MARK: Other files

    private mutating func addDispositions() {
        let hash = "sha256:" + String(repeating: "0a", count: 32)
        files["upstream.yaml"] = .mapping([
            ("release", .text(texts.sentence())), ("content", .text(hash)),
            (
                "ignored",
                .list([
                    .mapping([
                        ("reason", "Only browsers call them."), ("operations", .mapping([("/login", .list(["GET"]))])),
                    ])
                ])
            ),
            ("toDo", .mapping([("/api/v1/later/{}", .list(["GET", "POST"]))])),
        ])
    }

    private mutating func addOverlay() {
        guard let operation = operations.first, let enumeration = enumerations.first else { return }
        files["overlay.yaml"] = .mapping([
            (
                "corrections",
                .list([
                    .mapping([
                        ("enum", .text(enumeration)), ("reason", sentence()),
                        ("evidence", .text("\(operation.method) \(operation.path)")),
                        ("values", .list([.mapping([("value", "OVERLAID"), ("swift", "overlaid")])])),
                    ])
                ])
            )
        ])
    }
}
