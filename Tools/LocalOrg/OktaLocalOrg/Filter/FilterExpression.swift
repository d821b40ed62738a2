/// A SCIM filter, as `search` and `filter` have it.
indirect enum FilterExpression: Sendable {
    enum Comparison: String, Sendable {
        case equal = "eq"
        case notEqual = "ne"
        case greater = "gt"
        case greaterOrEqual = "ge"
        case less = "lt"
        case lessOrEqual = "le"
        case contains = "co"
        case startsWith = "sw"
        case endsWith = "ew"
    }

    /// What an attribute is compared with.
    enum Operand: Sendable {
        case text(String)
        case number(Double)
        case boolean(Bool)
        case null
    }

    case compare(FilterPath, Comparison, Operand)
    /// `pr`: the attribute has a value.
    case present(FilterPath)
    case not(FilterExpression)
    case and(FilterExpression, FilterExpression)
    case or(FilterExpression, FilterExpression)

    /// The attributes that it names, in order.
    var paths: [FilterPath] {
        switch self {
        case .compare(let path, _, _), .present(let path): [path]
        case .not(let inner): inner.paths
        case .and(let left, let right), .or(let left, let right): left.paths + right.paths
        }
    }
}

/// The path of an attribute, such as `profile.login`.
struct FilterPath: Sendable, Hashable {
    let text: String
    /// The name behind `profile.`; nil for other attributes.
    let attribute: String?

    init(_ text: String) {
        self.text = text
        attribute = text.hasPrefix("profile.") ? String(text.dropFirst(8)) : nil
    }
}

/// A filter that cannot be read, with what is wrong.
struct FilterError: Error, Sendable {
    let message: String
}

/// Reads a SCIM filter: `not` before `and` before `or`, parentheses first; operators in any letter case.
struct FilterParser {
    private enum Token: Equatable {
        case word(String)
        case text(String)
        case open, close
    }

    private var tokens: [Token] = []
    private var position = 0
    /// Nested deeper than this, a filter is refused instead of exhausting the stack.
    private var depth = 0

    static func parse(_ text: String) throws(FilterError) -> FilterExpression {
        var parser = FilterParser()
        try parser.read(text)
        guard !parser.tokens.isEmpty else { throw FilterError(message: "The filter is empty.") }
        let expression = try parser.disjunction()
        guard parser.position == parser.tokens.count else {
            throw FilterError(message: "There is text behind the end of the filter.")
        }
        return expression
    }

    private mutating func read(_ text: String) throws(FilterError) {
        var rest = text[...]
        while let character = rest.first {
            switch character {
            case " ", "\t", "\n", "\r": rest.removeFirst()
            case "(":
                tokens.append(.open)
                rest.removeFirst()
            case ")":
                tokens.append(.close)
                rest.removeFirst()
            case "\"":
                rest.removeFirst()
                var content = ""
                var isClosed = false
                while let next = rest.popFirst() {
                    if next == "\"" {
                        isClosed = true
                        break
                    }
                    if next == "\\", let escaped = rest.popFirst() {
                        content.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
                    } else {
                        content.append(next)
                    }
                }
                guard isClosed else { throw FilterError(message: "A text has no closing quote.") }
                tokens.append(.text(content))
            default:
                let word = rest.prefix { !" \t\n\r()\"".contains($0) }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
            }
        }
    }

    private mutating func disjunction() throws(FilterError) -> FilterExpression {
        var left = try conjunction()
        while takeWord("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(FilterError) -> FilterExpression {
        var left = try factor()
        while takeWord("and") { left = .and(left, try factor()) }
        return left
    }

    private mutating func factor() throws(FilterError) -> FilterExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw FilterError(message: "The filter is nested too deeply.") }
        guard position < tokens.count else { throw FilterError(message: "The filter ends too early.") }
        switch tokens[position] {
        case .open:
            position += 1
            let inner = try disjunction()
            guard position < tokens.count, tokens[position] == .close else {
                throw FilterError(message: "A parenthesis is not closed.")
            }
            position += 1
            return inner
        case .word(let word) where word.lowercased() == "not":
            position += 1
            return .not(try factor())
        case .word(let word):
            position += 1
            return try comparison(of: word)
        case .text, .close: throw FilterError(message: "An attribute is expected.")
        }
    }

    private mutating func comparison(of attribute: String) throws(FilterError) -> FilterExpression {
        guard position < tokens.count, case .word(let name) = tokens[position] else {
            throw FilterError(message: "An operator is expected behind '\(attribute)'.")
        }
        position += 1
        let path = FilterPath(attribute)
        if name.lowercased() == "pr" { return .present(path) }
        guard let comparison = FilterExpression.Comparison(rawValue: name.lowercased()) else {
            throw FilterError(message: "Unrecognized attribute operator '\(name)'.")
        }
        guard position < tokens.count else { throw FilterError(message: "A value is expected behind '\(name)'.") }
        defer { position += 1 }
        switch tokens[position] {
        case .text(let text): return .compare(path, comparison, .text(text))
        case .word("true"): return .compare(path, comparison, .boolean(true))
        case .word("false"): return .compare(path, comparison, .boolean(false))
        case .word("null"): return .compare(path, comparison, .null)
        case .word(let word):
            guard let number = Double(word) else {
                throw FilterError(message: "The value '\(word)' needs quotes.")
            }
            return .compare(path, comparison, .number(number))
        case .open, .close: throw FilterError(message: "A value is expected behind '\(name)'.")
        }
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard position < tokens.count, case .word(let found) = tokens[position], found.lowercased() == word
        else { return false }
        position += 1
        return true
    }
}
