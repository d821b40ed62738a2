import OktaCatalog
import YAML

/// A fact as YAML text, for comparison with a value of the catalog.
struct FactValue {
    let text: String

    /// Whether a node has the same value, in any style.
    func isStated(by node: YAMLNode) -> Bool {
        if case .scalar(text, .plain) = node.content { return true }
        guard let own = YAMLEditResult.parsed([text]) else { return false }
        // Additional text on a deprecation is written by a person.
        if own.scalar == "true", node.entries != nil { return true }
        return Self.areSame(own, node)
    }

    private static func areSame(_ left: YAMLNode, _ right: YAMLNode) -> Bool {
        switch (left.content, right.content) {
        case (.scalar(let left, _), .scalar(let right, _)):
            return left.hasSameBytes(as: right)
        case (.sequence(let left), .sequence(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { areSame($0, $1) }
        case (.mapping(let left), .mapping(let right)):
            return left.count == right.count
                && left.allSatisfy { entry in
                    right.first { $0.name.hasSameBytes(as: entry.name) }.map { areSame(entry.value, $0.value) } ?? false
                }
        default:
            return false
        }
    }
}
