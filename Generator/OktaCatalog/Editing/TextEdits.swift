import YAML

/// Changes to one text, each at a place of the text as it stands; all else stays as it is, byte for byte.
struct TextEdits {
    /// The text without a byte order mark.
    private let scalars: [Unicode.Scalar]
    /// Where each line begins, and where its text ends.
    private let lines: [Range<Int>]
    /// How the text's lines end.
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

    /// Whether nothing is changed.
    var isEmpty: Bool { edits.isEmpty }

    // MARK: Places

    /// The place of a mark.
    func offset(of mark: SourceMark) -> Int {
        min(startOfLine(mark.line) + mark.column - 1, scalars.count)
    }

    /// Where a line begins; behind the last one, where the text ends.
    func startOfLine(_ line: Int) -> Int {
        line <= lines.count ? lines[max(line, 1) - 1].lowerBound : scalars.count
    }

    /// Where the text of a line ends, before its line break.
    func endOfLine(_ line: Int) -> Int {
        line <= lines.count ? lines[max(line, 1) - 1].upperBound : scalars.count
    }

    /// The text of a stretch.
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    /// Whether a stretch holds nothing but spaces and tabs.
    func isBlank(_ range: Range<Int>) -> Bool { scalars[range].allSatisfy { $0 == " " || $0 == "\t" } }

    /// The first place of a character in a stretch, beside comments.
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

    /// The end of a stretch without the line breaks and blanks at its end.
    func trimmedEnd(of range: Range<Int>) -> Int {
        scalars[range].lastIndex { !" \t\n\r".unicodeScalars.contains($0) }.map { $0 + 1 } ?? range.lowerBound
    }

    /// All lines without their line breaks; a text that ends with a line break has no line behind it.
    var allLines: [String] {
        lines.dropLast(lines.last?.isEmpty == true ? 1 : 0).map { text($0) }
    }

    /// Whole lines, counted from 1, without their line breaks.
    func lines(_ numbers: ClosedRange<Int>) -> [String] {
        numbers.filter { $0 <= lines.count }.map { text(lines[$0 - 1]) }
    }

    // MARK: Changes

    /// Puts another text in the place of a stretch.
    mutating func replace(_ range: Range<Int>, by text: String) {
        edits.append((range, text))
    }

    /// Takes whole lines away, counted from 1.
    mutating func removeLines(_ numbers: ClosedRange<Int>) {
        edits.append((startOfLine(numbers.lowerBound)..<startOfLine(numbers.upperBound + 1), ""))
    }

    /// Adds whole lines behind a line; 0 puts them first.
    mutating func insert(lines: [String], afterLine line: Int) {
        guard !lines.isEmpty else { return }
        let at = startOfLine(line + 1)
        // The last line may have no end.
        let needsBreak = at == scalars.count && self.lines.last.map { !$0.isEmpty } ?? false
        edits.append((at..<at, (needsBreak ? lineBreak : "") + lines.joined(separator: lineBreak) + lineBreak))
    }

    /// The text with all changes.
    var result: String {
        var result = String.UnicodeScalarView()
        if hasByteOrderMark { result.append("\u{FEFF}") }
        var position = 0
        // What is added at a place goes before what is taken away there; equal places keep their order.
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
        result.append(contentsOf: scalars[position...])
        return String(result)
    }
}
