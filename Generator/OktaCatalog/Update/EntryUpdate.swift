import YAML

/// Brings entries of the catalog to the facts of Okta's document, line by line.
///
/// Only values that differ are touched. A new member of a list goes behind the one that it follows in the document:
/// wherever a list is in the document's order it stays so, and it does not matter in how many steps members come.
struct EntryUpdate {
    var edits: TextEdits

    /// A member of a list or mapping, as it should be.
    struct Member {
        var name: String
        /// The whole member in a line, without indentation and dash.
        var line: String
        /// The facts of a member that is a mapping.
        var facts: [(key: String, value: String)]?
        /// The value of a member of a mapping that is not one itself.
        var value: String?
    }

    /// What became of the members of a list or mapping, by name.
    struct Changes {
        var added: [String] = []
        var removed: [String] = []
        var changed: [String] = []
        var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
    }

    // MARK: Facts of one entry

    /// Brings the facts of a mapping up to date; the keys that changed.
    mutating func update(
        _ mapping: YAMLNode, to facts: [(key: String, value: String)], keys: FactKeys
    ) -> [String] {
        guard let entries = mapping.entries else { return [] }
        if mapping.isFlow {
            guard let (text, changed) = flowText(of: mapping, updatedTo: facts, keys: keys) else { return [] }
            edits.replace(from: mapping.location.start, to: mapping.location.end, by: text)
            return changed
        }
        let pinned = mapping.pinnedKeys
        var changed: [String] = []
        for entry in entries where keys.facts.contains(entry.name) && !pinned.contains(entry.name) {
            guard let fact = facts.first(where: { $0.key == entry.name }) else {
                edits.removeLines(entry.key.location.start.line...entry.lastLine)
                changed.append(entry.name)
                continue
            }
            guard !isStated(fact.value, by: entry.value) else { continue }
            if entry.value.entries == nil && entry.value.elements == nil || entry.value.isFlow {
                edits.replace(from: entry.value.location.start, to: entry.value.location.end, by: fact.value)
            } else {
                edits.removeLines(entry.key.location.start.line...entry.lastLine)
                let indentation = String(repeating: " ", count: entry.key.location.start.column - 1)
                edits.insert(
                    lines: ["\(indentation)\(entry.name): \(fact.value)"],
                    afterLine: entry.key.location.start.line - 1)
            }
            changed.append(entry.name)
        }
        for fact in facts where mapping[fact.key] == nil && !pinned.contains(fact.key) {
            insert(lines: ["\(fact.key): \(fact.value)"], key: fact.key, into: mapping, keys: keys)
            changed.append(fact.key)
        }
        return changed
    }

    /// Adds a key with its lines, without indentation, to a mapping in block form, at the place that is the key's.
    mutating func insert(lines: [String], key: String, into mapping: YAMLNode, keys: FactKeys) {
        guard let entries = mapping.entries, let first = entries.first else { return }
        let start = first.key.location.start
        let before = entries.last { keys.rank(of: $0.name) <= keys.rank(of: key) } ?? first
        let indentation = String(repeating: " ", count: start.column - 1)
        edits.insert(lines: lines.map { indentation + $0 }, afterLine: before.lastLine)
    }

    /// A flow mapping with its facts up to date, and the keys that changed; nil when nothing did.
    private func flowText(
        of mapping: YAMLNode, updatedTo facts: [(key: String, value: String)], keys: FactKeys
    ) -> (text: String, changed: [String])? {
        let pinned = mapping.pinnedKeys
        var changed: [String] = []
        var parts: [(key: String, text: String)] = []
        for entry in mapping.entries ?? [] {
            let key = edits.text(at: entry.key.location)
            let raw = edits.text(at: entry.value.location)
            guard keys.facts.contains(entry.name), !pinned.contains(entry.name) else {
                parts.append((entry.name, "\(key): \(raw)"))
                continue
            }
            let fact = facts.first { $0.key == entry.name }
            guard let fact else {
                changed.append(entry.name)
                continue
            }
            let isSame = isStated(fact.value, by: entry.value)
            parts.append((entry.name, "\(key): \(isSame ? raw : fact.value)"))
            if !isSame { changed.append(entry.name) }
        }
        for fact in facts where mapping[fact.key] == nil && !pinned.contains(fact.key) {
            let index = parts.lastIndex { keys.rank(of: $0.key) <= keys.rank(of: fact.key) }.map { $0 + 1 } ?? 0
            parts.insert((fact.key, "\(fact.key): \(fact.value)"), at: index)
            changed.append(fact.key)
        }
        return changed.isEmpty ? nil : ("{" + parts.map(\.text).joined(separator: ", ") + "}", changed)
    }

    private func isStated(_ fact: String, by node: YAMLNode) -> Bool {
        FactValue(text: fact).isStated(by: node, writtenAs: edits.text(at: node.location))
    }

    // MARK: Members of a list or mapping

    /// Brings the members of a list or mapping up to date. A member that pins something is never taken away.
    mutating func update(_ collection: YAMLNode, to members: [Member]) -> Changes {
        var changes = Changes()
        let items = collection.items
        let desired = Dictionary(members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let standing = Set(items.map(\.name))
        changes.added = members.map(\.name).filter { !standing.contains($0) }
        changes.removed = items.filter { desired[$0.name] == nil && $0.value.pinnedKeys.isEmpty }.map(\.name)
        let removed = Set(changes.removed)
        let survivors = items.filter { !removed.contains($0.name) }
        // The new ones by the standing one that they follow; nil for those that go first.
        var followers: [String?: [Member]] = [:]
        var last: String?
        let surviving = Set(survivors.map(\.name))
        for member in members {
            if surviving.contains(member.name) {
                last = member.name
            } else {
                followers[last, default: []].append(member)
            }
        }
        if collection.isFlow {
            var parts = (followers[nil] ?? []).map(\.line)
            for item in survivors {
                if let text = flowText(of: item, updatedTo: desired[item.name]) {
                    parts.append(text)
                    changes.changed.append(item.name)
                } else {
                    parts.append(edits.text(at: item.location))
                }
                parts += (followers[item.name] ?? []).map(\.line)
            }
            guard !changes.isEmpty else { return changes }
            let brackets = collection.entries == nil ? ("[", "]") : ("{", "}")
            edits.replace(
                from: collection.location.start, to: collection.location.end,
                by: brackets.0 + parts.joined(separator: ", ") + brackets.1)
            return changes
        }
        for item in items where removed.contains(item.name) {
            edits.removeLines(item.location.start.line...item.lastLine)
        }
        for item in survivors where update(item, to: desired[item.name]) { changes.changed.append(item.name) }
        let column = collection.entries?.first?.key.location.start.column ?? collection.location.start.column
        let start = String(repeating: " ", count: column - 1) + (collection.elements == nil ? "" : "- ")
        let firstLine = items.first?.location.start.line ?? collection.location.start.line
        edits.insert(lines: (followers[nil] ?? []).map { start + $0.line }, afterLine: firstLine - 1)
        for item in survivors {
            edits.insert(lines: (followers[item.name] ?? []).map { start + $0.line }, afterLine: item.lastLine)
        }
        return changes
    }

    /// Brings one member of a collection in block form up to date; whether it changed.
    private mutating func update(_ item: YAMLNode.Item, to member: Member?) -> Bool {
        if let facts = member?.facts { return !update(item.value, to: facts, keys: .member).isEmpty }
        guard let value = member?.value, item.isEntry, !isStated(value, by: item.value) else { return false }
        edits.replace(from: item.value.location.start, to: item.value.location.end, by: value)
        return true
    }

    /// The text of one member of a collection in flow form, up to date; nil when it is so already.
    private func flowText(of item: YAMLNode.Item, updatedTo member: Member?) -> String? {
        let name = YAMLText.scalar(item.name)
        if let facts = member?.facts, item.value.isFlow {
            return flowText(of: item.value, updatedTo: facts, keys: .member).map { "\(name): \($0.text)" }
        }
        guard let value = member?.value, item.isEntry, !isStated(value, by: item.value) else { return nil }
        return "\(name): \(value)"
    }
}
