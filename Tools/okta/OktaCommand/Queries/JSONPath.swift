package import OktaRuntime

/// A JSONPath query (RFC 9535): `$..members[?@.status == 'ACTIVE'].id`.
package struct JSONPath: Sendable {
    let query: PathQuery

    /// Reads a query.
    ///
    /// - Throws: A ``CommandFailure`` that says what is wrong and where.
    package init(_ text: String) throws(CommandFailure) {
        var parser = JSONPathParser(text)
        query = try parser.whole()
    }

    /// Whether it selects one value at most, whatever it is applied to.
    package var isSingular: Bool { query.isSingular }

    /// The values that it selects, in order.
    ///
    /// - Throws: A ``CommandFailure`` when there are more than ``JSONPathEvaluation/most``.
    package func values(in root: JSON) throws(CommandFailure) -> [JSON] {
        var evaluation = JSONPathEvaluation(root: root)
        return try evaluation.nodes(query, current: root)
    }
}

/// A query within a path: of the whole document, or of the value that a filter looks at.
struct PathQuery: Sendable {
    var isAbsolute: Bool
    var segments: [PathSegment]

    /// Whether it has names and positions only.
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

/// A step of a query.
struct PathSegment: Sendable {
    /// Whether it is taken from every value below, too.
    var isDescendant: Bool
    var selectors: [PathSelector]
}

/// What a step selects of one value.
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

/// How two values are compared.
enum PathComparison: String, Sendable {
    case equal = "=="
    case different = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// One side of a comparison.
enum PathOperand: Sendable {
    case literal(JSON)
    case query(PathQuery)
    case call(PathCall)
}

/// A call of a function, with its arguments checked.
indirect enum PathCall: Sendable {
    case length(PathOperand)
    case count(PathQuery)
    case value(PathQuery)
    /// `match` for the whole text, `search` for a part of it.
    case pattern(isWhole: Bool, text: PathOperand, pattern: PathPattern)

    /// Whether it is true or false, instead of a value.
    var isCondition: Bool {
        if case .pattern = self { true } else { false }
    }
}

/// The pattern of `match` and `search`.
enum PathPattern: Sendable {
    /// Written in the query; nil when it is no pattern, which never matches.
    case fixed(TextExpression?)
    /// Read from the document.
    case computed(PathOperand)
}
