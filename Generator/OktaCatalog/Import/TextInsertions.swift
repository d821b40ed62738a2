import YAML

/// Lines to be added to a file, each behind a line that stands; nothing that stands is touched.
struct TextInsertions {
    private var additions: [Int: [String]] = [:]

    var isEmpty: Bool { additions.isEmpty }

    /// Adds lines behind the line of the given number, counted from 1; 0 puts them first. They are indented as the
    /// entries of `node` are, which is in block form.
    mutating func add(_ lines: [String], afterLine line: Int, indentedLike node: YAMLNode) {
        let indentation = String(repeating: " ", count: node.entryColumn - 1)
        additions[line, default: []] += lines.map { indentation + $0 }
    }

    /// The text with the additions.
    func applied(to file: SourceFile) -> String {
        var lines = String(decoding: file.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        var result = additions[0] ?? []
        for (index, line) in lines.enumerated() {
            result.append(line)
            result += additions[index + 1] ?? []
        }
        for line in additions.keys.filter({ $0 > lines.count }).sorted() { result += additions[line] ?? [] }
        return result.joined(separator: "\n") + "\n"
    }
}

extension YAMLNode {
    /// The column at which the entries of a block collection begin, the dash of a list included.
    fileprivate var entryColumn: Int {
        switch content {
        case .mapping(let entries): entries.first?.key.location.start.column ?? location.start.column
        case .sequence, .scalar: location.start.column
        }
    }

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
            isFlow
                ? location.end.line
                : entries.last.map { max($0.key.location.start.line, $0.value.lastLine) } ?? location.start.line
        }
    }
}
