/// An error in an expression: invalid syntax, or syntax that group rules do not support.
struct ExpressionError: Error, Sendable {
    let message: String
}

/// A parser for expressions: `user.` attributes, texts, numbers, comparisons, AND, OR, NOT, `+`, conditionals and the
/// functions of `ExpressionFunction`.
struct ExpressionParser {
    private enum Token: Equatable {
        case word(String)
        case text(String)
        case sign(String)
    }

    private var tokens: [Token] = []
    private var position = 0
    private var depth = 0

    static func parse(_ text: String) throws(ExpressionError) -> Expression {
        var parser = ExpressionParser()
        try parser.read(text)
        let expression = try parser.choice()
        guard parser.position == parser.tokens.count else {
            throw ExpressionError(message: "there is text after the end of the expression")
        }
        return expression
    }

    private static let signs = [
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", ",", "{", "}", "?", ":", "+",
    ]

    private mutating func read(_ text: String) throws(ExpressionError) {
        var rest = text[...]
        while let character = rest.first {
            if character.isWhitespace {
                rest.removeFirst()
            } else if character == "\"" || character == "'" {
                rest.removeFirst()
                var content = ""
                var isClosed = false
                while let next = rest.popFirst() {
                    if next == character {
                        isClosed = true
                        break
                    }
                    if next == "\\", let escaped = rest.popFirst() {
                        content.append(escaped)
                    } else {
                        content.append(next)
                    }
                }
                guard isClosed else { throw ExpressionError(message: "a text has no closing quote") }
                tokens.append(.text(content))
            } else if let sign = Self.signs.first(where: { rest.hasPrefix($0) }) {
                tokens.append(.sign(sign))
                rest = rest.dropFirst(sign.count)
            } else {
                let word = rest.prefix { $0.isLetter || $0.isNumber || "._-$".contains($0) }
                guard !word.isEmpty else { throw ExpressionError(message: "unexpected '\(character)'") }
                rest = rest.dropFirst(word.count)
                // There may be spaces around the dot of an attribute.
                if case .word(let start)? = tokens.last, start.hasSuffix(".") || word.hasPrefix(".") {
                    tokens[tokens.count - 1] = .word(start + word)
                } else {
                    tokens.append(.word(String(word)))
                }
            }
        }
    }

    private mutating func choice() throws(ExpressionError) -> Expression {
        let condition = try disjunction()
        guard take(sign: "?") else { return condition }
        // `a ?: b` is `a`, or `b` if `a` is null.
        if take(sign: ":") { return .choice(.binary(.notEqual, condition, .literal(.null)), condition, try choice()) }
        let value = try choice()
        guard take(sign: ":") else { throw ExpressionError(message: "a choice has no ':'") }
        return .choice(condition, value, try choice())
    }

    private mutating func disjunction() throws(ExpressionError) -> Expression {
        let first = try conjunction()
        var terms = [first]
        while take(word: "or") || take(sign: "||") { terms.append(try conjunction()) }
        return terms.balanced { .binary(.or, $0, $1) } ?? first
    }

    private mutating func conjunction() throws(ExpressionError) -> Expression {
        let first = try negation()
        var terms = [first]
        while take(word: "and") || take(sign: "&&") { terms.append(try negation()) }
        return terms.balanced { .binary(.and, $0, $1) } ?? first
    }

    /// `NOT a == b` negates the comparison, while `!a == b` negates `a`.
    private mutating func negation() throws(ExpressionError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw ExpressionError(message: "it is nested too deeply") }
        return take(word: "not") ? .not(try negation()) : try comparison()
    }

    private mutating func comparison() throws(ExpressionError) -> Expression {
        let left = try sum()
        guard position < tokens.count else { return left }
        let sign: String
        switch tokens[position] {
        case .sign(let text): sign = text
        case .word(let text):
            sign = ["eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="][text.lowercased()] ?? ""
        case .text: sign = ""
        }
        guard let comparison = Expression.Operator(rawValue: sign) else { return left }
        position += 1
        return .binary(comparison, left, try sum())
    }

    private mutating func sum() throws(ExpressionError) -> Expression {
        var left = try operand()
        while take(sign: "+") { left = .sum(left, try operand()) }
        return left
    }

    private mutating func operand() throws(ExpressionError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw ExpressionError(message: "it is nested too deeply") }
        guard position < tokens.count else { throw ExpressionError(message: "it ends too early") }
        let token = tokens[position]
        position += 1
        switch token {
        case .text(let text): return .literal(.text(text))
        case .sign("("):
            let inner = try choice()
            guard take(sign: ")") else { throw ExpressionError(message: "a parenthesis is not closed") }
            return inner
        case .sign("!"): return .not(try operand())
        case .sign("{"): return .literal(.list(try literals()))
        case .sign(let sign): throw ExpressionError(message: "unexpected '\(sign)'")
        case .word(let word): return try named(word)
        }
    }

    private mutating func named(_ word: String) throws(ExpressionError) -> Expression {
        switch word.lowercased() {
        case "true": return .literal(.boolean(true))
        case "false": return .literal(.boolean(false))
        case "null": return .literal(.null)
        default: break
        }
        if let number = Double(word) { return .literal(.number(number)) }
        if take(sign: "(") {
            let arguments = try arguments()
            // `user.isMemberOf…` is another spelling of the group functions.
            let name = word.hasPrefix("user.") ? String(word.dropFirst(5)) : word
            guard let function = ExpressionFunction.all[name] else { throw ExpressionError(message: word) }
            guard function.arity.contains(arguments.count) else {
                throw ExpressionError(message: "\(word) with \(arguments.count) arguments")
            }
            // The attribute of a user who is found in a directory: `findDirectoryUser().managerUpn`.
            if name.hasPrefix("find"), case .word(let attribute)? = tokens.dropFirst(position).first {
                guard attribute.hasPrefix("."), attribute.count > 1 else { return .call(name, arguments) }
                position += 1
            }
            return .call(name, arguments)
        }
        if word.hasPrefix("user.profile.") { return .attribute(String(word.dropFirst(13))) }
        if word.hasPrefix("user."), word.count > 5 { return .attribute(String(word.dropFirst(5))) }
        throw ExpressionError(message: word)
    }

    private mutating func arguments() throws(ExpressionError) -> [Expression] {
        var arguments: [Expression] = []
        if take(sign: ")") { return arguments }
        repeat { arguments.append(try choice()) } while take(sign: ",")
        guard take(sign: ")") else { throw ExpressionError(message: "the arguments are not closed") }
        return arguments
    }

    private mutating func literals() throws(ExpressionError) -> [ExpressionValue] {
        var values: [ExpressionValue] = []
        if take(sign: "}") { return values }
        repeat {
            guard case .literal(let value) = try operand() else {
                throw ExpressionError(message: "a list holds literals only")
            }
            values.append(value)
        } while take(sign: ",")
        guard take(sign: "}") else { throw ExpressionError(message: "a list is not closed") }
        return values
    }

    private mutating func take(word: String) -> Bool {
        guard position < tokens.count, case .word(let found) = tokens[position], found.lowercased() == word
        else { return false }
        position += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard position < tokens.count, tokens[position] == .sign(sign) else { return false }
        position += 1
        return true
    }
}
