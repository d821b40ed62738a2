internal import OktaRuntime

/// A parser for JSONPath queries (RFC 9535). An extension parses filters.
struct JSONPathParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    /// The nesting depth of conditions and queries, which is limited to protect the stack.
    var depth = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// Parses the whole text as a query.
    mutating func whole() throws(CommandFailure) -> PathQuery {
        guard take("$") else { throw fault("a JSONPath begins with '$'") }
        let segments = try self.segments()
        guard position == scalars.count else { throw fault("this is not understood") }
        return PathQuery(isAbsolute: true, segments: segments)
    }

    // MARK: Segments

    mutating func segments() throws(CommandFailure) -> [PathSegment] {
        var segments: [PathSegment] = []
        while true {
            let before = position
            skipBlanks()
            if take("..") {
                segments.append(PathSegment(isDescendant: true, selectors: try afterDots()))
            } else if take(".") {
                segments.append(PathSegment(isDescendant: false, selectors: [try shorthand()]))
            } else if peek == "[" {
                segments.append(PathSegment(isDescendant: false, selectors: try bracket()))
            } else {
                position = before
                return segments
            }
        }
    }

    private mutating func afterDots() throws(CommandFailure) -> [PathSelector] {
        peek == "[" ? try bracket() : [try shorthand()]
    }

    private mutating func shorthand() throws(CommandFailure) -> PathSelector {
        if take("*") { return .wildcard }
        guard let first = peek, Self.isNameStart(first) else { throw fault("a name or '*' is expected") }
        var name = String.UnicodeScalarView()
        while let scalar = peek, Self.isNameStart(scalar) || Self.isDigit(scalar) {
            name.append(scalar)
            position += 1
        }
        return .name(String(name))
    }

    private mutating func bracket() throws(CommandFailure) -> [PathSelector] {
        _ = take("[")
        var selectors: [PathSelector] = []
        repeat {
            skipBlanks()
            selectors.append(try selector())
            skipBlanks()
        } while take(",")
        guard take("]") else { throw fault("',' or ']' is expected") }
        return selectors
    }

    private mutating func selector() throws(CommandFailure) -> PathSelector {
        switch peek {
        case "'", "\"": return .name(try text())
        case "*":
            position += 1
            return .wildcard
        case "?":
            position += 1
            skipBlanks()
            return .filter(try condition())
        default: return try indexOrSlice()
        }
    }

    private mutating func indexOrSlice() throws(CommandFailure) -> PathSelector {
        let start = try integer()
        let afterStart = position
        skipBlanks()
        guard take(":") else {
            position = afterStart
            guard let start else { throw fault("a name in quotes, a position, '*', ':' or '?' is expected") }
            return .index(start)
        }
        skipBlanks()
        let end = try integer()
        let afterEnd = position
        skipBlanks()
        guard take(":") else {
            position = afterEnd
            return .slice(start: start, end: end, step: 1)
        }
        let afterColon = position
        skipBlanks()
        let step = try integer()
        if step == nil { position = afterColon }
        return .slice(start: start, end: end, step: step ?? 1)
    }

    /// Parses an integer, if there is one: without leading zeros, and in the range that is exact in every JSON
    /// implementation.
    private mutating func integer() throws(CommandFailure) -> Int? {
        let start = position
        let isNegative = take("-")
        let digits = self.digits()
        guard !digits.isEmpty else {
            if isNegative { throw fault("digits are expected") }
            return nil
        }
        guard digits == "0" && !isNegative || !digits.hasPrefix("0") else {
            position = start
            throw fault("a number has no leading zeros, and zero has no sign")
        }
        guard let value = Int(digits), value <= 9_007_199_254_740_991 else {
            position = start
            throw fault("the number is too large")
        }
        return isNegative ? -value : value
    }

    mutating func digits() -> String {
        var text = ""
        while let scalar = peek, Self.isDigit(scalar) {
            text.unicodeScalars.append(scalar)
            position += 1
        }
        return text
    }

    // MARK: Texts

    /// Parses a string literal in single or double quotes.
    mutating func text() throws(CommandFailure) -> String {
        guard let quote = peek, quote == "'" || quote == "\"" else { throw fault("a quote is expected") }
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            position += 1
            if scalar == quote { return String(text) }
            if scalar.value < 0x20 { throw fault("a control character must be escaped", at: position - 1) }
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            text.append(try escape(quote))
        }
        throw fault("the closing quote is missing")
    }

    private mutating func escape(_ quote: Unicode.Scalar) throws(CommandFailure) -> Unicode.Scalar {
        guard let scalar = peek else { throw fault("the closing quote is missing") }
        position += 1
        switch scalar {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/", "\\", quote: return scalar
        case "u":
            let first = try codeUnit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            guard first < 0xDC00, take("\\u") else { throw fault("half of a surrogate pair") }
            let second = try codeUnit()
            guard (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw fault("half of a surrogate pair") }
            return scalar
        default: throw fault("there is no such escape", at: position - 1)
        }
    }

    private mutating func codeUnit() throws(CommandFailure) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = peek, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw fault("four hexadecimal digits are expected")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    // MARK: Scalars

    var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// Consumes a text if it comes next.
    mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    mutating func skipBlanks() {
        while let scalar = peek, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { position += 1 }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
    }

    func fault(_ problem: String, at place: Int? = nil) -> CommandFailure {
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: scalars)
        return .usage(
            "the JSONPath '\(String(shown))' is wrong at character \((place ?? position) + 1): \(problem)",
            advice: "RFC 9535 has .name, ['name'], [0], [1:3], .*, ..name, and filters such as [?@.type==\"push\"].")
    }
}
