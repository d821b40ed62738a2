import OktaRuntime

/// The filter of an event hook: an expression about one event, such as
/// `event.target.?[type eq 'UserGroup'].size() > 0 && event.outcome.result == 'SUCCESS'`.
indirect enum EventFilter: Sendable {
    enum Comparison: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case matches
    }

    /// A step from a value to another.
    enum Step: Sendable {
        case member(String)
        /// `.?[…]` selects the matching elements; `.^[…]` the first and `.$[…]` the last of them.
        case selection(EventFilter)
        case first(EventFilter)
        case last(EventFilter)
        /// `.![…]`
        case projection(EventFilter)
        case element(EventFilter)
        case call(String, [EventFilter])
    }

    case literal(JSON)
    /// The event.
    case event
    /// The current element of a list; the event itself outside of lists.
    case this
    case step(EventFilter, Step)
    case comparison(Comparison, EventFilter, EventFilter)
    case and(EventFilter, EventFilter)
    case or(EventFilter, EventFilter)
    case not(EventFilter)

    /// Returns whether the filter selects an event.
    func passes(_ event: JSON) -> Bool { value(event, event).bool == true }

    private func value(_ event: JSON, _ this: JSON) -> JSON {
        switch self {
        case .literal(let value): value
        case .event: event
        case .this: this
        case .and(let left, let right):
            JSON(left.value(event, this).bool == true && right.value(event, this).bool == true)
        case .or(let left, let right):
            JSON(left.value(event, this).bool == true || right.value(event, this).bool == true)
        case .not(let inner): JSON(inner.value(event, this).bool == false)
        case .comparison(let comparison, let left, let right):
            JSON(Self.holds(comparison, left.value(event, this), right.value(event, this)))
        case .step(let inner, let step): Self.take(step, inner.value(event, this), event)
        }
    }

    private static func holds(_ comparison: Comparison, _ left: JSON, _ right: JSON) -> Bool {
        switch comparison {
        case .equal: return isSame(left, right)
        case .notEqual: return !isSame(left, right)
        case .matches:
            guard let text = left.string, let pattern = right.string else { return false }
            return PatternCache.matches(text, pattern)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: break
        }
        let order: Int
        if let left = left.double, let right = right.double {
            order = left < right ? -1 : left > right ? 1 : 0
        } else if let left = left.string, let right = right.string {
            order = left < right ? -1 : left > right ? 1 : 0
        } else {
            return false
        }
        return switch comparison {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    }

    private static func isSame(_ left: JSON, _ right: JSON) -> Bool {
        if let left = left.double, let right = right.double { return left == right }
        return left == right
    }

    private static func take(_ step: Step, _ value: JSON, _ event: JSON) -> JSON {
        let elements = value.elements ?? (value.kind == .null ? [] : [value])
        func selected(_ condition: EventFilter) -> [JSON] {
            elements.filter { condition.value(event, $0).bool == true }
        }
        switch step {
        case .member(let name): return value[name] ?? .null
        case .selection(let condition): return JSON(selected(condition))
        case .first(let condition): return selected(condition).first ?? .null
        case .last(let condition): return selected(condition).last ?? .null
        case .projection(let inner): return JSON(elements.map { inner.value(event, $0) })
        case .element(let index):
            let index = index.value(event, value)
            if let name = index.string { return value[name] ?? .null }
            guard let position = index.int, let list = value.elements, list.indices.contains(position) else {
                return .null
            }
            return list[position]
        case .call(let name, let arguments):
            return call(name, value, arguments.map { $0.value(event, event) })
        }
    }

    /// The methods in filters, with their numbers of arguments.
    static let methods = [
        "size": 0, "length": 0, "isEmpty": 0, "toLowerCase": 0, "toUpperCase": 0, "contains": 1, "startsWith": 1,
        "endsWith": 1, "equals": 1, "equalsIgnoreCase": 1,
    ]

    private static func call(_ name: String, _ value: JSON, _ arguments: [JSON]) -> JSON {
        let text = value.string
        let part = arguments.first?.string
        switch name {
        case "size", "length": return JSON(value.elements?.count ?? text?.count ?? 0)
        case "isEmpty": return JSON(value.elements?.isEmpty ?? text?.isEmpty ?? true)
        case "toLowerCase": return text.map { JSON($0.lowercased()) } ?? .null
        case "toUpperCase": return text.map { JSON($0.uppercased()) } ?? .null
        case "equals": return JSON(isSame(value, arguments.first ?? .null))
        case "contains":
            if let elements = value.elements { return JSON(elements.contains { isSame($0, arguments.first ?? .null) }) }
            return JSON(part.map { text?.contains($0) ?? false } ?? false)
        case "startsWith": return JSON(part.map { text?.hasPrefix($0) ?? false } ?? false)
        case "endsWith": return JSON(part.map { text?.hasSuffix($0) ?? false } ?? false)
        case "equalsIgnoreCase": return JSON(text != nil && text?.lowercased() == part?.lowercased())
        default: return .null
        }
    }
}
