import OktaCatalog
import YAML

/// Updates entries of the catalog to the facts of Okta's document.
///
/// Only values that differ are changed. A new member of a list is inserted after its predecessor in the document.
/// Existing parameters and fields keep their order, which is that of functions and initializers. Values and variants
/// follow the order of the document.
///
/// A member that the document no longer has is removed, unless it has handwritten parts. In that case it is marked with
/// `removed: true`. When the document has it again, it returns with its sentences at its place in the document. The
/// result therefore does not depend on the number of steps.
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

    /// Updates the facts of a mapping, and returns the changed keys.
    mutating func update(_ mapping: YAMLNode, to facts: [Fact], keys: EntryKeys) -> [String] {
        guard let entries = mapping.entries else { return [] }
        let pinned = mapping.pinnedKeys
        var changed: [String] = []
        for (index, entry) in entries.enumerated() where keys.facts.contains(entry.name) && !pinned.contains(entry.name)
        {
            // A deprecation is the only fact that may contain handwritten text.
            let isDeprecation = entry.name == "deprecated" && entry.value.entries != nil
            if let fact = facts.first(where: { $0.key == entry.name }) {
                if entry.value.isRemoved {
                    restore(entry.value)
                } else {
                    guard !fact.isStated(by: entry.value) else { continue }
                    set(index, of: mapping, to: .line(fact.value))
                }
            } else if isDeprecation {
                guard !entry.value.isRemoved else { continue }
                markRemoved(entry.value, keys: EntryKeys(order: [], facts: []))
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

    /// Sets a key of a mapping. A new key is inserted at its defined position.
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

    /// Marks an entry as one that the document no longer has.
    mutating func markRemoved(_ entry: YAMLNode, keys: EntryKeys) {
        set(EntryKeys.removed, of: entry, to: .line(.plain("true")), keys: keys)
    }

    /// Removes the mark from an entry that the document has again.
    mutating func restore(_ entry: YAMLNode) { remove(EntryKeys.removed, from: entry) }

    // MARK: Members of a list or mapping

    /// Updates the members of a list or mapping. A member with pins is never removed, and one with sentences is only
    /// marked.
    ///
    /// - Parameters:
    ///   - collection: The list or mapping.
    ///   - targets: The members of the document, in its order.
    ///   - keepsOrder: Whether existing members keep their order. Otherwise they follow the order of the document.
    mutating func update(_ collection: YAMLNode, to targets: [Target], keepsOrder: Bool = true) -> Difference {
        var difference = Difference()
        let items = collection.items
        let desired = Dictionary(texts: targets.map { ($0.name, $0) })
        let standing = Dictionary(texts: items.enumerated().map { ($0.element.name, $0.offset) })
        difference.added = targets.map(\.name).filter { name in
            standing[text: name].map { items[$0].value.isRemoved } ?? true
        }
        for (index, item) in items.enumerated()
        where desired[text: item.name] == nil && item.value.pinnedKeys.isEmpty && !item.value.isRemoved {
            difference.removed.append(item.name)
            if item.value.isWrittenMember {
                markRemoved(item.value, keys: .member)
            } else {
                remove(index, from: collection)
            }
        }
        for (index, item) in items.enumerated() {
            let target = desired[text: item.name]
            let isRestored = target != nil && item.value.isRemoved
            if isRestored { restore(item.value) }
            if update(item, at: index, in: collection, to: target), !isRestored {
                difference.changed.append(item.name)
            }
        }
        let places = targets.map { standing[text: $0.name] }
        let settled = keepsOrder ? Set(places.compactMap { $0 }.filter { !items[$0].value.isRemoved }) : []
        place(targets, in: collection, at: places, settled: settled)
        return difference
    }

    /// Inserts new members after their predecessors in the document. Existing members without a settled place are moved
    /// there too, unless they are next to one of their neighbors in the document.
    ///
    /// - Parameters:
    ///   - targets: The members of the document, in its order.
    ///   - collection: The list or mapping.
    ///   - places: The index of each target in the collection; nil for a new one.
    ///   - settled: The indices of the members that do not move.
    private mutating func place(
        _ targets: [Target], in collection: YAMLNode, at places: [Int?], settled: Set<Int>
    ) {
        var settled = settled
        var position = Position.first
        for (offset, target) in targets.enumerated() {
            guard let index = places[offset] else {
                insert(target.member, into: collection, at: position)
                continue
            }
            if !settled.contains(index) {
                guard isPlaced(index, after: position, before: places[(offset + 1)...], settled) else {
                    move(index, of: collection, to: position)
                    continue
                }
                settled.insert(index)
            }
            position = .after(index)
        }
    }

    /// Returns whether a member directly follows the settled member that precedes it in the document, or directly
    /// precedes the settled one that follows it.
    private func isPlaced(
        _ index: Int, after position: Position, before followers: ArraySlice<Int?>, _ settled: Set<Int>
    ) -> Bool {
        if settled.filter({ $0 < index }).max().map({ .after($0) }) ?? .first == position { return true }
        guard let next = followers.lazy.compactMap({ $0 }).first(where: settled.contains) else { return false }
        return settled.filter { $0 > index }.min() == next
    }

    /// Updates a member, and returns whether it changed.
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
