public import YAML

/// YAML values, created in code.
extension YAMLNode: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    private static let nowhere = SourceLocation(file: "", start: .start, end: .start)

    /// A text.
    public static func text(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, .quoted), at: nowhere) }

    /// A number, boolean or null, as written.
    public static func plain(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, .plain), at: nowhere) }

    /// A list.
    public static func list(_ elements: [YAMLNode]) -> YAMLNode { YAMLNode(.sequence(elements), at: nowhere) }

    /// A mapping.
    public static func mapping(_ entries: [(String, YAMLNode)]) -> YAMLNode {
        YAMLNode(.mapping(entries.map { YAMLEntry(key: .text($0), value: $1) }), at: nowhere)
    }

    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }

    /// A list.
    public init(arrayLiteral elements: YAMLNode...) { self = .list(elements) }

    /// A mapping.
    public init(dictionaryLiteral elements: (String, YAMLNode)...) { self = .mapping(elements) }

    /// A number.
    public init(integerLiteral value: Int) { self = .plain(String(value)) }

    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .plain(String(value)) }

    /// The value without locations and text styles.
    public var meaning: YAMLNode {
        switch content {
        case .scalar(let text, .plain) where Self.isTyped(text): .plain(text)
        case .scalar(let text, _): .text(text)
        case .sequence(let elements): .list(elements.map(\.meaning))
        case .mapping(let entries): .mapping(entries.map { ($0.name, $0.value.meaning) })
        }
    }

    private static func isTyped(_ text: String) -> Bool {
        ["", "~", "null", "true", "false"].contains(text) || JSONNumberGrammar.isNumber(text)
    }
}
