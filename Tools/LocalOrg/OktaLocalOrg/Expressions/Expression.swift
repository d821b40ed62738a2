import OktaRuntime

/// A value of the Okta Expression Language.
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

/// The variables of an expression.
protocol ExpressionScope {
    /// Returns the attribute after `user.`.
    func attribute(_ name: String) -> ExpressionValue
    /// Returns the groups of the user.
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
    /// `+`: adds numbers, and concatenates other values as texts.
    case sum(Expression, Expression)
    /// `condition ? value : other`.
    case choice(Expression, Expression, Expression)

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
        case .sum(let left, let right): return Self.sum(left.evaluate(scope), right.evaluate(scope))
        case .choice(let condition, let value, let other):
            return condition.evaluate(scope).isTrue ? value.evaluate(scope) : other.evaluate(scope)
        case .binary(let comparison, let left, let right):
            return .boolean(Self.compare(left.evaluate(scope), comparison, right.evaluate(scope)))
        }
    }

    private static func sum(_ left: ExpressionValue, _ right: ExpressionValue) -> ExpressionValue {
        if case .number(let left) = left, case .number(let right) = right { return .number(left + right) }
        return .text((left.text ?? "") + (right.text ?? ""))
    }

    /// The attributes that the expression uses.
    var attributes: [String] {
        switch self {
        case .literal: []
        case .attribute(let name): [name]
        case .call(_, let arguments): arguments.flatMap(\.attributes)
        case .not(let inner): inner.attributes
        case .binary(_, let left, let right), .sum(let left, let right): left.attributes + right.attributes
        case .choice(let first, let second, let third): first.attributes + second.attributes + third.attributes
        }
    }

    /// Whether the expression can be the condition of a rule, which is true or false. An attribute can be.
    var isCondition: Bool {
        switch self {
        case .literal(let value): if case .boolean = value { true } else { false }
        case .attribute, .not, .binary: true
        case .call(let name, _): ExpressionFunction.all[name]?.isCondition == true
        case .sum: false
        case .choice(_, let value, let other): value.isCondition && other.isCondition
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
