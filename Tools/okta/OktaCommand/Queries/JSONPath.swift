package import OktaRuntime

/// A JSONPath query (RFC 9535): `$..members[?@.status == 'ACTIVE'].id`.
package struct JSONPath: Sendable {
    let query: PathQuery

    /// Parses a query.
    ///
    /// - Throws: A ``CommandFailure`` with the error and its position.
    package init(_ text: String) throws(CommandFailure) {
        var parser = JSONPathParser(text)
        query = try parser.whole()
    }

    /// Whether the query selects at most one value of any document.
    package var isSingular: Bool { query.isSingular }

    /// Returns the selected values in order.
    ///
    /// - Throws: A ``CommandFailure`` if there are more than ``JSONPathEvaluation/most``.
    package func values(in root: JSON) throws(CommandFailure) -> [JSON] {
        var evaluation = JSONPathEvaluation(root: root)
        return try evaluation.nodes(query, current: root)
    }
}

/// A query within a path: of the whole document, or of the current value of a filter.
struct PathQuery: Sendable {
    var isAbsolute: Bool
    var segments: [PathSegment]

    /// Whether the query has only names and indexes.
    var isSingular: Bool {
        segments.allSatisfy { segment in
            guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
            switch segment.selectors[0] {
            case .name, .index: return true
            default: return false
            }
        }
    }
}

/// A segment of a query.
struct PathSegment: Sendable {
    /// Whether it also applies to all descendants.
    var isDescendant: Bool
    var selectors: [PathSelector]
}

/// A selector of a segment.
enum PathSelector: Sendable {
    case name(String)
    case wildcard
    case index(Int)
    case slice(start: Int?, end: Int?, step: Int)
    case filter(PathCondition)
}

/// The condition of a filter.
indirect enum PathCondition: Sendable {
    case any([PathCondition])
    case all([PathCondition])
    case not(PathCondition)
    case compare(PathOperand, PathComparison, PathOperand)
    /// Whether a query selects anything.
    case exists(PathQuery)
    case call(PathCall)
}

/// The comparison of two values.
enum PathComparison: String, Sendable {
    case equal = "=="
    case different = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// An operand of a comparison.
enum PathOperand: Sendable {
    case literal(JSON)
    case query(PathQuery)
    case call(PathCall)
}

/// A call of a function with type-checked arguments.
indirect enum PathCall: Sendable {
    case length(PathOperand)
    case count(PathQuery)
    case value(PathQuery)
    /// `match` for the whole text, `search` for a part of it.
    case pattern(isWhole: Bool, text: PathOperand, pattern: MatchPattern)

    /// Whether it returns a logical value.
    var isCondition: Bool {
        if case .pattern = self { true } else { false }
    }
}

/// The pattern of `match` and `search`.
enum MatchPattern: Sendable {
    /// A literal in the query; nil if it is invalid, which never matches.
    case fixed(IRegexp?)
    /// A value of the document.
    case computed(PathOperand)
}
