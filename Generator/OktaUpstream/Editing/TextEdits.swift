import OktaCatalog
import YAML

/// Edits of a text, with positions in the original text. The rest of the text is kept byte for byte.
struct TextEdits {
    /// The text without a byte order mark.
    private let scalars: [Unicode.Scalar]
    /// The range of each line's text.
    private let lines: [Range<Int>]
    /// The text's line break.
    let lineBreak: String
    private let hasByteOrderMark: Bool
    private var edits: [(range: Range<Int>, text: String)] = []

    init(_ file: SourceFile) {
        hasByteOrderMark = file.hasByteOrderMark
        scalars = Array(String(decoding: file.content, as: UTF8.self).unicodeScalars)
        var lines: [Range<Int>] = []
        var lineBreak: String?
        var (start, index) = (0, 0)
        while index < scalars.count {
            guard scalars[index] == "\n" || scalars[index] == "\r" else {
                index += 1
                continue
            }
            lines.append(start..<index)
            let isPair = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
            let end = index + (isPair ? 2 : 1)
            if lineBreak == nil { lineBreak = String(String.UnicodeScalarView(scalars[index..<end])) }
            (start, index) = (end, end)
        }
        self.lines = lines + [start..<scalars.count]
        self.lineBreak = lineBreak ?? "\n"
    }

    /// Whether there are no edits.
    var isEmpty: Bool { edits.isEmpty }

    // MARK: Places

    /// Returns the offset of a position.
    func offset(of mark: SourceMark) -> Int {
        min(startOfLine(mark.line) + mark.column - 1, scalars.count)
    }

    /// Returns the start of a line; after the last one, the end of the text.
    func startOfLine(_ line: Int) -> Int {
        line <= lines.count ? lines[max(line, 1) - 1].lowerBound : scalars.count
    }

    /// Returns the end of a line's text, before its line break.
    func endOfLine(_ line: Int) -> Int {
        line <= lines.count ? lines[max(line, 1) - 1].upperBound : scalars.count
    }

    /// Returns the text of a range.
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    /// Returns whether a range contains only spaces and tabs.
    func isBlank(_ range: Range<Int>) -> Bool { scalars[range].allSatisfy { $0 == " " || $0 == "\t" } }

    /// Returns the first occurrence of a character in a range, outside comments.
    func first(_ character: Unicode.Scalar, in range: Range<Int>) -> Int? {
        var isComment = false
        for index in range {
            switch scalars[index] {
            case "\n", "\r": isComment = false
            case "#" where index > range.lowerBound && " \t\n\r".unicodeScalars.contains(scalars[index - 1]):
                isComment = true
            case character where !isComment: return index
            default: break
            }
        }
        return nil
    }

    /// Returns the end of a range without trailing line breaks and blanks.
    func trimmedEnd(of range: Range<Int>) -> Int {
        scalars[range].lastIndex { !" \t\n\r".unicodeScalars.contains($0) }.map { $0 + 1 } ?? range.lowerBound
    }

    /// All lines without their line breaks. A trailing line break does not start another line.
    var allLines: [String] {
        lines.dropLast(lines.last?.isEmpty == true ? 1 : 0).map { text($0) }
    }

    // MARK: Changes

    /// Replaces a range with another text.
    mutating func replace(_ range: Range<Int>, by text: String) {
        edits.append((range, text))
    }

    /// Removes whole lines, counted from 1.
    mutating func removeLines(_ numbers: ClosedRange<Int>) {
        edits.append((startOfLine(numbers.lowerBound)..<startOfLine(numbers.upperBound + 1), ""))
    }

    /// Inserts whole lines after a line; 0 inserts them at the start.
    mutating func insert(lines: [String], afterLine line: Int) {
        guard !lines.isEmpty else { return }
        let at = startOfLine(line + 1)
        // The last line may lack a line break.
        let needsBreak = at == scalars.count && self.lines.last.map { !$0.isEmpty } ?? false
        edits.append((at..<at, (needsBreak ? lineBreak : "") + lines.joined(separator: lineBreak) + lineBreak))
    }

    /// The text with all edits.
    var result: String { (hasByteOrderMark ? "\u{FEFF}" : "") + text(edited: 0..<scalars.count) }

    /// Returns a range with all edits, none of which may be outside the range.
    private func text(edited range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        var position = range.lowerBound
        // At one position, insertions come before removals; equal positions keep their order.
        let sorted = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
                < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
        }
        for (_, edit) in sorted {
            if edit.range.lowerBound > position {
                result.append(contentsOf: scalars[position..<edit.range.lowerBound])
            }
            result.append(contentsOf: edit.text.unicodeScalars)
            position = max(position, edit.range.upperBound)
        }
        if position < range.upperBound { result.append(contentsOf: scalars[position..<range.upperBound]) }
        return String(result)
    }

    /// Returns the edited lines of a list's element, unchanged except for their indentation; nil if its first line
    /// contains more than its dash. All edits must be within the element.
    func lines(ofElement node: YAMLNode) -> [String]? {
        let first = node.location.start
        let start = startOfLine(first.line)
        let dash = text(start..<offset(of: first))
        guard !node.isFlow, dash.allSatisfy({ $0 == " " || $0 == "-" }), dash.count(where: { $0 == "-" }) == 1 else {
            return nil
        }
        return lines(first.line...node.lastLine, without: dash.prefix { $0 == " " }.count)
    }

    /// Returns whole lines with all edits, which must be within them, without an indentation.
    func lines(_ numbers: ClosedRange<Int>, without indentation: Int) -> [String] {
        let edited = text(edited: startOfLine(numbers.lowerBound)..<startOfLine(numbers.upperBound + 1))
        return TextEdits(SourceFile(path: "", text: edited)).allLines.map { line in
            String(line.dropFirst(min(indentation, line.prefix { $0 == " " }.count)))
        }
    }
}
