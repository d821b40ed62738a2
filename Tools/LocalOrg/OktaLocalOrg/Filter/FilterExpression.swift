/// A SCIM filter in `search` or `filter`.
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

    /// The value that an attribute is compared with.
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

    /// The comparisons in order, with nil for `pr`, and whether `not` occurs, which some lists do not support.
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

    /// Texts that attributes must equal for the filter to match.
    var equalities: [String: String] {
        switch self {
        case .compare(let path, .equal, .text(let text)): [path.text: text]
        case .and(let left, let right): left.equalities.merging(right.equalities) { $1 }
        default: [:]
        }
    }

    /// The attributes in the filter, in order.
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
    /// The name after `profile.`; nil for other attributes.
    let attribute: String?
    /// Whether the comparison is always case-sensitive, as for ids: two may differ only in case.
    let isExact: Bool

    init(_ text: String) {
        self.text = text
        attribute = text.hasPrefix("profile.") ? String(text.dropFirst(8)) : nil
        isExact = ["id", "uuid", "realmId"].contains(text) || text.hasSuffix(".id") && attribute == nil
    }
}

/// An error in a filter.
struct FilterError: Error, Sendable {
    let message: String
}

extension FilterExpression {
    /// Parses the filter of a request.
    ///
    /// - Throws: Okta's error for an invalid filter.
    static func requested(_ text: String) throws(OrgFault) -> FilterExpression {
        do throws(FilterError) {
            return try FilterParser.parse(text)
        } catch {
            throw .invalidSearch(error.message)
        }
    }
}
