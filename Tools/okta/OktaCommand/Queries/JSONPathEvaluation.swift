internal import OktaRuntime

/// Evaluates a query on a document.
struct JSONPathEvaluation {
    let root: JSON
    private var left = Self.most

    /// The maximum number of visited values. Consecutive descendant segments multiply.
    static let most = 10_000_000

    init(root: JSON) { self.root = root }

    /// Returns the values that a query selects.
    mutating func nodes(_ query: PathQuery, current: JSON) throws(CommandFailure) -> [JSON] {
        var nodes = [query.isAbsolute ? root : current]
        for segment in query.segments {
            var next: [JSON] = []
            for node in nodes {
                if segment.isDescendant {
                    try descend(node, segment.selectors, into: &next)
                } else {
                    try select(segment.selectors, of: node, into: &next)
                }
            }
            nodes = next
        }
        return nodes
    }

    private mutating func descend(
        _ node: JSON, _ selectors: [PathSelector], into result: inout [JSON]
    ) throws(CommandFailure) {
        try select(selectors, of: node, into: &result)
        for child in Self.children(node) { try descend(child, selectors, into: &result) }
    }

    private mutating func select(
        _ selectors: [PathSelector], of node: JSON, into result: inout [JSON]
    ) throws(CommandFailure) {
        for selector in selectors {
            let before = result.count
            switch selector {
            case .name(let name): if let value = node[name] { result.append(value) }
            case .wildcard: result += Self.children(node)
            case .index(let index):
                guard let elements = node.elements else { break }
                let position = index < 0 ? index + elements.count : index
                if elements.indices.contains(position) { result.append(elements[position]) }
            case .slice(let start, let end, let step):
                guard let elements = node.elements else { break }
                for position in Self.positions(start, end, step, count: elements.count) {
                    result.append(elements[position])
                }
            case .filter(let condition):
                for child in Self.children(node) where try holds(condition, child) { result.append(child) }
            }
            left -= 1 + result.count - before
            guard left > 0 else {
                throw .usage(
                    "the JSONPath looks at more than \(Self.most) values", advice: "Use fewer '..' in it.")
            }
        }
    }

    private static func children(_ node: JSON) -> [JSON] { node.elements ?? node.members?.map(\.value) ?? [] }

    /// Returns the positions of a slice according to RFC 9535.
    static func positions(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> [Int] {
        guard step != 0 else { return [] }
        func fromStart(_ index: Int) -> Int { index >= 0 ? index : count + index }
        if step > 0 {
            let lower = min(max(fromStart(start ?? 0), 0), count)
            let upper = min(max(fromStart(end ?? count), 0), count)
            return Array(stride(from: lower, to: upper, by: step))
        }
        let upper = min(max(start.map(fromStart) ?? count - 1, -1), count - 1)
        let lower = min(max(end.map(fromStart) ?? -1, -1), count - 1)
        return Array(stride(from: upper, to: lower, by: step))
    }

    // MARK: Conditions

    private mutating func holds(_ condition: PathCondition, _ current: JSON) throws(CommandFailure) -> Bool {
        switch condition {
        case .any(let parts):
            for part in parts where try holds(part, current) { return true }
            return false
        case .all(let parts):
            for part in parts where try !holds(part, current) { return false }
            return true
        case .not(let part): return try !holds(part, current)
        case .exists(let query): return try !nodes(query, current: current).isEmpty
        case .compare(let left, let comparison, let right):
            return Self.compare(try value(left, current), comparison, try value(right, current))
        case .call(.pattern(let isWhole, let text, let pattern)):
            guard let text = try value(text, current)?.string else { return false }
            guard let expression = try expression(pattern, current) else { return false }
            return isWhole ? expression.matches(text) : expression.isFound(in: text)
        case .call: return false
        }
    }

    private mutating func expression(
        _ pattern: MatchPattern, _ current: JSON
    ) throws(CommandFailure) -> IRegexp? {
        switch pattern {
        case .fixed(let expression): return expression
        case .computed(let operand):
            guard let text = try value(operand, current)?.string else { return nil }
            return try? IRegexp(text)
        }
    }

    /// Returns the value of an operand; nil for Nothing, which differs from null.
    private mutating func value(_ operand: PathOperand, _ current: JSON) throws(CommandFailure) -> JSON? {
        switch operand {
        case .literal(let value): return value
        case .query(let query): return try nodes(query, current: current).first
        case .call(.length(let operand)):
            guard let value = try value(operand, current) else { return nil }
            if let text = value.string { return JSON(text.unicodeScalars.count) }
            guard let elements = value.elements?.count ?? value.members?.count else { return nil }
            return JSON(elements)
        case .call(.count(let query)): return JSON(try nodes(query, current: current).count)
        case .call(.value(let query)):
            let found = try nodes(query, current: current)
            guard found.count == 1 else { return nil }
            return found[0]
        case .call(.pattern): return nil
        }
    }

    private static func compare(_ left: JSON?, _ comparison: PathComparison, _ right: JSON?) -> Bool {
        switch comparison {
        case .equal: return left == right
        case .different: return left != right
        case .less: return isLess(left, right)
        case .greater: return isLess(right, left)
        case .lessOrEqual: return isLess(left, right) || left == right
        case .greaterOrEqual: return isLess(right, left) || left == right
        }
    }

    private static func isLess(_ left: JSON?, _ right: JSON?) -> Bool {
        guard let left, let right else { return false }
        if let left = left.string, let right = right.string {
            // UTF-8 bytes sort like Unicode scalars.
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        if let left = left.int, let right = right.int { return left < right }
        if let left = left.double, let right = right.double { return left < right }
        return false
    }
}
