import OktaRuntime

/// A value of Okta's expression language.
enum ExpressionValue: Sendable, Equatable {
    case null
    case text(String)
    case number(Double)
    case boolean(Bool)
    case list([ExpressionValue])

    init(_ json: JSON) {
        switch json.kind {
        case .null, .object: self = .null
        case .string: self = .text(json.string ?? "")
        case .number: self = json.double.map(ExpressionValue.number) ?? .null
        case .boolean: self = .boolean(json.bool == true)
        case .array: self = .list((json.elements ?? []).map { ExpressionValue($0) })
        }
    }

    var isTrue: Bool { self == .boolean(true) }

    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): number == number.rounded() ? String(Int(exactly: number) ?? 0) : String(number)
        case .boolean(let flag): String(flag)
        case .null, .list: nil
        }
    }

    var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let text): Double(text)
        default: nil
        }
    }
}

/// What an expression can ask for.
protocol ExpressionScope {
    /// The attribute behind `user.`.
    func attribute(_ name: String) -> ExpressionValue
    /// The groups that the user is in.
    func groupNames() -> [(id: String, name: String)]
}

/// An expression of a group rule.
indirect enum Expression: Sendable {
    enum Operator: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case and = "AND"
        case or = "OR"
    }

    case literal(ExpressionValue)
    case attribute(String)
    case call(String, [Expression])
    case not(Expression)
    case binary(Operator, Expression, Expression)

    func evaluate(_ scope: some ExpressionScope) -> ExpressionValue {
        switch self {
        case .literal(let value): return value
        case .attribute(let name): return scope.attribute(name)
        case .not(let inner): return .boolean(!inner.evaluate(scope).isTrue)
        case .call(let name, let arguments):
            guard let function = ExpressionFunction.all[name] else { return .null }
            return function.run(arguments.map { $0.evaluate(scope) }, scope)
        case .binary(.and, let left, let right):
            return .boolean(left.evaluate(scope).isTrue && right.evaluate(scope).isTrue)
        case .binary(.or, let left, let right):
            return .boolean(left.evaluate(scope).isTrue || right.evaluate(scope).isTrue)
        case .binary(let comparison, let left, let right):
            return .boolean(Self.compare(left.evaluate(scope), comparison, right.evaluate(scope)))
        }
    }

    private static func compare(_ left: ExpressionValue, _ comparison: Operator, _ right: ExpressionValue) -> Bool {
        switch comparison {
        case .equal: return left == right
        case .notEqual: return left != right
        case .and, .or: return false
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            if let left = left.number, let right = right.number { return ordered(left, comparison, right) }
            guard let left = left.text, let right = right.text else { return false }
            return ordered(left, comparison, right)
        }
    }

    private static func ordered<Value: Comparable>(_ left: Value, _ comparison: Operator, _ right: Value) -> Bool {
        switch comparison {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal, .notEqual, .and, .or: false
        }
    }
}

/// A function of the expression language that group rules may call.
struct ExpressionFunction: Sendable {
    /// How many arguments it takes.
    let arity: ClosedRange<Int>
    let run: @Sendable ([ExpressionValue], any ExpressionScope) -> ExpressionValue

    private static func onTexts(
        _ count: Int, _ run: @escaping @Sendable ([String]) -> ExpressionValue
    ) -> ExpressionFunction {
        ExpressionFunction(arity: count...count) { arguments, _ in
            let texts = arguments.compactMap(\.text)
            return texts.count == count ? run(texts) : .null
        }
    }

    private static func onGroups(
        _ fits: @escaping @Sendable ((id: String, name: String), String) -> Bool
    ) -> ExpressionFunction {
        ExpressionFunction(arity: 1...32) { arguments, scope in
            let wanted = arguments.compactMap(\.text)
            return .boolean(scope.groupNames().contains { group in wanted.contains { fits(group, $0) } })
        }
    }

    /// The functions by name; any other name is refused, as Okta does.
    static let all: [String: ExpressionFunction] = [
        "String.startsWith": onTexts(2) { .boolean($0[0].hasPrefix($0[1])) },
        "String.stringContains": onTexts(2) { .boolean($0[1].isEmpty || $0[0].contains($0[1])) },
        "String.toUpperCase": onTexts(1) { .text($0[0].uppercased()) },
        "String.toLowerCase": onTexts(1) { .text($0[0].lowercased()) },
        "String.removeSpaces": onTexts(1) { .text($0[0].filter { $0 != " " }) },
        "String.len": onTexts(1) { .number(Double($0[0].count)) },
        "String.append": onTexts(2) { .text($0[0] + $0[1]) },
        "String.replace": onTexts(3) { .text(replaced($0[0], $0[1], $0[2], onlyFirst: false)) },
        "String.replaceFirst": onTexts(3) { .text(replaced($0[0], $0[1], $0[2], onlyFirst: true)) },
        "String.substringBefore": onTexts(2) { .text(split($0[0], at: $0[1])?.before ?? $0[0]) },
        "String.substringAfter": onTexts(2) { .text(split($0[0], at: $0[1])?.after ?? "") },
        "String.substring": ExpressionFunction(arity: 3...3) { arguments, _ in
            guard let text = arguments[0].text, let from = arguments[1].number.flatMap({ Int(exactly: $0) }),
                let to = arguments[2].number.flatMap({ Int(exactly: $0) }), 0 <= from, from <= to
            else { return .null }
            return .text(String(text.prefix(to).dropFirst(from)))
        },
        "String.join": ExpressionFunction(arity: 2...32) { arguments, _ in
            let texts = arguments.compactMap(\.text)
            return .text(texts.dropFirst().joined(separator: texts.first ?? ""))
        },
        "Arrays.contains": ExpressionFunction(arity: 2...2) { arguments, _ in
            guard case .list(let values) = arguments[0] else { return .boolean(false) }
            return .boolean(values.contains(arguments[1]))
        },
        "Arrays.size": ExpressionFunction(arity: 1...1) { arguments, _ in
            guard case .list(let values) = arguments[0] else { return .number(0) }
            return .number(Double(values.count))
        },
        "Arrays.isEmpty": ExpressionFunction(arity: 1...1) { arguments, _ in
            guard case .list(let values) = arguments[0] else { return .boolean(true) }
            return .boolean(values.isEmpty)
        },
        "Convert.toInt": ExpressionFunction(arity: 1...1) { arguments, _ in
            arguments[0].number.map { .number($0.rounded(.towardZero)) } ?? .null
        },
        "Convert.toNum": ExpressionFunction(arity: 1...1) { arguments, _ in
            arguments[0].number.map { .number($0) } ?? .null
        },
        "isMemberOfGroup": onGroups { $0.id == $1 },
        "isMemberOfAnyGroup": onGroups { $0.id == $1 },
        "isMemberOfGroupName": onGroups { $0.name == $1 },
        "isMemberOfGroupNameStartsWith": onGroups { $0.name.hasPrefix($1) },
        "isMemberOfGroupNameContains": onGroups { $0.name.contains($1) },
    ]

    private static func split(_ text: String, at separator: String) -> (before: String, after: String)? {
        guard !separator.isEmpty else { return nil }
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix(separator) {
                return (String(text[..<rest.startIndex]), String(rest.dropFirst(separator.count)))
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func replaced(_ text: String, _ old: String, _ new: String, onlyFirst: Bool) -> String {
        var output = ""
        var rest = text
        while let (before, after) = split(rest, at: old) {
            output += before + new
            rest = after
            if onlyFirst { break }
        }
        return output + rest
    }
}
