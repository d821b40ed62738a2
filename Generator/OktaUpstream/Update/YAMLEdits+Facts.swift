import OktaCatalog
import YAML

/// Updates entries of the catalog to the facts of Okta's document.
///
/// Only values that differ are changed. A new list member is inserted after the one that it follows in the document, so
/// a list in document order stays so, and the result does not depend on the number of steps.
extension YAMLEdits {
    /// The target state of a member of a list or mapping.
    struct Target {
        var name: String
        /// The whole member.
        var member: YAMLMember
        /// The facts of a member that is a mapping.
        var facts: [Fact]?
        /// The value of a mapping's member that is not a mapping itself.
        var value: YAMLNode?
    }

    /// The names of the members that change.
    struct Difference {
        var added: [String] = []
        var removed: [String] = []
        var changed: [String] = []
    }

    // MARK: Facts of one entry

    /// Updates the facts of a mapping; returns the changed keys.
    mutating func update(_ mapping: YAMLNode, to facts: [Fact], keys: EntryKeys) -> [String] {
        guard let entries = mapping.entries else { return [] }
        let pinned = mapping.pinnedKeys
        var changed: [String] = []
        for (index, entry) in entries.enumerated() where keys.facts.contains(entry.name) && !pinned.contains(entry.name)
        {
            if let fact = facts.first(where: { $0.key == entry.name }) {
                guard !fact.isStated(by: entry.value) else { continue }
                set(index, of: mapping, to: .line(fact.value))
            } else {
                remove(index, from: mapping)
            }
            changed.append(entry.name)
        }
        for fact in facts where mapping[fact.key] == nil && !pinned.contains(fact.key) {
            set(fact.key, of: mapping, to: .line(fact.value), keys: keys)
            changed.append(fact.key)
        }
        return changed
    }

    /// Sets a key of a mapping; a new one is inserted at its defined position.
    mutating func set(_ key: String, of mapping: YAMLNode, to value: YAMLContent, keys: EntryKeys) {
        let entries = mapping.entries ?? []
        let before = entries.lastIndex { keys.rank(of: $0.name) <= keys.rank(of: key) }
        set(key, of: mapping, to: value, at: before.map { .after($0) } ?? (entries.isEmpty ? .first : .after(0)))
    }

    /// Removes a key.
    mutating func remove(_ key: String, from mapping: YAMLNode) {
        guard let index = mapping.entries?.firstIndex(where: { $0.name == key }) else { return }
        remove(index, from: mapping)
    }

    // MARK: Members of a list or mapping

    /// Updates the members of a list or mapping. A member with pins is never removed.
    mutating func update(_ collection: YAMLNode, to targets: [Target]) -> Difference {
        var difference = Difference()
        let items = collection.items
        let desired = Dictionary(texts: targets.map { ($0.name, $0) })
        let standing = Dictionary(texts: items.enumerated().map { ($0.element.name, $0.offset) })
        difference.added = targets.map(\.name).filter { standing[text: $0] == nil }
        for (index, item) in items.enumerated() where desired[text: item.name] == nil && item.value.pinnedKeys.isEmpty {
            difference.removed.append(item.name)
            remove(index, from: collection)
        }
        for (index, item) in items.enumerated() {
            if update(item, at: index, in: collection, to: desired[text: item.name]) {
                difference.changed.append(item.name)
            }
        }
        // New members are inserted after the existing one that they follow.
        var position = Position.first
        for target in targets {
            if let index = standing[text: target.name] {
                position = .after(index)
            } else {
                insert(target.member, into: collection, at: position)
            }
        }
        return difference
    }

    /// Updates one member; returns whether it changed.
    private mutating func update(
        _ item: YAMLNode.Item, at index: Int, in collection: YAMLNode, to target: Target?
    ) -> Bool {
        if let facts = target?.facts { return !update(item.value, to: facts, keys: .member).isEmpty }
        guard let value = target?.value, item.isEntry, !Fact(key: item.name, value: value).isStated(by: item.value)
        else { return false }
        set(index, of: collection, to: .line(value))
        return true
    }
}
