/// A parser for SCIM filters. `not` binds closer than `and`, and `and` than `or`; operators are case-insensitive.
struct FilterParser {
    private enum Token: Equatable {
        case word(String)
        case text(String)
        case open, close
    }

    private var tokens: [Token] = []
    private var position = 0
    /// The nesting depth, which is limited to protect the stack.
    private var depth = 0

    static func parse(_ text: String) throws(FilterError) -> FilterExpression {
        var parser = FilterParser()
        try parser.read(text)
        guard !parser.tokens.isEmpty else { throw FilterError(message: "The filter is empty.") }
        let expression = try parser.disjunction()
        guard parser.position == parser.tokens.count else {
            throw FilterError(message: "There is text after the end of the filter.")
        }
        return expression
    }

    private mutating func read(_ text: String) throws(FilterError) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            switch scalar {
            case " ", "\t", "\n", "\r": rest.removeFirst()
            case "(":
                tokens.append(.open)
                rest.removeFirst()
            case ")":
                tokens.append(.close)
                rest.removeFirst()
            case "\"":
                rest.removeFirst()
                tokens.append(.text(try Self.quoted(&rest)))
            default:
                let word = rest.prefix { !" \t\n\r()\"".unicodeScalars.contains($0) }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
            }
        }
    }

    /// Consumes a text up to the closing quote, with JSON escapes.
    private static func quoted(_ rest: inout Substring.UnicodeScalarView) throws(FilterError) -> String {
        var content = String.UnicodeScalarView()
        while let next = rest.popFirst() {
            if next == "\"" { return String(content) }
            guard next == "\\" else {
                content.append(next)
                continue
            }
            guard let escaped = rest.popFirst() else { break }
            switch escaped {
            case "n": content.append("\n")
            case "t": content.append("\t")
            case "r": content.append("\r")
            case "u":
                let digits = rest.prefix(4)
                guard digits.count == 4, let code = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(code)
                else { throw FilterError(message: "'\\u' in a text needs four hexadecimal digits.") }
                content.append(scalar)
                rest = rest.dropFirst(4)
            default: content.append(escaped)
            }
        }
        throw FilterError(message: "A text has no closing quote.")
    }

    private mutating func disjunction() throws(FilterError) -> FilterExpression {
        let first = try conjunction()
        var terms = [first]
        while takeWord("or") { terms.append(try conjunction()) }
        return terms.balanced(FilterExpression.or) ?? first
    }

    private mutating func conjunction() throws(FilterError) -> FilterExpression {
        let first = try factor()
        var terms = [first]
        while takeWord("and") { terms.append(try factor()) }
        return terms.balanced(FilterExpression.and) ?? first
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
        guard Self.isName(attribute) else {
            throw FilterError(message: "'\(attribute)' is not the name of an attribute.")
        }
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

    /// Returns whether a text is a name: letters, digits and `_-$:` in parts separated by dots. Brackets are not
    /// supported.
    private static func isName(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.unicodeScalars.first, !("0"..."9").contains(first), first != "-" else {
                return false
            }
            return part.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || "0123456789_-$:".unicodeScalars.contains($0)
            }
        }
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard position < tokens.count, case .word(let found) = tokens[position], found.lowercased() == word
        else { return false }
        position += 1
        return true
    }
}
