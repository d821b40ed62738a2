/// Collects lines of Swift, indented as they are printed.
package struct CodePrinter {
    /// The widest line of code or documentation.
    static let maximumColumn = 120

    package private(set) var text = ""
    private var level = 0

    /// Begins with nothing.
    package init() {}

    private var indentation: String { String(repeating: "    ", count: level) }

    /// The columns left on a line at the current indentation.
    var columnsLeft: Int { Self.maximumColumn - 4 * level }

    /// Prints lines at the current indentation; an empty one stays empty.
    package mutating func print(_ lines: String...) {
        for line in lines { text += line.isEmpty ? "\n" : "\(indentation)\(line)\n" }
    }

    /// Prints what `body` prints, one level deeper.
    package mutating func indented(_ body: (inout CodePrinter) -> Void) {
        level += 1
        body(&self)
        level -= 1
    }

    /// Prints `head {`, what `body` prints one level deeper, and `}`.
    package mutating func block(_ head: String, _ body: (inout CodePrinter) -> Void) {
        print(head + " {")
        indented(body)
        print("}")
    }

    /// Prints `head { expression }`, on three lines where one does not hold it.
    mutating func computed(_ head: String, _ expression: String) {
        let oneLine = "\(head) { \(expression) }"
        guard oneLine.count > columnsLeft else { return print(oneLine) }
        block(head) { $0.print(expression) }
    }

    /// Prints a doc comment's paragraph, wrapped at words.
    ///
    /// - Parameters:
    ///   - paragraph: One paragraph; already escaped.
    ///   - hanging: What the lines after the first are indented by, for list items.
    package mutating func document(_ paragraph: String, hanging: String = "") {
        guard !paragraph.isEmpty else {
            print("///")
            return
        }
        let width = columnsLeft - 4
        var line = ""
        // Counted along the way: counting characters is what takes time here.
        var count = 0
        var isFirst = true
        // A list item's own indentation is kept; words are split at single spaces only.
        let lead = String(paragraph.prefix { $0 == " " })
        for word in paragraph.dropFirst(lead.count).split(separator: " ") {
            let wordCount = word.count
            if line.isEmpty {
                line = (isFirst ? lead : hanging) + word
                count = line.count
            } else if count + 1 + wordCount > width {
                print("/// \(line)")
                isFirst = false
                line = hanging + word
                count = hanging.count + wordCount
            } else {
                line += " "
                line += word
                count += 1 + wordCount
            }
        }
        print("/// \(line)")
    }

    /// Prints the elements of a list, each on a line of its own, with commas between them.
    package mutating func print(list elements: [String]) {
        for (index, element) in elements.enumerated() {
            print(element + (index == elements.count - 1 ? "" : ","))
        }
    }

    /// Prints the elements of a list between two texts: on one line, or where that is too long each on one of its own.
    mutating func print(_ start: String, list elements: [String], _ end: String) {
        let oneLine = start + elements.joined(separator: ", ") + end
        guard oneLine.count > columnsLeft else { return print(oneLine) }
        print(start)
        indented { $0.print(list: elements) }
        print(end)
    }

    /// Prints the elements of a list with commas between them, as many on a line as fit; an element of several lines
    /// begins on one of its own. With a text before the list, the lines after the first are indented.
    mutating func print(wrapping elements: [String], after start: String = "", before end: String = "") {
        let width = start.isEmpty ? columnsLeft : columnsLeft - 4
        var lines: [String] = []
        for (index, element) in elements.enumerated() {
            let next = (index == 0 ? start : "") + element + (index == elements.count - 1 ? end : ",")
            if let last = lines.last, !last.contains("\n"), !next.contains("\n"), last.count + 1 + next.count <= width {
                lines[lines.count - 1] = "\(last) \(next)"
            } else {
                lines.append(next)
            }
        }
        for (index, line) in lines.enumerated() {
            let isHanging = index > 0 && !start.isEmpty
            for part in line.split(separator: "\n", omittingEmptySubsequences: false) {
                print(isHanging ? "    \(part)" : String(part))
            }
        }
    }
}
