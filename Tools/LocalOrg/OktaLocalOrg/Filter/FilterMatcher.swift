import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A filter made ready for many rows: what is compared with is folded, and read as a date or number, once.
///
/// A comparison with an attribute without value is false, except `ne` and `eq null`. `ne` is the opposite of `eq`, so that
/// it is false for a list as soon as one element is equal.
indirect enum FilterMatcher: Sendable {
    case test(FilterTest)
    case present(FilterPath)
    case not(FilterMatcher)
    case and(FilterMatcher, FilterMatcher)
    case or(FilterMatcher, FilterMatcher)

    /// - Parameter isExact: Whether the letter case of all texts counts.
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
    /// Whether a row fits. A list looks at many rows and makes one matcher for all.
    func matches(_ row: some FilterRow) -> Bool { FilterMatcher(self).matches(row) }
}

extension FilterValue {
    /// Whether there is a value: neither an empty text nor an empty list counts.
    fileprivate var isPresent: Bool {
        switch self {
        case .absent: false
        case .text(let text): !text.isEmpty
        case .list(let values): values.contains { $0.isPresent }
        case .number, .boolean, .time: true
        }
    }
}

/// One comparison.
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
            // Dates are compared as instants, so that an offset or a fraction makes no difference.
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

    /// A date with its time. A date alone is no instant, and never fits one.
    private static func instant(_ text: String) -> Double? {
        let bytes = text.utf8
        guard bytes.count >= 19, bytes.dropFirst(10).first == UInt8(ascii: "T") else { return nil }
        return OktaDate.parse(text)?.timeIntervalSince1970
    }
}
