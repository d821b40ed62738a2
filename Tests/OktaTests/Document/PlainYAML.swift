/// A second YAML reader, independent of the generator's, for the subset of block style in Okta's documents.
///
/// It supports mappings, lists, scalars in all styles, and flow style, but no anchors, tags or multiple documents.
enum PlainYAML {
    indirect enum Node {
        case mapping([(key: String, value: Node)], positions: [String: Int])
        case list([Node])
        case scalar(String)

        init(_ members: [(key: String, value: Node)]) {
            let positions = members.enumerated().map { ($1.key, $0) }
            self = .mapping(members, positions: Dictionary(positions, uniquingKeysWith: { first, _ in first }))
        }

        subscript(key: String) -> Node? {
            guard case .mapping(let members, let positions) = self else { return nil }
            return positions[key].map { members[$0].value }
        }

        var members: [(key: String, value: Node)] { if case .mapping(let members, _) = self { members } else { [] } }
        var elements: [Node] { if case .list(let elements) = self { elements } else { [] } }
        var text: String? { if case .scalar(let text) = self { text } else { nil } }
    }

    static func read(_ text: String) -> Node {
        var reader = BlockReader(text)
        return reader.node(indentedBy: 0) ?? .scalar("")
    }
}

/// Reads nodes line by line; a dash of a list is replaced by a space, so that its element has separate lines.
private struct BlockReader {
    private var lines: [(indent: Int, text: Substring)]
    private var position = 0

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let rest = line.drop { $0 == " " }
            return (line.utf8.count - rest.utf8.count, rest)
        }
    }

    /// Returns the next line with content.
    private mutating func peek() -> (indent: Int, text: Substring)? {
        while position < lines.count, lines[position].text.isEmpty || lines[position].text.hasPrefix("#") {
            position += 1
        }
        return position < lines.count ? lines[position] : nil
    }

    mutating func node(indentedBy least: Int) -> PlainYAML.Node? {
        guard let line = peek(), line.indent >= least else { return nil }
        if isElement(line.text) { return list(at: line.indent) }
        if key(of: line.text) != nil { return mapping(at: line.indent) }
        position += 1
        return value(line.text, under: line.indent - 1)
    }

    private func isElement(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

    private mutating func list(at indent: Int) -> PlainYAML.Node {
        var elements: [PlainYAML.Node] = []
        while let line = peek(), line.indent == indent, isElement(line.text) {
            let rest = line.text.dropFirst().drop { $0 == " " }
            if rest.isEmpty {
                position += 1
                elements.append(node(indentedBy: indent + 1) ?? .scalar(""))
            } else {
                lines[position] = (indent + line.text.utf8.count - rest.utf8.count, rest)
                elements.append(node(indentedBy: indent + 1) ?? .scalar(""))
            }
        }
        return .list(elements)
    }

    private mutating func mapping(at indent: Int) -> PlainYAML.Node {
        var members: [(key: String, value: PlainYAML.Node)] = []
        while let line = peek(), line.indent == indent, let (name, rest) = key(of: line.text) {
            position += 1
            if !rest.isEmpty {
                members.append((name, value(rest, under: indent)))
            } else if let next = peek(), next.indent > indent || (next.indent == indent && isElement(next.text)) {
                members.append((name, node(indentedBy: indent) ?? .scalar("")))
            } else {
                members.append((name, .scalar("")))
            }
        }
        return PlainYAML.Node(members)
    }

    /// Returns the key at the beginning of a line, and the text after the colon.
    private func key(of text: Substring) -> (name: String, rest: Substring)? {
        var end = text.startIndex
        var name = ""
        if let quote = text.first, quote == "\"" || quote == "'" {
            guard let close = text.dropFirst().firstIndex(of: quote) else { return nil }
            name = String(text[text.index(after: text.startIndex)..<close])
            end = text.index(after: close)
        } else {
            guard !text.hasPrefix("["), !text.hasPrefix("{"),
                let colon = text.firstRange(of: ": ")?.lowerBound ?? lastColon(text)
            else { return nil }
            name = String(text[..<colon])
            end = colon
        }
        guard text[end...].first == ":" else { return nil }
        let rest = text[end...].dropFirst()
        guard rest.isEmpty || rest.first == " " else { return nil }
        return (name, rest.drop { $0 == " " })
    }

    private func lastColon(_ text: Substring) -> String.Index? {
        text.last == ":" ? text.index(before: text.endIndex) : nil
    }

    /// Reads a value that begins on the line of its key or dash and may continue below.
    private mutating func value(_ start: Substring, under indent: Int) -> PlainYAML.Node {
        switch start.first {
        case "|", ">":
            var parts: [Substring] = []
            while position < lines.count, lines[position].text.isEmpty || lines[position].indent > indent {
                parts.append(lines[position].text)
                position += 1
            }
            return .scalar(parts.joined(separator: "\n"))
        case "'", "\"":
            return .scalar(FlowReader.unquoted(whole(start) { FlowReader.isClosedQuote($0) }))
        case "[", "{":
            var reader = FlowReader(whole(start) { FlowReader.isBalanced($0) })
            return reader.node()
        default:
            var text = String(start)
            while position < lines.count, !lines[position].text.isEmpty, lines[position].indent > indent {
                text += " \(lines[position].text)"
                position += 1
            }
            if let comment = text.firstRange(of: " #") { text = String(text[..<comment.lowerBound]) }
            return .scalar(text)
        }
    }

    /// Returns the text up to the line that completes it.
    private mutating func whole(_ start: Substring, _ isWhole: (String) -> Bool) -> String {
        var text = String(start)
        while !isWhole(text), position < lines.count {
            text += " \(lines[position].text)"
            position += 1
        }
        return text
    }
}

/// Reads `[a, {b: c}]`.
private struct FlowReader {
    private var rest: Substring
    private let text: String

    init(_ text: String) {
        self.text = text
        rest = self.text[...]
    }

    static func isClosedQuote(_ text: String) -> Bool {
        guard let quote = text.first else { return true }
        var body = text.dropFirst().replacing("''", with: "")
        if quote == "\"" { body = body.replacing("\\\\", with: "").replacing("\\\"", with: "") }
        return body.contains(quote)
    }

    static func isBalanced(_ text: String) -> Bool {
        var depth = 0
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if "[{".contains(character) {
                depth += 1
            } else if "]}".contains(character) {
                depth -= 1
            }
        }
        return depth <= 0
    }

    static func unquoted(_ text: String) -> String {
        guard let quote = text.first, quote == "'" || quote == "\"", let end = text.dropFirst().lastIndex(of: quote)
        else {
            return text
        }
        let body = text[text.index(after: text.startIndex)..<end]
        return String(quote == "'" ? body.replacing("''", with: "'") : body.replacing("\\\"", with: "\""))
    }

    mutating func node() -> PlainYAML.Node {
        skipSpace()
        switch rest.first {
        case "[":
            var elements: [PlainYAML.Node] = []
            while let mark = next(), mark != "]" { if mark == "," || mark == "[" { appendElement(to: &elements) } }
            return .list(elements)
        case "{":
            var members: [(key: String, value: PlainYAML.Node)] = []
            while let mark = next(), mark != "}" { if mark == "," || mark == "{" { appendMember(to: &members) } }
            return PlainYAML.Node(members)
        default: return .scalar(scalar(until: ",]}"))
        }
    }

    private mutating func appendElement(to elements: inout [PlainYAML.Node]) {
        skipSpace()
        if rest.first != "]" { elements.append(node()) }
    }

    private mutating func appendMember(to members: inout [(key: String, value: PlainYAML.Node)]) {
        skipSpace()
        guard rest.first != "}" else { return }
        let name = scalar(until: ":,}")
        if rest.first == ":" { rest.removeFirst() }
        members.append((name, node()))
    }

    /// Returns the next structural character.
    private mutating func next() -> Character? {
        skipSpace()
        return rest.popFirst()
    }

    private mutating func skipSpace() { rest = rest.drop { $0 == " " } }

    private mutating func scalar(until ends: String) -> String {
        if let quote = rest.first, quote == "'" || quote == "\"" {
            let body = rest.dropFirst().prefix { $0 != quote }
            rest = rest.dropFirst(body.count + 2)
            return String(body)
        }
        let body = rest.prefix { !ends.contains($0) }
        rest = rest.dropFirst(body.count)
        return String(body.reversed().drop { $0 == " " }.reversed())
    }
}
