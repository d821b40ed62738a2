import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The value of an attribute, as filters and sorting see it.
enum FilterValue: Sendable {
    case absent
    case text(String)
    case number(Double)
    case boolean(Bool)
    case time(Int)
    /// Any element may fit.
    case list([FilterValue])

    init(_ json: JSON?) {
        switch json?.kind {
        case nil, .null, .object: self = .absent
        case .string: self = .text(json?.string ?? "")
        case .number: self = json?.double.map(FilterValue.number) ?? .absent
        case .boolean: self = .boolean(json?.bool == true)
        case .array: self = .list((json?.elements ?? []).map { FilterValue($0) })
        }
    }

    /// The text to sort by.
    var sortKey: String {
        switch self {
        case .absent: "\u{10FFFF}"
        case .text(let text): text.lowercased()
        case .number(let number): String(number)
        case .boolean(let flag): flag ? "1" : "0"
        case .time(let seconds): String(10_000_000_000 + seconds)
        case .list(let values): values.first?.sortKey ?? ""
        }
    }
}

/// Something that filters can be applied to.
protocol FilterRow {
    func value(_ path: FilterPath) -> FilterValue
}

extension JSON: FilterRow {
    func value(_ path: FilterPath) -> FilterValue {
        if let value = self[path: path.text] { return FilterValue(value) }
        // A path through an array, such as `emails.value`, means any of its elements.
        var current = [self]
        for name in path.text.split(separator: ".") {
            current = current.flatMap { json -> [JSON] in
                if let elements = json.elements { return elements.compactMap { $0[String(name)] } }
                return json[String(name)].map { [$0] } ?? []
            }
        }
        return current.isEmpty ? .absent : .list(current.map { FilterValue($0) })
    }
}

extension FilterExpression {
    /// Whether a row fits. Texts are compared whatever their letter case, as Okta does; a comparison with an attribute
    /// that has no value is false, except `ne` and `eq null`.
    func matches(_ row: some FilterRow) -> Bool {
        switch self {
        case .present(let path):
            switch row.value(path) {
            case .absent: return false
            case .text(let text): return !text.isEmpty
            case .list(let values): return !values.isEmpty
            default: return true
            }
        case .compare(let path, let comparison, let operand):
            let value = row.value(path)
            if case .null = operand {
                var isAbsent = false
                if case .absent = value { isAbsent = true }
                return comparison == .notEqual ? !isAbsent : isAbsent
            }
            if comparison == .notEqual { return !Self.fits(value, .equal, operand) }
            return Self.fits(value, comparison, operand)
        case .not(let inner): return !inner.matches(row)
        case .and(let left, let right): return left.matches(row) && right.matches(row)
        case .or(let left, let right): return left.matches(row) || right.matches(row)
        }
    }

    private static func fits(_ value: FilterValue, _ comparison: Comparison, _ operand: Operand) -> Bool {
        switch (value, operand) {
        case (.list(let values), _): return values.contains { fits($0, comparison, operand) }
        case (.text(let text), .text(let other)): return compare(text, comparison, other)
        case (.time(let seconds), .text(let other)):
            guard let time = OktaDate.parse(other) else { return false }
            return ordered(Double(seconds), comparison, time.timeIntervalSince1970)
        case (.number(let number), .number(let other)): return ordered(number, comparison, other)
        case (.number(let number), .text(let other)):
            return Double(other).map { ordered(number, comparison, $0) } ?? false
        case (.text(let text), .number(let other)):
            return Double(text).map { ordered($0, comparison, other) } ?? false
        case (.boolean(let flag), .boolean(let other)): return comparison == .equal && flag == other
        case (.boolean(let flag), .text(let other)):
            return comparison == .equal && other.lowercased() == (flag ? "true" : "false")
        default: return false
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

    private static func compare(_ text: String, _ comparison: Comparison, _ other: String) -> Bool {
        // ASCII needs no folded copies: a search looks at every user.
        if let order = asciiCompare(text, comparison, other) { return order }
        let left = text.lowercased()
        let right = other.lowercased()
        switch comparison {
        case .equal: return left == right
        case .notEqual: return left != right
        case .greater: return left > right
        case .greaterOrEqual: return left >= right
        case .less: return left < right
        case .lessOrEqual: return left <= right
        case .contains: return left.contains(right)
        case .startsWith: return left.hasPrefix(right)
        case .endsWith: return left.hasSuffix(right)
        }
    }

    /// The comparison of two ASCII texts, letter case ignored; nil for others and for rare comparisons.
    private static func asciiCompare(_ text: String, _ comparison: Comparison, _ other: String) -> Bool? {
        let needed = other.utf8.count
        switch comparison {
        case .equal: if text.utf8.count != needed { return isASCII(text) && isASCII(other) ? false : nil }
        case .startsWith: if text.utf8.count < needed { return isASCII(text) && isASCII(other) ? false : nil }
        default: return nil
        }
        var text = text.utf8.makeIterator()
        for byte in other.utf8 {
            guard let mine = text.next(), mine < 0x80, byte < 0x80 else { return nil }
            if folded(mine) != folded(byte) { return false }
        }
        return true
    }

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    private static func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
