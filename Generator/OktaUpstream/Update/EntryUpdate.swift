import OktaCatalog
import YAML

/// Updates entries of the catalog to the facts of Okta's document.
///
/// Only values that differ are changed. A new list member is inserted after the one that it follows in the document, so
/// a list in document order stays so, and the result does not depend on the number of steps.
struct EntryUpdate {
    var edits: YAMLEdits

    /// The target state of a member of a list or mapping.
    struct Member {
        var name: String
        /// The whole member on one line, without indentation and dash.
        var line: String
        /// The facts of a member that is a mapping.
        var facts: [(key: String, value: String)]?
        /// The value of a mapping's member that is not a mapping itself.
        var value: String?
    }

    /// The changes to the members of a list or mapping, by name.
    struct Changes {
        var added: [String] = []
        var removed: [String] = []
        var changed: [String] = []
        var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
    }

    // MARK: Facts of one entry

    /// Updates the facts of a mapping; returns the changed keys.
    mutating func update(
        _ mapping: YAMLNode, to facts: [(key: String, value: String)], keys: FactKeys
    ) -> [String] {
        guard let entries = mapping.entries else { return [] }
        let pinned = mapping.pinnedKeys
        var changed: [String] = []
        for (index, entry) in entries.enumerated() where keys.facts.contains(entry.name) && !pinned.contains(entry.name)
        {
            if let fact = facts.first(where: { $0.key == entry.name }) {
                guard !FactValue(text: fact.value).isStated(by: entry.value) else { continue }
                edits.set(index, of: mapping, to: .line(fact.value))
            } else {
                edits.remove(index, from: mapping)
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
    mutating func set(_ key: String, of mapping: YAMLNode, to value: YAMLEdits.Value, keys: FactKeys) {
        let entries = mapping.entries ?? []
        let before = entries.lastIndex { keys.rank(of: $0.name) <= keys.rank(of: key) }
        edits.set(key, of: mapping, to: value, at: before.map { .after($0) } ?? (entries.isEmpty ? .first : .after(0)))
    }

    /// Removes a key.
    mutating func remove(_ key: String, from mapping: YAMLNode) {
        guard let index = mapping.entries?.firstIndex(where: { $0.name == key }) else { return }
        edits.remove(index, from: mapping)
    }

    // MARK: Members of a list or mapping

    /// Updates the members of a list or mapping. A member with pins is never removed.
    mutating func update(_ collection: YAMLNode, to members: [Member]) -> Changes {
        var changes = Changes()
        let items = collection.items
        let desired = Dictionary(texts: members.map { ($0.name, $0) })
        let standing = Dictionary(texts: items.enumerated().map { ($0.element.name, $0.offset) })
        changes.added = members.map(\.name).filter { standing[text: $0] == nil }
        for (index, item) in items.enumerated() where desired[text: item.name] == nil && item.value.pinnedKeys.isEmpty {
            changes.removed.append(item.name)
            edits.remove(index, from: collection)
        }
        for (index, item) in items.enumerated() {
            if update(item, at: index, in: collection, to: desired[text: item.name]) {
                changes.changed.append(item.name)
            }
        }
        // New members are inserted after the existing one that they follow.
        var position = YAMLEdits.Position.first
        for member in members {
            if let index = standing[text: member.name] {
                position = .after(index)
            } else {
                let dash = collection.elements == nil ? "" : "- "
                edits.insert([dash + member.line], into: collection, at: position)
            }
        }
        return changes
    }

    /// Updates one member; returns whether it changed.
    private mutating func update(
        _ item: YAMLNode.Item, at index: Int, in collection: YAMLNode, to member: Member?
    ) -> Bool {
        if let facts = member?.facts { return !update(item.value, to: facts, keys: .member).isEmpty }
        guard let value = member?.value, item.isEntry, !FactValue(text: value).isStated(by: item.value) else {
            return false
        }
        edits.set(index, of: collection, to: .line(value))
        return true
    }
}
