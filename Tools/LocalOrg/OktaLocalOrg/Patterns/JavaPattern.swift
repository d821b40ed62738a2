internal import OktaPatterns

/// A regular expression in the syntax that Java and most other languages share, as in claims, group rules and
/// attributes. It matches whole texts.
struct JavaPattern: Sendable {
    private static let maximumSteps = 1_000
    private static let maximumWork = 1_000_000

    private let pattern: Pattern

    /// Compiles a pattern; nil if it is invalid, too long or not supported.
    init?(_ text: String) {
        var parser = JavaPatternParser(text)
        guard let node = parser.parse(), let pattern = Pattern(node, maximumSteps: Self.maximumSteps) else {
            return nil
        }
        self.pattern = pattern
    }

    /// Returns whether the whole text matches. A text that is too long for the pattern does not.
    func matches(_ text: String) -> Bool { pattern.matches(text, maximumWork: Self.maximumWork) }
}

/// A parser for Java's syntax, without backreferences, lookaround, possessive quantifiers and nested sets.
private struct JavaPatternParser {
    private static let deepest = 50
    private static let maximumRepetitions = 1_000

    private var rest: Substring.UnicodeScalarView
    private var depth = 0
    private var ignoresCase = false

    init(_ text: String) { rest = text[...].unicodeScalars }

    /// Parses the pattern; nil if it is invalid or not supported.
    mutating func parse() -> PatternNode? {
        if take("(?i)") { ignoresCase = true }
        guard let node = choice(), rest.isEmpty else { return nil }
        return node
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }

    private func scalar(_ set: ScalarSet) -> PatternNode { .scalar(ignoresCase ? .folded(set) : set) }

    private mutating func choice() -> PatternNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { return nil }
        var branches: [PatternNode] = []
        repeat {
            var parts: [PatternNode] = []
            while let next = rest.first, next != "|", next != ")" {
                guard let part = repeated() else { return nil }
                parts.append(part)
            }
            branches.append(.sequence(parts))
        } while take("|")
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func repeated() -> PatternNode? {
        guard var node = atom() else { return nil }
        while let (least, most) = quantifier() {
            guard least <= Self.maximumRepetitions, most ?? 0 <= Self.maximumRepetitions,
                most.map({ $0 >= least }) ?? true
            else { return nil }
            node = .repetition(node, least: least, most: most)
            // Lazy and greedy quantifiers are equivalent for whole texts. Possessive ones are not, so they are not
            // supported.
            if take("?") { continue }
            if rest.first == "+" { return nil }
        }
        return node
    }

    private mutating func quantifier() -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard rest.first == "{", let close = rest.firstIndex(of: "}") else { return nil }
        let inner = String(rest[rest.index(after: rest.startIndex)..<close])
        let parts = inner.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        guard let least = Int(parts[0]), least >= 0 else { return nil }
        rest = rest[rest.index(after: close)...]
        guard parts.count == 2 else { return (least, least) }
        return (least, parts[1].isEmpty ? nil : Int(parts[1]) ?? -1)
    }

    private mutating func atom() -> PatternNode? {
        guard let first = rest.popFirst() else { return nil }
        switch first {
        case ".": return scalar(.any)
        case "^": return .start
        case "$": return .end
        case "[": return set().map { scalar($0) }
        case "\\": return escape()
        case "*", "+", "?", "{": return nil
        case "(":
            if rest.first == "?", !take("?:") {
                // A named group is an ordinary group here. Other groups with `(?` are not supported.
                guard !rest.starts(with: "?<=".unicodeScalars), !rest.starts(with: "?<!".unicodeScalars), take("?<"),
                    let close = rest.firstIndex(of: ">")
                else { return nil }
                rest = rest[rest.index(after: close)...]
            }
            guard let inner = choice(), take(")") else { return nil }
            return inner
        default: return scalar(.one(first))
        }
    }

    private mutating func escape() -> PatternNode? {
        if take("b") { return .boundary(true) }
        if take("B") { return .boundary(false) }
        if take("A") { return .start }
        if take("z") || take("Z") { return .end }
        if take("Q") {
            var parts: [PatternNode] = []
            while !rest.isEmpty, !take("\\E") {
                if let next = rest.popFirst() { parts.append(scalar(.one(next))) }
            }
            return .sequence(parts)
        }
        return escaped().map { scalar($0) }
    }

    /// Parses an escape sequence after its backslash.
    private mutating func escaped() -> ScalarSet? {
        guard let letter = rest.popFirst() else { return nil }
        switch letter {
        case "d": return .digit
        case "D": return .not(.digit)
        case "w": return .word
        case "W": return .not(.word)
        case "s": return .space
        case "S": return .not(.space)
        case "t": return .one("\t")
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "f": return .one("\u{C}")
        case "x": return code(digits: 2)
        case "u": return code(digits: 4)
        case "p", "P":
            var name = ""
            if take("{") {
                guard let close = rest.firstIndex(of: "}") else { return nil }
                name = String(rest[..<close])
                rest = rest[rest.index(after: close)...]
            } else if let only = rest.popFirst() {
                name = String(Character(only))
            }
            guard let set = Self.set(named: name) else { return nil }
            return letter == "p" ? set : .not(set)
        default:
            // Other letters and digits have a meaning that is not supported, such as backreferences.
            guard !ScalarSet.word.contains(letter) else { return nil }
            return .one(letter)
        }
    }

    /// Returns the set with a name, such as `\p{L}`.
    private static func set(named name: String) -> ScalarSet? {
        switch name {
        case "L", "Alpha", "IsAlphabetic", "Alphabetic": .property(.letter)
        case "Ll", "Lower", "IsLowercase": .property(.lowercase)
        case "Lu", "Upper", "IsUppercase": .property(.uppercase)
        case "N", "Nd", "IsDigit": .property(.number)
        case "Digit": .digit
        case "Alnum": .property(.alphanumeric)
        case "P", "Punct", "IsPunctuation": .property(.punctuation)
        case "Z", "Zs", "Space", "IsWhite_Space": .property(.whitespace)
        case "ASCII": .range("\0", "\u{7F}")
        default: nil
        }
    }

    private mutating func code(digits: Int) -> ScalarSet? {
        let text = String(rest.prefix(digits))
        guard text.unicodeScalars.count == digits, let value = UInt32(text, radix: 16),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        rest = rest.dropFirst(digits)
        return .one(scalar)
    }

    /// Parses a bracket expression.
    private mutating func set() -> ScalarSet? {
        let isNegated = take("^")
        var sets: [ScalarSet] = []
        var isFirst = true
        while let next = rest.popFirst() {
            if next == "]", !isFirst { return isNegated ? .not(.union(sets)) : .union(sets) }
            isFirst = false
            // Only Java has nested sets.
            if next == "[" || next == "&" && rest.first == "&" { return nil }
            guard let first = next == "\\" ? escaped() : .one(next) else { return nil }
            guard case .range(let low, let same) = first, low == same, rest.first == "-",
                let second = rest.dropFirst().first, second != "]"
            else {
                sets.append(first)
                continue
            }
            rest = rest.dropFirst()
            rest = rest.dropFirst()
            guard let last = second == "\\" ? escaped() : .one(second), case .range(let high, let alone) = last,
                high == alone, low <= high
            else { return nil }
            sets.append(.range(low, high))
        }
        return nil
    }
}
