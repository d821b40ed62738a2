import OktaCatalog
import YAML

/// The expected values of a file after its edits, computed from its values without its text.
struct YAMLEditResult {
    let changes: [SourceMark: YAMLEdits.Changes]

    /// A node with the changes to it and to its descendants; nil when a new value is not valid YAML.
    func value(of node: YAMLNode) -> YAMLNode? {
        var node = node
        let own = changes[node.location.start] ?? YAMLEdits.Changes()
        switch node.content {
        case .scalar: return node
        case .sequence(let elements):
            var result: [YAMLNode] = []
            guard add(own, at: .first, to: &result) else { return nil }
            for (index, element) in elements.enumerated() {
                if !own.removed.contains(index) {
                    guard let value = value(of: element) else { return nil }
                    result.append(value)
                }
                guard add(own, at: .after(index), to: &result) else { return nil }
            }
            node.content = .sequence(result)
        case .mapping(let entries):
            var result: [YAMLEntry] = []
            guard add(own, at: .first, to: &result) else { return nil }
            for (index, entry) in entries.enumerated() {
                if !own.removed.contains(index) {
                    let value = own.values[index].map { Self.parsed($0.lines) } ?? value(of: entry.value)
                    guard let value else { return nil }
                    result.append(YAMLEntry(key: entry.key, value: value))
                }
                guard add(own, at: .after(index), to: &result) else { return nil }
            }
            node.content = .mapping(result)
        }
        return node
    }

    private func add(_ changes: YAMLEdits.Changes, at position: YAMLEdits.Position, to result: inout [YAMLNode]) -> Bool
    {
        for lines in changes.insertions(at: position) {
            guard let elements = Self.parsed(lines)?.elements else { return false }
            result += elements
        }
        return true
    }

    private func add(
        _ changes: YAMLEdits.Changes, at position: YAMLEdits.Position, to result: inout [YAMLEntry]
    ) -> Bool {
        for lines in changes.insertions(at: position) {
            guard let entries = Self.parsed(lines)?.entries else { return false }
            result += entries
        }
        return true
    }

    /// The value that some lines represent.
    static func parsed(_ lines: [String]) -> YAMLNode? {
        var faults = Diagnostics()
        let text = lines.joined(separator: "\n") + "\n"
        let node = YAMLLoader().load(SourceFile(path: "", text: text), reporting: &faults)
        return faults.hasErrors ? nil : node
    }
}
