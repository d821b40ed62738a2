import OktaCatalog
import YAML

/// The unified diff of two texts, with three lines of context.
struct UnifiedDiff {
    private static let context = 3
    /// The maximum number of compared lines, because a minimal diff takes quadratic time. Beyond this limit, all lines
    /// are shown as changed.
    private static let maximumComparedLines = 20_000

    let oldName: String
    let newName: String
    /// The lines, which are compared by their bytes, like the files.
    private let old: [ArraySlice<UInt8>]
    private let new: [ArraySlice<UInt8>]

    init(oldName: String, newName: String, old: [UInt8], new: [UInt8]) {
        self.oldName = oldName
        self.newName = newName
        self.old = Self.lines(of: old)
        self.new = Self.lines(of: new)
    }

    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if let last = lines.popLast(), !last.isEmpty { lines.append(last + "\n\\ No newline at end of file".utf8) }
        return lines
    }

    /// Returns the text, truncated after a number of lines with a note.
    func text(maximumLines: Int) -> String {
        var lines = ["--- \(oldName)", "+++ \(newName)"]
        for hunk in hunks() {
            guard let first = hunk.first else { continue }
            let old = Self.range(first.oldLine, hunk.count { $0.mark != "+" })
            let new = Self.range(first.newLine, hunk.count { $0.mark != "-" })
            lines.append("@@ -\(old) +\(new) @@")
            lines += hunk.map { "\($0.mark)\(Self.shown($0.text))" }
        }
        if lines.count > maximumLines {
            let rest = lines.count - maximumLines
            lines = lines.prefix(maximumLines) + ["… \(rest) more lines"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Returns the first line and the number of lines; an empty range names the line before it.
    private static func range(_ start: Int, _ count: Int) -> String { "\(count == 0 ? start : start + 1),\(count)" }

    /// Returns a line, safe for a terminal: control characters as `\u{…}`, invalid UTF-8 as U+FFFD.
    private static func shown(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line, as: UTF8.self).escaping { scalar in
            let isControl = scalar.properties.generalCategory == .control
            return isControl && scalar != "\t" && scalar != "\n" ? "\\u{\(String(scalar.value, radix: 16))}" : nil
        }
    }

    private struct Line {
        var mark: Character
        var text: ArraySlice<UInt8>
        var oldLine: Int
        var newLine: Int
    }

    /// Returns the numbers of removed and inserted lines.
    private func changes() -> (removals: Set<Int>, insertions: Set<Int>) {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old[head...].reversed(), new[head...].reversed()).prefix { $0 == $1 }.count
        let (oldEnd, newEnd) = (old.count - tail, new.count - tail)
        guard oldEnd - head + newEnd - head <= Self.maximumComparedLines else {
            return (Set(head..<oldEnd), Set(head..<newEnd))
        }
        var (removals, insertions): (Set<Int>, Set<Int>) = ([], [])
        for change in new[head..<newEnd].difference(from: old[head..<oldEnd]) {
            switch change {
            case .remove(let offset, _, _): removals.insert(head + offset)
            case .insert(let offset, _, _): insertions.insert(head + offset)
            }
        }
        return (removals, insertions)
    }

    private func hunks() -> [[Line]] {
        let (removals, insertions) = changes()
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
