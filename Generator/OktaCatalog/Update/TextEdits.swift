import YAML

/// Changes to one file, each at a place of the text as it stands; all else stays as it is, byte for byte.
struct TextEdits {
    private let scalars: [Unicode.Scalar]
    private let lineStarts: [Int]
    private var edits: [(range: Range<Int>, text: String)] = []

    init(_ file: SourceFile) {
        scalars = Array(String(decoding: file.bytes, as: UTF8.self).unicodeScalars)
        var starts = [0]
        for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
        lineStarts = starts
    }

    /// Whether nothing is changed.
    var isEmpty: Bool { edits.isEmpty }

    /// The text at a place.
    func text(at location: SourceLocation) -> String {
        string(of: offset(of: location.start)..<max(offset(of: location.start), offset(of: location.end)))
    }

    /// Puts another text in the place of what stands between two marks.
    mutating func replace(from start: SourceMark, to end: SourceMark, by text: String) {
        edits.append((offset(of: start)..<max(offset(of: start), offset(of: end)), text))
    }

    /// Takes whole lines away, counted from 1.
    mutating func removeLines(_ lines: ClosedRange<Int>) {
        edits.append((startOfLine(lines.lowerBound)..<startOfLine(lines.upperBound + 1), ""))
    }

    /// Adds whole lines behind a line; 0 puts them first.
    mutating func insert(lines: [String], afterLine line: Int) {
        guard !lines.isEmpty else { return }
        let at = startOfLine(line + 1)
        let needsBreak = at == scalars.count && !scalars.isEmpty && scalars.last != "\n"
        edits.append((at..<at, (needsBreak ? "\n" : "") + lines.joined(separator: "\n") + "\n"))
    }

    /// Whole lines, counted from 1, without the last line break.
    func lines(_ lines: ClosedRange<Int>) -> [String] {
        let text = string(of: startOfLine(lines.lowerBound)..<startOfLine(lines.upperBound + 1))
        return (text.hasSuffix("\n") ? String(text.dropLast()) : text)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The text with all changes.
    var result: String {
        var result = String.UnicodeScalarView()
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

    private func string(of range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private func startOfLine(_ line: Int) -> Int {
        line <= lineStarts.count ? lineStarts[max(line, 1) - 1] : scalars.count
    }

    private func offset(of mark: SourceMark) -> Int {
        min(startOfLine(mark.line) + mark.column - 1, scalars.count)
    }
}
