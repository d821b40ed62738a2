import YAML

/// Writes changes to the values of a file into its text, in block form a line or more a member, in flow form between the
/// commas.
struct YAMLEditWriter {
    private(set) var edits: TextEdits
    private let changes: [SourceMark: YAMLEdits.Changes]

    init(file: SourceFile, changes: [SourceMark: YAMLEdits.Changes]) {
        edits = TextEdits(file)
        self.changes = changes
    }

    /// Writes the changes to a node and to all below it. The recursion is as deep as the text, which the loader bounds.
    mutating func write(_ node: YAMLNode) {
        let own = changes[node.location.start]
        // What is added at the end of a member goes before what is added behind it.
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
    /// Puts a value in one line behind an entry's colon, or in the place of the value that stands there.
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

    /// Takes an entry's value away, so that lines below can say another one.
    mutating func clear(_ entry: YAMLEntry) {
        let value = stretch(ofValueOf: entry)
        guard let colon = colon(of: entry), !value.isEmpty else { return }
        replace((isBlank((colon + 1)..<value.lowerBound) ? colon + 1 : value.lowerBound)..<value.upperBound, by: "")
    }

    /// Where an entry's colon stands; nil when it has none.
    private func colon(of entry: YAMLEntry) -> Int? {
        let key = offset(of: entry.key.location.end)
        return first(":", in: key..<max(key, offset(of: entry.value.location.start)))
    }

    /// The stretch of an entry's value: empty for nothing, to the end of its last line for a collection in lines.
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
    /// The last line on which a part of the node stands; block collections end where their last part ends.
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
    /// The last line on which a part of the entry stands.
    var lastLine: Int { max(key.location.start.line, value.lastLine) }
}
