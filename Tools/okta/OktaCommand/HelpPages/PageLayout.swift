/// Lays out text within a width.
package struct PageLayout: Sendable {
    /// The width in terminal cells.
    package let width: Int

    /// Creates a layout for a stream: the width of its terminal within readable limits, or a default width.
    package init(_ output: TextOutput) { self.init(width: min(max(output.columns ?? 80, 40), 110)) }

    package init(width: Int) { self.width = width }

    /// Returns the indented lines of a paragraph.
    package func paragraph(_ text: String, indentation: Int = 0) -> [String] {
        let room = max(width - indentation, 20)
        let blanks = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = ""
        var cells = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            let length = DisplayWidth.of(String(word))
            if cells > 0, cells + 1 + length > room {
                lines.append(blanks + line)
                line = ""
                cells = 0
            }
            if cells > 0 { line += " " }
            line += word
            cells += length + (line.utf8.count > word.utf8.count ? 1 : 0)
        }
        if !line.isEmpty { lines.append(blanks + line) }
        return lines
    }

    /// Returns entries of a name and a text, with aligned texts.
    package func entries(_ entries: [(name: String, text: String)], indentation: Int = 2) -> [String] {
        let longest = entries.map { DisplayWidth.of($0.name) }.max() ?? 0
        let column = min(longest, max(width / 3, 12)) + 2 + indentation
        return entries.flatMap { entry -> [String] in
            let name = String(repeating: " ", count: indentation) + entry.name
            let lines = paragraph(entry.text, indentation: column)
            guard let first = lines.first else { return [name] }
            // A long name has its own line.
            guard DisplayWidth.of(name) + 2 <= column else { return [name] + lines }
            return [DisplayWidth.padded(name, to: column) + first.dropFirst(column)] + lines.dropFirst()
        }
    }

    /// Returns words in columns.
    package func columns(_ words: [String], indentation: Int = 2) -> [String] {
        let column = (words.map { DisplayWidth.of($0) }.max() ?? 0) + 2
        let perLine = max(1, (width - indentation + 2) / column)
        let blanks = String(repeating: " ", count: indentation)
        let rows = (words.count + perLine - 1) / perLine
        // The order is by column, as in a dictionary.
        return (0..<rows).map { row in
            let line = stride(from: row, to: words.count, by: max(rows, 1)).map {
                DisplayWidth.padded(words[$0], to: column)
            }.joined()
            return blanks + String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Returns the first sentence of a text without its full stop.
    package static func firstSentence(of text: String) -> String {
        let text = text.drop { $0 == " " }
        let end = text.firstRange(of: ". ")?.lowerBound ?? (text.last == "." ? text.index(before: text.endIndex) : nil)
        return String(text[..<(end ?? text.endIndex)])
    }

    /// Returns Markdown without backticks.
    package static func plain(_ text: String) -> String { text.filter { $0 != "`" } }
}
