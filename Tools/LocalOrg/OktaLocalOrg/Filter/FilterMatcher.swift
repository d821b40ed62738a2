import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A filter compiled for many rows: operands are case-folded and parsed as dates or numbers once.
///
/// A comparison with an absent attribute is false, except `ne` and `eq null`. `ne` is the negation of `eq`, so it is
/// false for a list if any element is equal.
indirect enum FilterMatcher: Sendable {
    case test(FilterTest)
    case present(FilterPath)
    case not(FilterMatcher)
    case and(FilterMatcher, FilterMatcher)
    case or(FilterMatcher, FilterMatcher)

    /// Compiles a filter.
    ///
    /// - Parameter isExact: Whether all texts are compared case-sensitively.
    init(_ expression: FilterExpression, isExact: Bool = false) {
        switch expression {
        case .compare(let path, let comparison, let operand):
            self = .test(FilterTest(path, comparison, operand, isExact: isExact || path.isExact))
        case .present(let path): self = .present(path)
        case .not(let inner): self = .not(FilterMatcher(inner, isExact: isExact))
        case .and(let left, let right):
            self = .and(FilterMatcher(left, isExact: isExact), FilterMatcher(right, isExact: isExact))
        case .or(let left, let right):
            self = .or(FilterMatcher(left, isExact: isExact), FilterMatcher(right, isExact: isExact))
        }
    }

    func matches(_ row: some FilterRow) -> Bool {
        switch self {
        case .test(let test): test.fits(row.value(test.path))
        case .present(let path): row.value(path).isPresent
        case .not(let inner): !inner.matches(row)
        case .and(let left, let right): left.matches(row) && right.matches(row)
        case .or(let left, let right): left.matches(row) || right.matches(row)
        }
    }
}

extension FilterExpression {
    /// Returns whether a row matches. A list compiles one matcher for all its rows instead.
    func matches(_ row: some FilterRow) -> Bool { FilterMatcher(self).matches(row) }
}

extension FilterValue {
    /// Whether there is a value. Empty texts and lists count as absent.
    fileprivate var isPresent: Bool {
        switch self {
        case .absent: false
        case .text(let text): !text.isEmpty
        case .list(let values): values.contains { $0.isPresent }
        case .number, .boolean, .time: true
        }
    }
}

/// A single comparison.
final class FilterTest: Sendable {
    typealias Comparison = FilterExpression.Comparison

    let path: FilterPath
    private let comparison: Comparison
    private let isNull: Bool
    private let text: TextPattern?
    private let number: Double?
    private let flag: Bool?
    private let instant: Double?

    init(_ path: FilterPath, _ comparison: Comparison, _ operand: FilterExpression.Operand, isExact: Bool) {
        self.path = path
        self.comparison = comparison
        switch operand {
        case .text(let text):
            isNull = false
            self.text = TextPattern(text, isExact: isExact)
            number = Double(text)
            flag = ["true": true, "false": false][text.lowercased()]
            instant = Self.instant(text)
        case .number(let value):
            isNull = false
            text = nil
            number = value
            flag = nil
            instant = nil
        case .boolean(let value):
            isNull = false
            text = TextPattern(value ? "true" : "false", isExact: false)
            number = nil
            flag = value
            instant = nil
        case .null:
            isNull = true
            text = nil
            number = nil
            flag = nil
            instant = nil
        }
    }

    func fits(_ value: FilterValue) -> Bool {
        if isNull {
            if case .absent = value { return comparison == .equal }
            return comparison == .notEqual
        }
        return comparison == .notEqual ? !holds(value, .equal) : holds(value, comparison)
    }

    private func holds(_ value: FilterValue, _ comparison: Comparison) -> Bool {
        switch value {
        case .absent: return false
        case .text(let value):
            // Dates are compared as instants, independent of offset and fraction.
            if let instant, let time = Self.instant(value) { return Self.ordered(time, comparison, instant) }
            if let text { return text.holds(value, comparison) }
            if let number, let own = Double(value) { return Self.ordered(own, comparison, number) }
            return false
        case .number(let value): return number.map { Self.ordered(value, comparison, $0) } ?? false
        case .boolean(let value): return comparison == .equal && value == flag
        case .time(let seconds): return instant.map { Self.ordered(Double(seconds), comparison, $0) } ?? false
        case .list(let values): return values.contains { holds($0, comparison) }
        }
    }

    private static func ordered(_ left: Double, _ comparison: Comparison, _ right: Double) -> Bool {
        switch comparison {
        case .equal: left == right
        case .notEqual: left != right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .contains, .startsWith, .endsWith: false
        }
    }

    /// Returns the instant of a date with a time. A date alone is not an instant and never matches one.
    private static func instant(_ text: String) -> Double? {
        let bytes = text.utf8
        guard bytes.count >= 19, bytes.dropFirst(10).first == UInt8(ascii: "T") else { return nil }
        return OktaDate.parse(text)?.timeIntervalSince1970
    }
}
