/// Collects indented lines of Swift. It accepts only the types of code and documentation that escapers create, and no
/// other text.
package struct CodePrinter {
    /// The maximum width of a line.
    static let maximumColumn = 120

    package private(set) var text = ""
    private var level = 0 { didSet { indentation = String(repeating: "    ", count: level) } }
    private var indentation = ""

    /// Creates an empty printer.
    package init() {}

    /// The columns left on a line at the current indentation.
    var columnsLeft: Int { Self.maximumColumn - 4 * level }

    /// Prints lines at the current indentation. An empty line stays empty.
    package mutating func print(_ lines: SwiftCode...) {
        for line in lines { print(line: line.text) }
    }

    private mutating func print(line: String) {
        if !line.isEmpty {
            text += indentation
            text += line
        }
        text += "\n"
    }

    /// Prints the output of `body` one level deeper.
    package mutating func indented(_ body: (inout CodePrinter) -> Void) {
        level += 1
        body(&self)
        level -= 1
    }

    /// Prints `head {`, the output of `body` one level deeper, and `}`.
    package mutating func block(_ head: SwiftCode, _ body: (inout CodePrinter) -> Void) {
        print("\(head) {")
        indented(body)
        print("}")
    }

    /// Prints `head { expression }`, on three lines if it does not fit on one.
    mutating func computed(_ head: SwiftCode, _ expression: SwiftCode) {
        let oneLine: SwiftCode = "\(head) { \(expression) }"
        guard !oneLine.fits(columnsLeft) else { return print(oneLine) }
        block(head) { $0.print(expression) }
    }

    /// Prints a doc comment's paragraph, wrapped at words.
    ///
    /// - Parameters:
    ///   - paragraph: One paragraph.
    ///   - indent: The spaces that the lines after the first are indented by, for list items.
    package mutating func document(_ paragraph: DocText, hanging indent: Int = 0) {
        guard !paragraph.isEmpty else { return print("///") }
        let width = columnsLeft - 4
        guard !paragraph.fits(width) else { return print(line: "/// \(paragraph.text)") }
        let start = indentation + "/// "
        let hanging = String(repeating: " ", count: indent)
        // The indentation of a list item is kept; words are split only at single spaces.
        let lead = String(repeating: " ", count: paragraph.text.utf8.prefix { $0 == UInt8(ascii: " ") }.count)
        text += start + lead
        // The characters of the current line.
        var count = lead.utf8.count
        for (index, word) in paragraph.text.utf8.split(separator: UInt8(ascii: " ")).enumerated() {
            let word = Substring(word)
            let wordCount = word.columns
            if index > 0, count + 1 + wordCount > width {
                text += "\n\(start)\(hanging)"
                count = indent
            } else if index > 0 {
                text += " "
                count += 1
            }
            text += word
            count += wordCount
        }
        text += "\n"
    }

    /// Prints the elements of a list, one per line, with commas between them.
    package mutating func print(list elements: [SwiftCode]) {
        for (index, element) in elements.enumerated() {
            print(index == elements.count - 1 ? element : "\(element),")
        }
    }

    /// Prints the elements of a list between two texts, on one line if it fits, and otherwise one per line.
    mutating func print(_ start: SwiftCode, list elements: [SwiftCode], _ end: SwiftCode) {
        let oneLine: SwiftCode = "\(start)\(elements.joined(separator: ", "))\(end)"
        guard !oneLine.fits(columnsLeft) else { return print(oneLine) }
        print(start)
        indented { $0.print(list: elements) }
        print(end)
    }

    /// Prints the elements of a list with commas between them, filling the lines. An element with several lines starts
    /// on a new line. With a text before the list, the lines after the first are indented.
    mutating func print(wrapping elements: [SwiftCode], after start: SwiftCode = "", before end: SwiftCode = "") {
        let isHanging = !start.text.isEmpty
        let width = isHanging ? columnsLeft - 4 : columnsLeft
        var lines: [SwiftCode] = []
        for (index, element) in elements.enumerated() {
            let next: SwiftCode = "\(index == 0 ? start : "")\(element)\(index == elements.count - 1 ? end : ",")"
            if let last = lines.last, !last.hasSeveralLines, !next.hasSeveralLines {
                let both: SwiftCode = "\(last) \(next)"
                if both.fits(width) {
                    lines[lines.count - 1] = both
                    continue
                }
            }
            lines.append(next)
        }
        for (index, line) in lines.enumerated() {
            for part in line.lines { print(index > 0 && isHanging ? "    \(part)" : part) }
        }
    }

    /// Prints a raw literal with lines of JSON between two texts.
    mutating func print(_ start: SwiftCode, raw lines: [JSONText], _ end: SwiftCode) {
        print("\(start)#\"\"\"")
        indented { printer in
            for line in lines { printer.print(line: line.text) }
            printer.print("\"\"\"#\(end)")
        }
    }
}
