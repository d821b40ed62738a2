internal import OktaRuntime

extension JSONPathParser {
    /// A term of a filter or an argument before its use is known.
    private enum Term {
        case condition(PathCondition)
        case query(PathQuery)
        case call(PathCall)
        case literal(JSON)
    }

    /// Parses a condition.
    mutating func condition() throws(CommandFailure) -> PathCondition { try asCondition(try either()) }

    /// Parses alternatives; a single one is returned unchanged.
    private mutating func either() throws(CommandFailure) -> Term {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw fault("it is nested too deeply") }
        let first = try both()
        skipBlanksBefore("||")
        guard take("||") else { return first }
        var parts = [try asCondition(first)]
        repeat {
            skipBlanks()
            parts.append(try asCondition(try both()))
            skipBlanksBefore("||")
        } while take("||")
        return .condition(.any(parts))
    }

    private mutating func both() throws(CommandFailure) -> Term {
        let first = try basic()
        skipBlanksBefore("&&")
        guard take("&&") else { return first }
        var parts = [try asCondition(first)]
        repeat {
            skipBlanks()
            parts.append(try asCondition(try basic()))
            skipBlanksBefore("&&")
        } while take("&&")
        return .condition(.all(parts))
    }

    private mutating func basic() throws(CommandFailure) -> Term {
        if take("!") {
            skipBlanks()
            let part = peek == "(" ? try parenthesis() : try asCondition(try operand())
            return .condition(.not(part))
        }
        if peek == "(" { return .condition(try parenthesis()) }
        let start = position
        let left = try operand()
        let afterLeft = position
        skipBlanks()
        guard let comparison = comparison() else {
            position = afterLeft
            return left
        }
        skipBlanks()
        let leftOperand = try asOperand(left, at: start)
        let rightStart = position
        return .condition(.compare(leftOperand, comparison, try asOperand(try operand(), at: rightStart)))
    }

    private mutating func parenthesis() throws(CommandFailure) -> PathCondition {
        _ = take("(")
        skipBlanks()
        let condition = try self.condition()
        skipBlanks()
        guard take(")") else { throw fault("')' is expected") }
        return condition
    }

    private mutating func comparison() -> PathComparison? {
        for comparison in [PathComparison.equal, .different, .lessOrEqual, .greaterOrEqual, .less, .greater]
        where take(comparison.rawValue) {
            return comparison
        }
        return nil
    }

    /// Skips whitespace only before an operator, since it does not belong to the condition otherwise.
    private mutating func skipBlanksBefore(_ text: String) {
        let before = position
        skipBlanks()
        if !scalars[position...].starts(with: text.unicodeScalars) { position = before }
    }

    // MARK: Operands

    private mutating func operand() throws(CommandFailure) -> Term {
        switch peek {
        case "@", "$":
            let isAbsolute = peek == "$"
            position += 1
            return .query(PathQuery(isAbsolute: isAbsolute, segments: try segments()))
        case "'", "\"": return .literal(JSON(try text()))
        case let scalar? where scalar == "-" || Self.isDigit(scalar): return .literal(try number())
        case let scalar? where ("a"..."z").contains(scalar): return try word()
        default: throw fault("a value, '@', '$' or a function is expected")
        }
    }

    private mutating func number() throws(CommandFailure) -> JSON {
        let start = position
        var text = take("-") ? "-" : ""
        let digits = self.digits()
        guard !digits.isEmpty, digits == "0" || !digits.hasPrefix("0") else {
            position = start
            throw fault("this is not a number")
        }
        text += digits
        if peek == ".", position + 1 < scalars.count, Self.isDigit(scalars[position + 1]) {
            position += 1
            text += "." + self.digits()
        }
        if peek == "e" || peek == "E" {
            position += 1
            text += "e" + (take("-") ? "-" : take("+") ? "+" : "")
            let exponent = self.digits()
            guard !exponent.isEmpty else { throw fault("digits are expected") }
            text += exponent
        }
        do { return try JSON(parsing: text) } catch { throw fault("this is not a number", at: start) }
    }

    private mutating func word() throws(CommandFailure) -> Term {
        let start = position
        var name = ""
        while let scalar = peek, ("a"..."z").contains(scalar) || scalar == "_" || Self.isDigit(scalar) {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        if peek == "(" { return .call(try call(name, at: start)) }
        switch name {
        case "true": return .literal(JSON(true))
        case "false": return .literal(JSON(false))
        case "null": return .literal(.null)
        default: throw fault("'\(name)' is neither a value nor a function", at: start)
        }
    }

    // MARK: Functions

    private mutating func call(_ name: String, at start: Int) throws(CommandFailure) -> PathCall {
        _ = take("(")
        var arguments: [Term] = []
        skipBlanks()
        if !take(")") {
            repeat {
                skipBlanks()
                arguments.append(try either())
                skipBlanks()
            } while take(",")
            guard take(")") else { throw fault("',' or ')' is expected") }
        }
        let counts = ["length": 1, "count": 1, "value": 1, "match": 2, "search": 2]
        guard let count = counts[name] else {
            throw fault("there is no function '\(name)'; there are length, count, value, match, search", at: start)
        }
        guard arguments.count == count else {
            throw fault("\(name) takes \(count) argument\(count == 1 ? "" : "s")", at: start)
        }
        switch name {
        case "length": return .length(try asOperand(arguments[0], at: start))
        case "count", "value":
            guard case .query(let query) = arguments[0] else { throw fault("\(name) takes a query", at: start) }
            return name == "count" ? .count(query) : .value(query)
        default:
            let text = try asOperand(arguments[0], at: start)
            let second = try asOperand(arguments[1], at: start)
            var pattern = MatchPattern.computed(second)
            if case .literal(let literal) = second {
                pattern = .fixed(literal.string.flatMap { try? IRegexp($0) })
            }
            return .pattern(isWhole: name == "match", text: text, pattern: pattern)
        }
    }

    // MARK: Uses

    private func asCondition(_ term: Term) throws(CommandFailure) -> PathCondition {
        switch term {
        case .condition(let condition): return condition
        case .query(let query): return .exists(query)
        case .call(let call) where call.isCondition: return .call(call)
        case .call: throw fault("the value of a function must be compared")
        case .literal: throw fault("a value alone is not a condition")
        }
    }

    private func asOperand(_ term: Term, at start: Int) throws(CommandFailure) -> PathOperand {
        switch term {
        case .literal(let value): return .literal(value)
        case .query(let query) where query.isSingular: return .query(query)
        case .query: throw fault("the query may select several values", at: start)
        case .call(let call) where !call.isCondition: return .call(call)
        case .call, .condition: throw fault("a condition has no value", at: start)
        }
    }
}
