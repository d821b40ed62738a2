/// Random documents from a seed, with unusual whitespace, all escapes, unusual numbers and repeated names.
struct RandomJSON {
    var random: SplitMix64
    /// Whether to create only documents that all JSON libraries read alike: no repeated names, no lone surrogates,
    /// short numbers.
    var isTame = false

    init(seed: Int, isTame: Bool = false) {
        random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        self.isTame = isTame
    }

    // MARK: Values

    mutating func container() -> ReferenceJSON {
        random.oneIn(2) ? array(depth: 4) : object(depth: 4)
    }

    mutating func value(depth: Int = 2) -> ReferenceJSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &random) {
        case 0: .null
        case 1: .boolean(random.oneIn(2))
        case 2: .number(number())
        case 3, 4: .string(string())
        case 5, 6: array(depth: depth)
        default: object(depth: depth)
        }
    }

    private mutating func array(depth: Int) -> ReferenceJSON {
        .array((0..<Int.random(in: 0...5, using: &random)).map { _ in value(depth: depth - 1) })
    }

    private mutating func object(depth: Int) -> ReferenceJSON {
        var members: [(key: String, value: ReferenceJSON)] = []
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let key = key()
            if isTame, members.contains(where: { $0.key == key }) { continue }
            members.append((key, value(depth: depth - 1)))
        }
        return .object(members)
    }

    mutating func key() -> String {
        random.pick(["a", "b", "id", "", "é", "name with spaces", "q\"", "line\nbreak", "_links", "😀"], or: "a")
    }

    mutating func number() -> String {
        var text = random.oneIn(3) ? "-" : ""
        let length = Int.random(in: 1...(isTame ? 6 : 25), using: &random)
        text += random.oneIn(4) ? "0" : "\(Int.random(in: 1...9, using: &random))" + digits(length - 1)
        if random.oneIn(3) { text += "." + digits(length) }
        if random.oneIn(4) {
            text += random.pick(["e", "E", "e+", "e-", "E-"], or: "e")
            text += "\(Int.random(in: 0...(isTame ? 9 : 400), using: &random))"
        }
        return text
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
    }

    mutating func string() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                let ascii = UInt8.random(in: (isTame ? 1 : 0)..<0x80, using: &random)
                text.unicodeScalars.append(Unicode.Scalar(ascii))
            case 1: text += random.pick(["é", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{301}"], or: "é")
            case 2: text += random.pick(["😀", "\u{10000}", "\u{10FFFF}"], or: "😀")
            case 3 where !isTame: text += "\u{FFFD}"
            default: text += random.pick(["plain", " ", "text of more than eight bytes", "0"], or: "plain")
            }
        }
        return text
    }

    // MARK: Spelling

    /// Returns the value as text, with random whitespace and escapes. Numbers keep their text unless they are
    /// respelled.
    mutating func spell(_ value: ReferenceJSON, numbersToo: Bool = false) -> String {
        space() + spellTight(value, numbersToo: numbersToo) + space()
    }

    private mutating func spellTight(_ value: ReferenceJSON, numbersToo: Bool) -> String {
        switch value {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .number(let text): return numbersToo ? respell(text) : text
        case .string(let text): return quote(text)
        case .array(let elements):
            if elements.isEmpty { return "[" + space() + "]" }
            return "[" + elements.map { spell($0, numbersToo: numbersToo) }.joined(separator: ",") + "]"
        case .object(let members):
            if members.isEmpty { return "{" + space() + "}" }
            let spelled = members.map {
                space() + quote($0.key) + space() + ":" + spell($0.value, numbersToo: numbersToo)
            }
            return "{" + spelled.joined(separator: ",") + "}"
        }
    }

    private mutating func space() -> String {
        random.pick(["", "", "", " ", "\n", "\r\n\t", "          ", "\t \t"], or: "")
    }

    /// Returns the same number with an additional zero.
    private mutating func respell(_ text: String) -> String {
        let mark = text.firstIndex { $0 == "e" || $0 == "E" } ?? text.endIndex
        let mantissa = String(text[..<mark]) + (text.contains(".") ? "0" : ".0")
        return mantissa + (mark == text.endIndex ? random.pick(["", "e0", "E-00"], or: "") : text[mark...])
    }

    private mutating func quote(_ text: String) -> String {
        "\"" + text.unicodeScalars.map { spell($0) }.joined() + "\""
    }

    private mutating func spell(_ scalar: Unicode.Scalar) -> String {
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "/": "\\/", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r",
            "\t": "\\t",
        ]
        // An escaped low surrogate on its own reads as U+FFFD too.
        if scalar == "\u{FFFD}", random.oneIn(2) { return random.pick(["\\udc00", "\\uDFFF"], or: "") }
        if let escape = short[scalar], random.oneIn(2) { return escape }
        let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        return mustEscape || random.oneIn(6) ? hexEscape(scalar) : String(scalar)
    }

    private mutating func hexEscape(_ scalar: Unicode.Scalar) -> String {
        let isUpper = random.oneIn(2)
        return UTF16.encode(scalar).map { units in
            units.map { unit in
                let digits = String(unit, radix: 16, uppercase: isUpper)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        } ?? ""
    }
}
