import OktaRuntime

/// The value of an attribute for filters and sorting.
enum FilterValue: Sendable {
    case absent
    case text(String)
    case number(Double)
    case boolean(Bool)
    case time(Int)
    /// A list, which matches if any element does.
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

    /// The key to sort by, case-insensitive. Absent values come last.
    var sortKey: String {
        switch self {
        case .absent: "\u{10FFFF}"
        case .text(let text): text.lowercased()
        case .number(let number): Self.ordered(number)
        case .boolean(let flag): flag ? "1" : "0"
        case .time(let seconds): String(10_000_000_000 + seconds)
        case .list(let values): values.first?.sortKey ?? ""
        }
    }

    /// Returns sixteen hexadecimal digits that sort like the numbers.
    private static func ordered(_ number: Double) -> String {
        let bits = number.bitPattern
        let digits = String(bits >> 63 == 0 ? bits | 1 << 63 : ~bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

/// A row that filters can be evaluated on.
protocol FilterRow {
    func value(_ path: FilterPath) -> FilterValue
}

extension JSON: FilterRow {
    func value(_ path: FilterPath) -> FilterValue {
        if let value = self[path: path.text] { return FilterValue(value) }
        // A path through an array, such as `emails.value`, refers to any of its elements.
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
