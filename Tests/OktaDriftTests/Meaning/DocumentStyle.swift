import YAML

/// The style in which an exporter writes a document: blocks or braces, quotes, anchors for repeated values, and the
/// order of keys. None of it affects the meaning.
struct DocumentStyle: Sendable, CustomStringConvertible {
    let description: String
    var isJSON = false
    /// The percentages of collections in braces and of texts in quotes.
    var braces = 0
    var quotes = 0
    /// Whether longer texts are blocks of lines.
    var hasTextBlocks = false
    var hasAnchors = false
    var shufflesKeys = false

    static let all = [
        DocumentStyle(description: "JSON", isJSON: true),
        DocumentStyle(description: "JSON in another order", isJSON: true, shufflesKeys: true),
        DocumentStyle(description: "blocks without quotes"),
        DocumentStyle(description: "blocks with quotes", quotes: 100),
        DocumentStyle(description: "blocks of text", quotes: 50, hasTextBlocks: true),
        DocumentStyle(description: "braces", braces: 100),
        DocumentStyle(description: "anchors", braces: 20, quotes: 20, hasAnchors: true),
        DocumentStyle(
            description: "everything", braces: 40, quotes: 40, hasTextBlocks: true, hasAnchors: true, shufflesKeys: true
        ),
    ]

    /// Returns the text of a document.
    func text(of root: YAMLNode, using random: inout SplitMix64) -> String {
        var writer = StyleWriter(style: self, random: random)
        let text = writer.text(of: root)
        random = writer.random
        return text
    }
}

private struct StyleWriter {
    let style: DocumentStyle
    var random: SplitMix64
    private var output = ""
    /// The names of the anchors by their values.
    private var anchors: [String: String] = [:]

    init(style: DocumentStyle, random: SplitMix64) {
        self.style = style
        self.random = random
    }

    mutating func text(of root: YAMLNode) -> String {
        if style.isJSON {
            output = flow(root)
        } else {
            write(root, depth: 0)
        }
        return output + "\n"
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func entries(_ node: YAMLNode) -> [YAMLEntry] {
        let entries = node.entries ?? []
        return style.shufflesKeys ? entries.shuffled(using: &random) : entries
    }

    // MARK: Blocks

    /// Writes a value after a key or hyphen.
    private mutating func write(_ node: YAMLNode, depth: Int) {
        if let name = alias(node) {
            output += " *\(name)\n"
            return
        }
        let isEmpty = node.entries?.isEmpty ?? node.elements?.isEmpty ?? true
        if case .scalar(let text, let kind) = node.content {
            output += " " + (block(text, kind, depth: depth) ?? scalar(text, kind)) + "\n"
        } else if isEmpty || chance(style.braces) {
            output += " " + flow(node) + "\n"
        } else {
            if style.hasAnchors, let content = Self.shortContent(node) {
                let name = "a\(anchors.count)"
                anchors[content] = name
                output += " &\(name)"
            }
            output += "\n"
            let space = String(repeating: " ", count: depth)
            for entry in entries(node) {
                output += space + scalar(entry.name, entry.key.style) + ":"
                write(entry.value, depth: depth + 2)
            }
            for element in node.elements ?? [] {
                output += space + "-"
                write(element, depth: depth + 2)
            }
        }
    }

    /// Returns the alias of a value; nil if the value must be written.
    private mutating func alias(_ node: YAMLNode) -> String? {
        guard style.hasAnchors, !anchors.isEmpty else { return nil }
        return Self.shortContent(node).flatMap { anchors[$0] }
    }

    /// Returns a key for finding equal collections; nil if the collection is long.
    private static func shortContent(_ node: YAMLNode) -> String? {
        guard node.scalar == nil else { return nil }
        var text = ""
        return append(node, to: &text) && text.utf8.count > 20 ? text : nil
    }

    private static func append(_ node: YAMLNode, to text: inout String) -> Bool {
        switch node.content {
        case .scalar(let scalar, let style): text += "\(style == .plain)" + quoted(scalar)
        case .sequence(let elements):
            text += "["
            for element in elements { guard append(element, to: &text) else { return false } }
            text += "]"
        case .mapping(let entries):
            text += "{"
            for entry in entries {
                text += quoted(entry.name)
                guard append(entry.value, to: &text) else { return false }
            }
            text += "}"
        }
        return text.utf8.count < 300
    }

    /// Returns a text as a block scalar, if the style has them and the value stays the same; otherwise nil.
    private mutating func block(_ text: String, _ kind: YAMLNode.ScalarStyle, depth: Int) -> String? {
        guard style.hasTextBlocks, text.utf8.count > 20,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }),
            !Self.hasType(text, kind), text.first != " ", text.first != "\n", chance(70)
        else { return nil }
        let space = "\n" + String(repeating: " ", count: max(depth, 2))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count == 1 {
            // A folded block has a space for each break.
            guard !text.contains("  "), text.last != " " else { return nil }
            return ">-" + text.split(separator: " ").map { space + $0 }.joined()
        }
        let ends = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
        guard lines[ends - 1].contains(where: { $0 != " " }) else { return nil }
        return (ends == lines.count ? "|-" : "|") + lines[..<ends].map { $0.isEmpty ? "\n" : space + $0 }.joined()
    }

    // MARK: Braces and scalars

    private mutating func flow(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, let kind): return scalar(text, kind)
        case .sequence(let elements):
            var parts: [String] = []
            for element in elements { parts.append(flow(element)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .mapping:
            var parts: [String] = []
            for entry in entries(node) {
                let key = style.isJSON ? Self.quoted(entry.name) : scalar(entry.name, entry.key.style)
                parts.append(key + ": " + flow(entry.value))
            }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    private mutating func scalar(_ text: String, _ kind: YAMLNode.ScalarStyle) -> String {
        if Self.hasType(text, kind) { return Self.literal(text) }
        if style.isJSON { return Self.quoted(text) }
        if Self.isPlain(text), !chance(style.quotes) { return text }
        let isSimple = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isSimple && chance(50) ? "'" + text.replacing("'", with: "''") + "'" : Self.quoted(text)
    }

    /// Whether a scalar is a number, a boolean or null.
    private static func hasType(_ text: String, _ kind: YAMLNode.ScalarStyle) -> Bool {
        guard kind == .plain else { return false }
        let isNumber = Double(text) != nil && text.utf8.allSatisfy { "0123456789-.eE".utf8.contains($0) }
        return ["true", "false", "null", "~", ""].contains(text.lowercased()) || isNumber
    }

    /// Returns a boolean, null or number in JSON's spelling.
    private static func literal(_ text: String) -> String {
        let word = text.lowercased()
        return word.isEmpty || word == "~" ? "null" : ["true", "false", "null"].contains(word) ? word : text
    }

    /// Whether a text needs no quotes anywhere.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        let isLetter = { (byte: UInt8) in byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
        return (isLetter(first) || first == UInt8(ascii: "/")) && last != UInt8(ascii: " ")
            && text.utf8.allSatisfy { isLetter($0) || "0123456789 _./-".utf8.contains($0) }
            && !PlainScalar(text).isReadDifferentlyElsewhere
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case let scalar where scalar.value < 0x20 || scalar.value > 0x7E && scalar.value < 0x1_0000:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension YAMLNode {
    fileprivate var style: ScalarStyle {
        if case .scalar(_, let style) = content { style } else { .plain }
    }
}
