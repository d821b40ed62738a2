import OktaCatalog
import YAML

/// Edits a list or mapping in block style, in whole lines.
struct BlockEditWriter {
    private(set) var edits: TextEdits
    private let changes: YAMLEdits.Changes
    private let node: YAMLNode
    private let members: [Member]
    private let indentation: String

    /// A member with its range of lines.
    private struct Member {
        /// The position of its key or dash.
        var start: Int
        var firstLine: Int
        var lastLine: Int
    }

    init(edits: TextEdits, node: YAMLNode, changes: YAMLEdits.Changes) {
        self.edits = edits
        self.node = node
        self.changes = changes
        let column = node.location.start.column
        indentation = String(repeating: " ", count: column - 1)
        var lastLine = node.location.start.line - 1
        switch node.content {
        case .scalar: members = []
        case .sequence(let elements):
            members = elements.map { element in
                // The dash may be on a line before its element.
                var line = element.location.start.line
                while line > lastLine + 1, !Self.hasDash(line, at: column, in: edits) { line -= 1 }
                lastLine = max(line, element.lastLine)
                return Member(
                    start: edits.startOfLine(line) + column - 1, firstLine: line, lastLine: lastLine)
            }
        case .mapping(let entries):
            members = entries.map { entry in
                let mark = entry.key.location.start
                // A key may be preceded by `?`.
                let first = edits.startOfLine(mark.line) + column - 1
                let isAnnounced = first < edits.offset(of: mark) && edits.text(first..<(first + 1)) == "?"
                return Member(
                    start: isAnnounced ? first : edits.offset(of: mark), firstLine: mark.line, lastLine: entry.lastLine)
            }
        }
    }

    private static func hasDash(_ line: Int, at column: Int, in edits: TextEdits) -> Bool {
        let start = edits.startOfLine(line)
        let dash = start + column - 1
        guard dash < edits.endOfLine(line), edits.text(dash..<(dash + 1)) == "-" else { return false }
        return edits.isBlank(start..<dash)
    }

    mutating func write() {
        insertFirst(changes.insertions(at: .first).flatMap(\.lines))
        for (index, member) in members.enumerated() {
            if changes.removed.contains(index) {
                remove(index)
            } else if let value = changes.values[index], let entry = node.entries?[index] {
                set(entry, to: value, member)
            }
            for inserted in changes.insertions(at: .after(index)) {
                edits.insert(lines: indented(inserted.lines), afterLine: member.lastLine)
            }
        }
    }

    /// Returns the edited lines of a member and the comments above it, without indentation; nil if its first line
    /// contains anything else.
    func lines(ofMember index: Int) -> [String]? {
        guard !node.isFlow else { return nil }
        let member = members[index]
        guard edits.isBlank(edits.startOfLine(member.firstLine)..<member.start) else { return nil }
        return edits.lines(firstLineOfComments(above: index)...member.lastLine, without: indentation.count)
    }

    /// Returns the first of the comment lines directly above a member with the same indentation.
    private func firstLineOfComments(above index: Int) -> Int {
        var line = members[index].firstLine
        let end = index == 0 ? 0 : members[index - 1].lastLine
        func isComment(_ line: Int) -> Bool {
            edits.text(edits.startOfLine(line)..<edits.endOfLine(line)).hasPrefix("\(indentation)#")
        }
        while line - 1 > end, isComment(line - 1) { line -= 1 }
        return line
    }

    private func indented(_ lines: [String]) -> [String] { lines.map { $0.isEmpty ? $0 : indentation + $0 } }

    private mutating func insertFirst(_ lines: [String]) {
        guard let member = members.first, !lines.isEmpty else { return }
        if edits.isBlank(edits.startOfLine(member.firstLine)..<member.start) {
            // The comments at the beginning of a file belong to the file.
            let next = indentation.isEmpty ? member.firstLine : firstLineOfComments(above: 0)
            edits.insert(lines: indented(lines), afterLine: next - 1)
        } else {
            // After the dash of a list, the new member replaces the first one's position.
            let text = lines.joined(separator: edits.lineBreak + indentation) + edits.lineBreak + indentation
            edits.replace(member.start..<member.start, by: text)
        }
    }

    private mutating func remove(_ index: Int) {
        let member = members[index]
        if edits.isBlank(edits.startOfLine(member.firstLine)..<member.start) {
            let first = changes.moved.contains(index) ? firstLineOfComments(above: index) : member.firstLine
            return edits.removeLines(first...member.lastLine)
        }
        // After the dash of a list, the next member moves up, unless a comment is in between.
        let end = edits.endOfLine(member.lastLine)
        let next = members.indices.first { $0 > index && !changes.removed.contains($0) }.map { members[$0].start }
        let isFree = next.map { edits.trimmedEnd(of: end..<$0) == end } ?? false
        edits.replace(member.start..<(isFree ? next ?? end : end), by: "")
    }

    private mutating func set(_ entry: YAMLEntry, to value: YAMLContent, _ member: Member) {
        switch value {
        case .line(let node): edits.set(entry, to: YAMLNotation.line(node))
        case .members:
            edits.clear(entry)
            edits.insert(lines: indented(value.lines.map { "  \($0)" }), afterLine: member.lastLine)
        }
    }
}
