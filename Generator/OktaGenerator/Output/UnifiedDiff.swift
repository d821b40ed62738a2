/// The difference of two texts in the unified format, with three lines around each change.
struct UnifiedDiff {
    private static let context = 3

    let oldName: String
    let newName: String
    let old: [Substring]
    let new: [Substring]

    init(oldName: String, newName: String, old: String, new: String) {
        self.oldName = oldName
        self.newName = newName
        self.old = Self.lines(of: old)
        self.new = Self.lines(of: new)
    }

    private static func lines(of text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if let last = lines.popLast(), !last.isEmpty { lines.append(last + "\n\\ No newline at end of file") }
        return lines
    }

    /// The text, cut after a number of lines with a word on what is left out.
    func text(maximumLines: Int) -> String {
        var lines = ["--- \(oldName)", "+++ \(newName)"]
        for hunk in hunks() {
            let removed = hunk.filter { $0.mark != "+" }.count
            let added = hunk.filter { $0.mark != "-" }.count
            guard let first = hunk.first else { continue }
            lines.append("@@ -\(first.oldLine + 1),\(removed) +\(first.newLine + 1),\(added) @@")
            lines += hunk.map { "\($0.mark)\($0.text)" }
        }
        if lines.count > maximumLines {
            let rest = lines.count - maximumLines
            lines = lines.prefix(maximumLines) + ["… \(rest) more lines"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Line {
        var mark: Character
        var text: Substring
        var oldLine: Int
        var newLine: Int
    }

    private func hunks() -> [[Line]] {
        let difference = new.difference(from: old)
        var removals: Set<Int> = []
        var insertions: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removals.insert(offset)
            case .insert(let offset, _, _): insertions.insert(offset)
            }
        }
        var lines: [Line] = []
        var (oldLine, newLine) = (0, 0)
        while oldLine < old.count || newLine < new.count {
            if oldLine < old.count, removals.contains(oldLine) {
                lines.append(Line(mark: "-", text: old[oldLine], oldLine: oldLine, newLine: newLine))
                oldLine += 1
            } else if newLine < new.count, insertions.contains(newLine) {
                lines.append(Line(mark: "+", text: new[newLine], oldLine: oldLine, newLine: newLine))
                newLine += 1
            } else if oldLine < old.count, newLine < new.count {
                lines.append(Line(mark: " ", text: old[oldLine], oldLine: oldLine, newLine: newLine))
                oldLine += 1
                newLine += 1
            } else {
                break
            }
        }
        let changed = lines.indices.filter { lines[$0].mark != " " }
        var hunks: [[Line]] = []
        var end = -1
        for index in changed {
            let from = max(index - Self.context, 0)
            let to = min(index + Self.context, lines.count - 1)
            if from > end + 1 || hunks.isEmpty {
                hunks.append(Array(lines[max(from, end + 1)...to]))
            } else if to > end {
                hunks[hunks.count - 1] += lines[(end + 1)...to]
            }
            end = max(end, to)
        }
        return hunks
    }
}
