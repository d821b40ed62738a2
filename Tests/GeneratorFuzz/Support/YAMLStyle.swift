public import YAML

/// Writes a value as YAML in one of many equivalent notations: block or flow style, any quotes, indentation and line
/// breaks, with comments, and with `?` before keys.
public struct YAMLStyle: Sendable {
    /// The line ending.
    public var lineBreak = "\n"
    /// Whether the file begins with a byte order mark.
    public var hasByteOrderMark = false
    /// Whether the last line has a line ending.
    public var endsLastLine = true
    /// The indentation of lists below their key, from 0 to 6.
    public var listIndentation = 2
    /// The indentation of mappings below their key, from 1 to 6.
    public var indentation = 2
    /// One in this many collections is written in flow style; 0 for none.
    public var flow = 0
    /// One in this many lines is followed by a comment; 0 for none.
    public var comments = 0
    /// One in this many commas in flow style ends its line; 0 for none.
    public var brokenFlow = 0
    /// One in this many keys is written with `?`; 0 for none.
    public var announcedKeys = 0
    /// One in this many dashes is on a separate line; 0 for none.
    public var bareDashes = 0
    /// Whether to quote texts that don't require quotes.
    public var variesQuotes = false
    /// The text of comments.
    public var comment = "a comment"
    private var random: SplitMix64

    /// The usual style, as people write.
    public init(seed: UInt64 = 0) {
        random = SplitMix64(seed: seed)
    }

    /// A random style.
    public static func random(seed: UInt64) -> YAMLStyle {
        var random = SplitMix64(seed: seed)
        var style = YAMLStyle(seed: random.next())
        style.lineBreak = random.pick(["\n", "\n", "\n", "\r\n", "\r\n", "\r"]) ?? "\n"
        style.hasByteOrderMark = random.oneIn(4)
        style.endsLastLine = !random.oneIn(4)
        style.listIndentation = random.pick([0, 1, 2, 2, 4]) ?? 2
        style.indentation = random.pick([1, 2, 2, 3, 4]) ?? 2
        style.flow = random.pick([0, 0, 2, 5, 20]) ?? 0
        style.brokenFlow = random.pick([0, 0, 0, 3]) ?? 0
        style.comments = random.pick([0, 0, 2, 6]) ?? 0
        style.announcedKeys = random.pick([0, 0, 0, 4]) ?? 0
        style.bareDashes = random.pick([0, 0, 0, 3]) ?? 0
        style.variesQuotes = random.oneIn(3)
        style.comment = random.pick(Self.comments) ?? ""
        return style
    }

    /// Comments that a careless parser would misread.
    public static let comments = [
        "a comment", "key: value", "- item", "a\u{2028}b: c", "a\u{85}  - x: y", "a\u{2029}", "{", "]", "'\"",
        "é 😀 \u{202E}",
        "TODO",
    ]

    /// The text of a value.
    public func text(of node: YAMLNode) -> String {
        var writer = self
        var lines: [String] = []
        if writer.comments > 0 { lines.append("# \(comment)") }
        writer.write(node, indentation: 0, to: &lines)
        var text = lines.joined(separator: lineBreak)
        if endsLastLine { text += lineBreak }
        return (hasByteOrderMark ? "\u{FEFF}" : "") + text
    }

    // MARK: Lines

    private mutating func chance(_ rate: Int) -> Bool { rate > 0 && random.oneIn(rate) }

    /// Appends a collection in lines, or a scalar in one line.
    private mutating func write(_ node: YAMLNode, indentation column: Int, to lines: inout [String]) {
        let start = String(repeating: " ", count: column)
        switch node.content {
        case .mapping(let entries) where !entries.isEmpty:
            for entry in entries {
                comment(at: column, &lines)
                let key = scalar(entry.key, inFlow: false)
                if chance(announcedKeys) {
                    lines.append("\(start)? \(key)")
                    write(entry.value, behind: "\(start):", parent: column, to: &lines)
                } else {
                    write(entry.value, behind: "\(start)\(key):", parent: column, to: &lines)
                }
            }
        case .sequence(let elements) where !elements.isEmpty:
            for element in elements {
                comment(at: column, &lines)
                // A collection can begin after its dash.
                let isCollection = element.entries?.isEmpty == false || element.elements?.isEmpty == false
                guard isCollection, !chance(flow) else {
                    lines.append("\(start)- \(inFlow(element))\(trailingComment())")
                    continue
                }
                if chance(bareDashes) {
                    lines.append("\(start)-\(trailingComment())")
                    write(element, indentation: column + indentation + 1, to: &lines)
                } else {
                    let gap = chance(6) ? 3 : 1
                    var inner: [String] = []
                    let saved = comments
                    comments = 0
                    write(element, indentation: column + 1 + gap, to: &inner)
                    comments = saved
                    inner[0] = "\(start)-" + String(repeating: " ", count: gap) + inner[0].drop { $0 == " " }
                    lines += inner
                }
            }
        default:
            lines.append(start + inFlow(node))
        }
    }

    /// Appends a value after its key's colon.
    private mutating func write(_ node: YAMLNode, behind key: String, parent column: Int, to lines: inout [String]) {
        switch node.content {
        case .mapping(let entries) where !entries.isEmpty && !chance(flow):
            lines.append(key + trailingComment())
            write(node, indentation: column + indentation, to: &lines)
        case .sequence(let elements) where !elements.isEmpty && !chance(flow):
            lines.append(key + trailingComment())
            write(node, indentation: column + listIndentation, to: &lines)
        case .scalar(let text, let style) where style != .plain && variesQuotes && Self.isBlockText(text) && chance(3):
            lines.append("\(key) \(Self.blockHeader(for: text, indentation: indentation))")
            let inner = String(repeating: " ", count: column + indentation)
            lines += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
                text.hasSuffix("\n") ? 1 : 0
            )
            .map { $0.isEmpty ? "" : inner + $0 }
        default:
            let value = inFlow(node)
            lines.append(value.isEmpty ? key : "\(key) \(value)\(trailingComment())")
        }
    }

    private mutating func trailingComment() -> String { chance(comments) ? "  # \(comment)" : "" }

    private mutating func comment(at column: Int, _ lines: inout [String]) {
        guard chance(comments) else { return }
        lines.append(random.oneIn(3) ? "" : String(repeating: " ", count: column) + "# \(comment)")
    }

    // MARK: Scalars

    private static func isBlockText(_ text: String) -> Bool {
        text.first.map { !" \t\n#".contains($0) } == true && !text.contains("\r") && !text.hasSuffix("\n\n")
            && !text.hasSuffix(" ") && text.unicodeScalars.allSatisfy(isPrintable)
    }

    private static func blockHeader(for text: String, indentation: Int) -> String { text.hasSuffix("\n") ? "|" : "|-" }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFDCF, 0xFDF0...0xFEFE, 0xFF00...0xFFFD: true
        case 0x10000...: scalar.value & 0xFFFE != 0xFFFE
        default: false
        }
    }

    private mutating func inFlow(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar: return scalar(node, inFlow: true)
        case .sequence(let elements):
            return inBrackets(elements.map { inFlow($0) }, "[", "]")
        case .mapping(let entries):
            return inBrackets(entries.map { "\(scalar($0.key, inFlow: true)): \(inFlow($0.value))" }, "{", "}")
        }
    }

    private mutating func inBrackets(_ members: [String], _ opening: String, _ closing: String) -> String {
        var text = opening
        for (index, member) in members.enumerated() {
            text += member
            if index + 1 < members.count {
                // The indentation is deep enough below any key.
                text +=
                    chance(brokenFlow) ? ",\(trailingComment())\(lineBreak)\(String(repeating: " ", count: 40))" : ", "
            } else if variesQuotes, random.oneIn(6) {
                text += " , "
            }
        }
        return text + closing
    }

    private mutating func scalar(_ node: YAMLNode, inFlow: Bool) -> String {
        guard case .scalar(let text, let style) = node.content else { return "" }
        // An unquoted text can be a number or boolean, which quotes would change.
        guard style != .plain else { return text }
        if variesQuotes, random.oneIn(3), !text.contains("\n"), text.unicodeScalars.allSatisfy(Self.isPrintable) {
            return "'\(text.replacing("'", with: "''"))'"
        }
        return Self.quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return quoted + "\""
    }
}
