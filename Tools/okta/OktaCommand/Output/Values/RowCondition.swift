#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import OktaRuntime

/// A condition on an item: `status=ACTIVE`, `profile.login~^ada`, `lastLogin<-90d`, `profile.manager:missing`.
///
/// A list meets it if any element does; for `!=` and `!~`, if no element has the value.
package struct RowCondition: Sendable {
    private let field: ValuePath
    private let test: Test

    private enum Test: Sendable {
        case equal(String, isNegated: Bool)
        case pattern(IRegexp, isNegated: Bool)
        case order(isLess: Bool, isEqualEnough: Bool, Bound)
        case exists(Bool)
    }

    /// The operand of `<` and `>`.
    private struct Bound: Sendable {
        let text: String
        let number: Double?
        let date: Date?
    }

    /// The field that is compared; nil for a test of existence, which an absent field also decides.
    var comparedField: ValuePath? { if case .exists = test { nil } else { field } }

    /// Parses a condition.
    ///
    /// - Parameter now: The reference time of spans such as `-90d`.
    package init(_ text: String, now: Date) throws(CommandFailure) {
        for (ending, exists) in [(":exists", true), (":missing", false)] where text.hasSuffix(ending) {
            field = try ValuePath(String(text.dropLast(ending.count)))
            test = .exists(exists)
            return
        }
        let scalars = Array(text.unicodeScalars)
        guard let place = Self.operatorPlace(scalars) else {
            throw .usage(
                "the condition '\(text)' compares nothing",
                advice: "Write field=value, field!=value, field~pattern, field<value, field>value, or field:exists.")
        }
        let rest = String(String.UnicodeScalarView(scalars[place...]))
        guard let sign = ["!=", "!~", "<=", ">=", "=", "~", "<", ">"].first(where: { rest.hasPrefix($0) }) else {
            throw .usage("the condition '\(text)' compares nothing")
        }
        let value = String(rest.dropFirst(sign.count))
        field = try ValuePath(String(String.UnicodeScalarView(scalars[..<place])))
        switch sign {
        case "=", "!=": test = .equal(value, isNegated: sign == "!=")
        case "~", "!~":
            test = .pattern(try IRegexp(value), isNegated: sign == "!~")
        default:
            test = .order(
                isLess: sign.hasPrefix("<"), isEqualEnough: sign.hasSuffix("="),
                Bound(text: value, number: Double(value), date: Self.date(value, now: now)))
        }
    }

    /// Returns whether an item meets the condition.
    package func holds(for item: JSON) -> Bool {
        switch test {
        case .exists(let exists): return field.values(in: item).contains { $0.kind != .null } == exists
        case .equal(let text, let isNegated):
            let values = field.values(in: item)
            // Absent values equal null: `manager=null` selects items without one.
            let isFound = values.contains { Self.isEqual($0, text) } || (values.isEmpty && text == "null")
            return isFound != isNegated
        case .pattern(let expression, let isNegated):
            let isFound = field.values(in: item).contains { value in
                CellText.of(value, joiningLists: false).map { expression.isFound(in: $0) } ?? false
            }
            return isFound != isNegated
        case .order(let isLess, let isEqualEnough, let bound):
            return field.values(in: item).contains { value in
                guard let order = Self.order(value, bound) else { return false }
                return order == 0 ? isEqualEnough : (order < 0) == isLess
            }
        }
    }

    /// Throws if an item's value cannot be compared, such as a date with a word.
    package func check(_ item: JSON) throws(CommandFailure) {
        guard case .order(_, _, let bound) = test, bound.date == nil, bound.number == nil else { return }
        for text in field.values(in: item).compactMap(\.string) where text.utf8.count >= 20 && text.contains("T") {
            guard OktaDate.parse(text) == nil else {
                throw .usage(
                    "\(field.text) has times, but '\(bound.text)' is not a time",
                    advice: "Give one such as 2026-01-31, 2026-01-31T08:00:00Z or -90d, the time 90 days ago.")
            }
        }
    }

    /// Returns the position of the first comparison operator outside of brackets and quotes of a JSONPath.
    private static func operatorPlace(_ scalars: [Unicode.Scalar]) -> Int? {
        var depth = 0
        var quote: Unicode.Scalar?
        let isPath = scalars.first == "$"
        for (index, scalar) in scalars.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
            } else if isPath, scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if isPath, scalar == "[" || scalar == "(" {
                depth += 1
            } else if isPath, scalar == "]" || scalar == ")" {
                depth -= 1
            } else if depth == 0, ["=", "~", "<", ">"].contains(scalar) {
                return index
            } else if depth == 0, scalar == "!", index + 1 < scalars.count, ["=", "~"].contains(scalars[index + 1]) {
                return index
            }
        }
        return nil
    }

    private static func isEqual(_ value: JSON, _ text: String) -> Bool {
        switch value.kind {
        case .string: return value.string == text
        case .number: return (try? JSON(parsing: text)).map { $0.kind == .number && $0 == value } ?? false
        default: return value.text == text
        }
    }

    /// Returns a negative number if the value is less than the bound; nil if they cannot be compared.
    private static func order(_ value: JSON, _ bound: Bound) -> Int? {
        if value.kind == .number {
            guard let number = bound.number, let own = value.double else { return nil }
            return own < number ? -1 : own > number ? 1 : 0
        }
        guard let own = value.string else { return nil }
        if let date = bound.date {
            guard let own = OktaDate.parse(own) else { return nil }
            return own < date ? -1 : own > date ? 1 : 0
        }
        if let number = bound.number, let own = Double(own) { return own < number ? -1 : own > number ? 1 : 0 }
        return own == bound.text ? 0 : own.utf8.lexicographicallyPrecedes(bound.text.utf8) ? -1 : 1
    }

    /// Parses a date, a time, or a span from now such as `-90d`; nil for any other text.
    private static func date(_ text: String, now: Date) -> Date? {
        if let first = text.first, first == "-" || first == "+", let unit = text.last,
            let seconds = ["s": 1.0, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800][unit],
            let count = Int(text.dropFirst().dropLast()), count >= 0
        {
            return now.addingTimeInterval(seconds * Double(count) * (first == "-" ? -1 : 1))
        }
        if let date = OktaDate.parse(text) { return date }
        // A day starts at midnight UTC, as in the API.
        guard text.utf8.count == 10 else { return nil }
        return OktaDate.parse("\(text)T00:00:00.000Z")
    }
}
