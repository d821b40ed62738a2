import OktaCatalog
import YAML

/// A fact in the catalog's grammar.
struct Fact {
    var key: String
    var value: YAMLNode

    /// The fact as an entry of a mapping.
    var entry: YAMLEntry { YAMLEntry(key: .plain(key), value: value) }
    /// The fact as a line of an entry.
    var member: YAMLMember { YAMLMember(key, .line(value)) }

    /// Returns whether a node states the same fact, in any style.
    func isStated(by node: YAMLNode) -> Bool {
        // Additional text of a deprecation is handwritten.
        if value.scalar == "true", node.entries != nil { return true }
        return Self.areSame(value, node)
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

extension [Fact] {
    /// Adds a fact if it has a value.
    mutating func add(_ key: String, _ value: YAMLNode?) {
        if let value { append(Fact(key: key, value: value)) }
    }

    /// Adds a fact if it is true.
    mutating func add(_ key: String, if isTrue: Bool) {
        if isTrue { append(Fact(key: key, value: .plain("true"))) }
    }

    /// The facts as a mapping in flow style.
    var mapping: YAMLNode { .flow(map(\.entry)) }
}
