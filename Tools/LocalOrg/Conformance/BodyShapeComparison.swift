import OktaRuntime

/// Compares the shapes of two bodies: member names and kinds of values, with null as a kind. All elements of a list
/// form one shape: the union of their members, with every kind that occurs. An empty list matches any list.
struct BodyShapeComparison {
    private struct Shape {
        var kinds: Set<JSON.Kind> = []
        var members: [String: Shape] = [:]
        var elements: [Shape] = []

        mutating func add(_ json: JSON) {
            kinds.insert(json.kind)
            for (name, value) in json.members ?? [] { members[name, default: Shape()].add(value) }
            for element in json.elements ?? [] {
                if elements.isEmpty { elements = [Shape()] }
                elements[0].add(element)
            }
        }
    }

    /// Returns the first difference as a path with a description; nil if the shapes are equal.
    static func difference(_ recorded: JSON, _ local: JSON, map: IDMap) -> String? {
        var left = Shape()
        var right = Shape()
        left.add(recorded)
        right.add(local)
        return difference(left, right, "$", map, isElement: false)
    }

    private static func difference(
        _ left: Shape, _ right: Shape, _ path: String, _ map: IDMap, isElement: Bool
    ) -> String? {
        if left.kinds.isDisjoint(with: right.kinds) {
            return "\(path): \(names(left.kinds)) there, \(names(right.kinds)) here"
        }
        let mapped = Dictionary(
            left.members.map { (map.mapped($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        for name in mapped.keys.sorted() where right.members[name] == nil && right.kinds.contains(.object) {
            return "\(path).\(name): missing here"
        }
        for name in right.members.keys.sorted() where mapped[name] == nil && left.kinds.contains(.object) {
            return "\(path).\(name): only here"
        }
        for name in mapped.keys.sorted() {
            guard let one = mapped[name], let other = right.members[name] else { continue }
            if let found = difference(one, other, "\(path).\(name)", map, isElement: false) { return found }
        }
        if let one = left.elements.first, let other = right.elements.first {
            return difference(one, other, "\(path)[]", map, isElement: true)
        }
        return nil
    }

    private static func names(_ kinds: Set<JSON.Kind>) -> String {
        kinds.map(\.rawValue).sorted().joined(separator: "|")
    }
}
