import YAML

/// Texts and names as in real documents, and unusual ones.
public struct RandomText: Sendable {
    /// The random number generator.
    package var random: SplitMix64

    /// Creates a source of texts. The same seed gives the same texts.
    public init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// Texts that end comments, strings or lines in other languages, or look like other values.
    public static let odd = [
        "*/ struct A {} /*", "\\(secret)", "\"\"\" + x + \"\"\"", "\"#", "`code`", "a\nb", "a\r\nb", "\n", " leading",
        "trailing ",
        "a\tb", "a: b", "a #b", "- a", "[a]", "{a: b}", "{{a}}", "${a}", "%s", "null", "~", "true", "no", "007", "1e3",
        "2026-01-02",
        "0x1F", "é", "e\u{301}", "😀", "\u{202E}abc", "a\u{2028}b", "a\u{85}b", "a\u{2029}b", "\u{FEFF}a", "a\u{0}b",
        "\u{7F}",
        "a\u{FFFE}b", "'", "\"", "\\", "\\u{41}", "///", "//", "<b>", "&amp;", "日本語", "TODOs", "|", ">", "@a", "`",
        "!a", "&a", "*a",
        "?", "? a", ":", ",", "#", "---", "...", "%YAML", "=", "<<", String(repeating: "long ", count: 60),
    ]

    /// A sentence, sometimes an unusual one.
    public mutating func sentence(oddOnceIn rate: Int = 8) -> String {
        if random.oneIn(rate) { return "Says \(random.pick(Self.odd) ?? "")" }
        let words = ["Reads", "one", "thing", "of", "the", "org", "by", "its", "id", "and", "state"]
        return (0..<random.number(2...7)).map { _ in random.pick(words) ?? "" }.joined(separator: " ")
    }

    /// Wire names that can be converted to Swift names.
    private static let names = [
        "id", "name", "status", "type", "profile", "created", "lastUpdated", "_links", "_embedded", "user-id",
        "login.hint", "X-Odd",
        "2fa", "URL", "userID", "self", "default", "init", "class", "in", "value", "json", "description", "hash",
        "none", "some",
        "credentials", "settings", "body", "limit", "after", "expand", "search", "enumName", "is_active", "é", "$ref",
        "a b", "@type",
        "kind", "values", "count", "first", "Type", "Protocol", "await", "async", "throws", "request", "response",
        "page", "next", "caf\u{E9}", "cafe\u{301}", "\u{212A}", "K",
    ]

    /// A wire name that differs from the given names.
    public mutating func name(oddOnceIn rate: Int = 12, notIn used: [String] = []) -> String {
        let first =
            random.oneIn(rate) ? random.pick(Self.odd) ?? "" : random.pick(Self.names) ?? "name"
        var name = first
        while Self.isIn(used, name) || name.isEmpty { name = "\(first)\(random.number(2...999))" }
        return name
    }

    /// Whether one of the texts has the same bytes.
    private static func isIn(_ texts: [String], _ text: String) -> Bool { texts.contains { $0.hasSameBytes(as: text) } }

    private static let types = [
        "Widget", "Gadget", "Person", "Policy", "Rule", "Session", "Device", "Zone", "Hook", "Key", "Token", "Grant",
        "Theme", "Domain",
        "Factor", "Schema", "Mapping", "Template", "Feature", "Org",
    ]

    /// A type name that differs from the given names.
    public mutating func type(notIn used: [String]) -> String {
        let first = random.pick(Self.types) ?? "Widget"
        var name = first
        while Self.isIn(used, name) { name = "\(first)\(random.number(2...9999))" }
        return name
    }

    /// A value of an enumeration.
    public mutating func value(notIn used: [String]) -> String {
        let values = [
            "ACTIVE", "INACTIVE", "1FA", "none", "urn:a:b", "com.okta.x", "a-b", "A_B", "default", "NO", "null", "12",
            "", "caf\u{E9}", "cafe\u{301}",
        ]
        let first = random.oneIn(12) ? random.pick(Self.odd) ?? "" : random.pick(values) ?? "A"
        var value = first
        while Self.isIn(used, value) { value = "\(first)\(random.number(2...999))" }
        return value
    }
}
