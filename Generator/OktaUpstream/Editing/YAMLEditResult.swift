import YAML

/// The expected values of a file after its edits, computed from its values without its text.
struct YAMLEditResult {
    let changes: [SourceMark: YAMLEdits.Changes]

    /// A node with the changes to it and to its descendants.
    func value(of node: YAMLNode) -> YAMLNode {
        var node = node
        let own = changes[node.location.start] ?? YAMLEdits.Changes()
        switch node.content {
        case .scalar: break
        case .sequence(let elements):
            var result = own.insertions(at: .first).map(\.value.node)
            for (index, element) in elements.enumerated() {
                if !own.removed.contains(index) { result.append(value(of: element)) }
                result += own.insertions(at: .after(index)).map(\.value.node)
            }
            node.content = .sequence(result)
        case .mapping(let entries):
            var result = own.insertions(at: .first).compactMap(\.entry)
            for (index, entry) in entries.enumerated() {
                if !own.removed.contains(index) {
                    result.append(
                        YAMLEntry(key: entry.key, value: own.values[index]?.node ?? value(of: entry.value)))
                }
                result += own.insertions(at: .after(index)).compactMap(\.entry)
            }
            node.content = .mapping(result)
        }
        return node
    }
}
