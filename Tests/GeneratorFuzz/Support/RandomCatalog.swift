public import YAML

/// A random catalog that uses every key of the grammar, as values by file: valid, but as unusual as possible.
public struct RandomCatalog: Sendable {
    /// The contents of the files, by path.
    public internal(set) var files: [String: YAMLNode] = [:]
    /// The operations of the actions: method and path.
    public internal(set) var operations: [(method: String, path: String)] = []
    /// The enumerations that parameters can have as a type.
    var enumerations: [String] = []
    var models: [String] = []
    /// A model that belongs to no union, so that it can have an alias.
    var plainModel: String?
    /// The aliases with their targets.
    var aliases: [(name: String, target: String)] = []
    /// The declarations with a location in the document.
    var described: Set<String> = []
    var random: SplitMix64
    var texts: RandomText

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

    mutating func once(_ count: Int) -> Bool { random.oneIn(count) }
    mutating func sentence() -> YAMLNode { .text(texts.sentence()) }

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

    mutating func type(depth: Int = 2) -> YAMLNode {
        if depth > 0, once(4) { return .list([type(depth: depth - 1)]) }
        if depth > 0, once(6) { return .mapping([("map", type(depth: depth - 1))]) }
        if once(2) { return .text(random.pick(models + enumerations + aliases.map(\.name)) ?? "string") }
        return builtin()
    }

    mutating func parameterType() -> YAMLNode {
        if once(15) { return type() }
        let scalar: YAMLNode =
            once(4)
            ? .text(random.pick(enumerations + aliases.filter { $0.target != plainModel }.map(\.name)) ?? "string")
            : .text(random.pick(["string", "integer", "number", "boolean", "dateTime", "uri"]) ?? "string")
        return once(5) ? .list([scalar]) : scalar
    }

    mutating func constraints() -> [(String, YAMLNode)] {
        var entries: [(String, YAMLNode)] = []
        if once(6) { entries.append(("minimum", random.pick([0, 1, .plain("-5"), .plain("0.5")]) ?? 0)) }
        if once(6) { entries.append(("maximum", random.pick([200, .plain("1.5e3")]) ?? 200)) }
        if once(6) { entries.append(("minLength", 1)) }
        if once(6) { entries.append(("maxLength", 100)) }
        if once(6) { entries.append(("pattern", .text(random.pick(["^[a-z]+$", "\\d{2}", "\"", "a|b"]) ?? "a"))) }
        if once(6) { entries.append(("default", .text(random.pick(["a", "20", "true", "é"]) ?? "a"))) }
        return entries
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
