/// A SCIM filter, as `search` and `filter` have it.
indirect enum FilterExpression: Sendable {
    enum Comparison: String, Sendable {
        case equal = "eq"
        case notEqual = "ne"
        case greater = "gt"
        case greaterOrEqual = "ge"
        case less = "lt"
        case lessOrEqual = "le"
        case contains = "co"
        case startsWith = "sw"
        case endsWith = "ew"
    }

    /// What an attribute is compared with.
    enum Operand: Sendable {
        case text(String)
        case number(Double)
        case boolean(Bool)
        case null
    }

    case compare(FilterPath, Comparison, Operand)
    /// `pr`: the attribute has a value.
    case present(FilterPath)
    case not(FilterExpression)
    case and(FilterExpression, FilterExpression)
    case or(FilterExpression, FilterExpression)

    /// Its comparisons, in order, with nil for `pr`; and whether `not` occurs, which some lists do not take.
    var comparisons: (tests: [(path: FilterPath, comparison: Comparison?)], hasNot: Bool) {
        switch self {
        case .compare(let path, let comparison, _): return ([(path, comparison)], false)
        case .present(let path): return ([(path, nil)], false)
        case .not(let inner): return (inner.comparisons.tests, true)
        case .and(let left, let right), .or(let left, let right):
            let (left, right) = (left.comparisons, right.comparisons)
            return (left.tests + right.tests, left.hasNot || right.hasNot)
        }
    }

    /// The attributes that have to equal a text where the filter holds, with the texts.
    var equalities: [String: String] {
        switch self {
        case .compare(let path, .equal, .text(let text)): [path.text: text]
        case .and(let left, let right): left.equalities.merging(right.equalities) { $1 }
        default: [:]
        }
    }

    /// The attributes that it names, in order.
    var paths: [FilterPath] {
        switch self {
        case .compare(let path, _, _), .present(let path): [path]
        case .not(let inner): inner.paths
        case .and(let left, let right), .or(let left, let right): left.paths + right.paths
        }
    }
}

/// The path of an attribute, such as `profile.login`.
struct FilterPath: Sendable, Hashable {
    let text: String
    /// The name behind `profile.`; nil for other attributes.
    let attribute: String?
    /// Whether values are compared exactly whatever the letter case of other texts: two ids may differ by case alone.
    let isExact: Bool

    init(_ text: String) {
        self.text = text
        attribute = text.hasPrefix("profile.") ? String(text.dropFirst(8)) : nil
        isExact = ["id", "uuid", "realmId"].contains(text) || text.hasSuffix(".id") && attribute == nil
    }
}

/// A filter that cannot be read, with what is wrong.
struct FilterError: Error, Sendable {
    let message: String
}
