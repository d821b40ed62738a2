import YAML

/// A value to be written, and its layout.
indirect enum YAMLContent {
    /// A scalar, or a list or mapping in flow style.
    case line(YAMLNode)
    /// A list or mapping in block style, one or more lines per member.
    case members([YAMLMember])

    /// The value.
    var node: YAMLNode {
        switch self {
        case .line(let node): node
        case .members(let members):
            if members.contains(where: { $0.key != nil }) {
                .flow(members.compactMap(\.entry))
            } else {
                .flow(members.map(\.value.node))
            }
        }
    }

    /// The lines of the value: one, or those of its members.
    var lines: [String] {
        switch self {
        case .line(let node): [YAMLNotation.line(node)]
        case .members(let members): members.flatMap(\.lines)
        }
    }
}

/// A member of a list or mapping, to be written.
struct YAMLMember {
    /// The key; nil for an element of a list.
    var key: YAMLNode?
    var value: YAMLContent
    /// The member's lines, if it moves with its comments.
    private var moved: [String]?

    /// Creates an entry of a mapping.
    init(_ key: YAMLNode, _ value: YAMLContent) {
        self.key = key
        self.value = value
    }

    /// Creates an entry whose key is a key of the grammar.
    init(_ key: String, _ value: YAMLContent) {
        self.init(.plain(key), value)
    }

    /// Creates an element of a list.
    init(_ value: YAMLContent) {
        self.value = value
    }

    /// Creates a member that keeps its text.
    init(_ node: YAMLNode, key: YAMLNode? = nil, lines: [String]) {
        self.key = key
        value = .line(node)
        moved = lines
    }

    /// The member as an entry; nil for an element of a list.
    var entry: YAMLEntry? { key.map { YAMLEntry(key: $0, value: value.node) } }

    /// The member in block style, without indentation: `key: value` or `- value`, and the lines below it.
    var lines: [String] {
        if let moved { return moved }
        guard let key else {
            return value.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
        }
        let name = YAMLNotation.line(key)
        switch value {
        case .line(let node): return ["\(name): \(YAMLNotation.line(node))"]
        case .members(let members): return ["\(name):"] + members.flatMap(\.lines).map { "  \($0)" }
        }
    }

    /// The member in flow style.
    var flow: String {
        let text = YAMLNotation.flow(value.node)
        return key.map { "\(YAMLNotation.flow($0)): \(text)" } ?? text
    }
}

/// Values without a position.
extension YAMLNode {
    /// Returns a plain scalar: a number, a boolean, or a name of the catalog.
    static func plain(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, .plain), at: .nowhere) }

    /// Returns a text, quoted unless all parsers read it as text even between braces.
    static func text(_ text: String) -> YAMLNode { scalar(text, isPlain: YAMLNotation.isPlain(text, inFlow: true)) }

    /// Returns a text on a separate line, where braces and commas need no quotes.
    static func line(_ text: String) -> YAMLNode { scalar(text, isPlain: YAMLNotation.isPlain(text, inFlow: false)) }

    static func flow(_ elements: [YAMLNode]) -> YAMLNode { YAMLNode(.sequence(elements), at: .nowhere, isFlow: true) }

    static func flow(_ entries: [YAMLEntry]) -> YAMLNode { YAMLNode(.mapping(entries), at: .nowhere, isFlow: true) }

    private static func scalar(_ text: String, isPlain: Bool) -> YAMLNode {
        YAMLNode(.scalar(text, isPlain ? .plain : .quoted), at: .nowhere)
    }
}

extension SourceLocation {
    /// The location of a value that is not in a file.
    static let nowhere = SourceLocation(file: "", start: .start, end: .start)
}
