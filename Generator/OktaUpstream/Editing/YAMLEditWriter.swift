import OktaCatalog
import YAML

/// Writes changed values into the text of a file, with one or more lines per member in block style, and between commas
/// in flow style.
struct YAMLEditWriter {
    private(set) var edits: TextEdits
    private let changes: [SourceMark: YAMLEdits.Changes]

    init(edits: TextEdits, changes: [SourceMark: YAMLEdits.Changes]) {
        self.edits = edits
        self.changes = changes
    }

    /// Writes the changes to a node and its descendants. The loader limits the depth of the recursion.
    mutating func write(_ node: YAMLNode) {
        let own = changes[node.location.start]
        // Text added at the end of a member comes before text added after it.
        switch node.content {
        case .scalar: break
        case .sequence(let elements):
            for (index, element) in elements.enumerated() where own?.removed.contains(index) != true { write(element) }
        case .mapping(let entries):
            for (index, entry) in entries.enumerated()
            where own?.removed.contains(index) != true && own?.values[index] == nil {
                write(entry.value)
            }
        }
        if let own, node.isFlow {
            var writer = FlowEditWriter(edits: edits, node: node, changes: own)
            writer.write()
            edits = writer.edits
        } else if let own {
            var writer = BlockEditWriter(edits: edits, node: node, changes: own)
            writer.write()
            edits = writer.edits
        }
    }
}

extension TextEdits {
    /// Writes a one-line value after an entry's colon, or replaces the existing value.
    mutating func set(_ entry: YAMLEntry, to text: String) {
        guard let colon = colon(of: entry) else {
            let end = offset(of: entry.key.location.end)
            return replace(end..<end, by: ": \(text)")
        }
        let value = stretch(ofValueOf: entry)
        if value.isEmpty || value.lowerBound == colon + 1 {
            replace((colon + 1)..<max(value.upperBound, colon + 1), by: " \(text)")
        } else {
            replace(value, by: text)
        }
    }

    /// Removes an entry's value, so that following lines can replace it.
    mutating func clear(_ entry: YAMLEntry) {
        let value = stretch(ofValueOf: entry)
        guard let colon = colon(of: entry), !value.isEmpty else { return }
        replace((isBlank((colon + 1)..<value.lowerBound) ? colon + 1 : value.lowerBound)..<value.upperBound, by: "")
    }

    /// Returns the position of an entry's colon; nil if it has none.
    private func colon(of entry: YAMLEntry) -> Int? {
        let key = offset(of: entry.key.location.end)
        return first(":", in: key..<max(key, offset(of: entry.value.location.start)))
    }

    /// Returns the range of an entry's value. It is empty if there is no value, and extends to the end of the last line
    /// of a block collection.
    private func stretch(ofValueOf entry: YAMLEntry) -> Range<Int> {
        let location = entry.value.location
        let value = offset(of: location.start)..<max(offset(of: location.start), offset(of: location.end))
        switch entry.value.content {
        case .scalar(_, .block): return value.lowerBound..<trimmedEnd(of: value)
        case .scalar: return value
        case .sequence, .mapping:
            if entry.value.isFlow { return value }
            let start = colon(of: entry).map { $0 + 1 } ?? value.lowerBound
            return start..<max(start, endOfLine(entry.value.lastLine))
        }
    }
}

extension YAMLNode {
    /// The last line of the node; block collections end with their last member.
    var lastLine: Int {
        switch content {
        case .scalar:
            // A block scalar ends at the start of the line after it.
            location.end.column == 1 && location.end.line > location.start.line
                ? location.end.line - 1 : location.end.line
        case .sequence(let elements):
            isFlow ? location.end.line : elements.last?.lastLine ?? location.start.line
        case .mapping(let entries):
            isFlow ? location.end.line : entries.last?.lastLine ?? location.start.line
        }
    }
}

extension YAMLEntry {
    /// The last line of the entry.
    var lastLine: Int { max(key.location.start.line, value.lastLine) }
}
