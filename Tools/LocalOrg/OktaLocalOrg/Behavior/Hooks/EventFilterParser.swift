import OktaRuntime

/// A parser for the filters of event hooks.
struct EventFilterParser {
    private enum Token: Equatable {
        case word(String)
        case text(String)
        case number(Double)
        case sign(String)
    }

    private static let deepest = 50
    private static let signs = [
        "?.", ".?[", ".^[", ".$[", ".![", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",",
        ".",
    ]
    private static let words = [
        "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "and": "&&", "or": "||", "not": "!",
    ]

    private var tokens: [Token] = []
    private var position = 0
    private var depth = 0
    /// Whether bare names refer to the current element of a list.
    private var isInList = false

    /// Returns the parsed filter; nil if it is invalid or uses syntax that a local org does not support.
    static func parse(_ text: String) -> EventFilter? {
        var parser = EventFilterParser()
        guard parser.read(text), let filter = parser.disjunction(), parser.position == parser.tokens.count else {
            return nil
        }
        return filter
    }

    private mutating func read(_ text: String) -> Bool {
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "'" || first == "\"" {
                guard let content = Self.quoted(&rest) else { return false }
                tokens.append(.text(content))
            } else if let sign = Self.signs.first(where: { rest.hasPrefix($0) }) {
                tokens.append(.sign(sign == "?." ? "." : sign))
                rest = rest.dropFirst(sign.count)
            } else {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "#" || $0 == "-" }
                guard !word.isEmpty else { return false }
                rest = rest.dropFirst(word.count)
                if let sign = Self.words[word.lowercased()] {
                    tokens.append(.sign(sign))
                } else {
                    tokens.append(Double(word).map { .number($0) } ?? .word(String(word)))
                }
            }
        }
        return true
    }

    /// Consumes a quoted text. A quote inside is doubled.
    private static func quoted(_ rest: inout Substring) -> String? {
        let quote = rest.removeFirst()
        var content = ""
        while let next = rest.popFirst() {
            guard next == quote else {
                content.append(next)
                continue
            }
            guard rest.first == quote else { return content }
            content.append(rest.removeFirst())
        }
        return nil
    }

    private mutating func take(_ sign: String) -> Bool {
        guard position < tokens.count, tokens[position] == .sign(sign) else { return false }
        position += 1
        return true
    }

    private mutating func disjunction() -> EventFilter? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest, var left = conjunction() else { return nil }
        while take("||") {
            guard let right = conjunction() else { return nil }
            left = .or(left, right)
        }
        return left
    }

    private mutating func conjunction() -> EventFilter? {
        guard var left = comparison() else { return nil }
        while take("&&") {
            guard let right = comparison() else { return nil }
            left = .and(left, right)
        }
        return left
    }

    private mutating func comparison() -> EventFilter? {
        guard let left = operand() else { return nil }
        guard position < tokens.count else { return left }
        let found: EventFilter.Comparison? =
            switch tokens[position] {
            case .sign(let text), .word(let text): EventFilter.Comparison(rawValue: text)
            default: nil
            }
        guard let found else { return left }
        position += 1
        return operand().map { .comparison(found, left, $0) }
    }

    private mutating func operand() -> EventFilter? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { return nil }
        if take("!") { return operand().map { .not($0) } }
        return start().flatMap { followed($0) }
    }

    private mutating func start() -> EventFilter? {
        guard position < tokens.count else { return nil }
        let token = tokens[position]
        position += 1
        switch token {
        case .text(let text): return .literal(JSON(text))
        case .number(let number): return .literal(Int(exactly: number).map { JSON($0) } ?? JSON(number))
        case .sign("("):
            guard let inner = disjunction(), take(")") else { return nil }
            return inner
        case .sign: return nil
        case .word("true"): return .literal(true)
        case .word("false"): return .literal(false)
        case .word("null"): return .literal(.null)
        case .word("#this"): return .this
        case .word("event"), .word("#root"): return .event
        // A bare name is a member of the current list element.
        case .word(let name): return isInList ? .step(.this, .member(name)) : nil
        }
    }

    private mutating func followed(_ start: EventFilter) -> EventFilter? {
        var value = start
        while position < tokens.count {
            if take(".") {
                guard let step = memberOrCall() else { return nil }
                value = .step(value, step)
            } else if take(".?[") {
                guard let inner = inner() else { return nil }
                value = .step(value, .selection(inner))
            } else if take(".^[") {
                guard let inner = inner() else { return nil }
                value = .step(value, .first(inner))
            } else if take(".$[") {
                guard let inner = inner() else { return nil }
                value = .step(value, .last(inner))
            } else if take(".![") {
                guard let inner = inner() else { return nil }
                value = .step(value, .projection(inner))
            } else if take("[") {
                guard let index = disjunction(), take("]") else { return nil }
                value = .step(value, .element(index))
            } else {
                break
            }
        }
        return value
    }

    /// Parses an expression in brackets, which applies to the elements of a list.
    private mutating func inner() -> EventFilter? {
        let before = isInList
        isInList = true
        defer { isInList = before }
        guard let inner = disjunction(), take("]") else { return nil }
        return inner
    }

    private mutating func memberOrCall() -> EventFilter.Step? {
        guard position < tokens.count, case .word(let name) = tokens[position] else { return nil }
        position += 1
        guard take("(") else { return .member(name) }
        var arguments: [EventFilter] = []
        if !take(")") {
            repeat {
                guard let argument = disjunction() else { return nil }
                arguments.append(argument)
            } while take(",")
            guard take(")") else { return nil }
        }
        guard EventFilter.methods[name] == arguments.count else { return nil }
        return .call(name, arguments)
    }
}
