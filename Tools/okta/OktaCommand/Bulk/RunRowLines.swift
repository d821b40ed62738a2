#if CommandLine
internal import OktaRuntime

/// Rows of a run in lines for a terminal of any width: the request, and below it the reason for a failure. A table would
/// truncate both.
struct RunRowLines: Sendable {
    private let layout: PageLayout
    private let style: TableStyle

    init(width: Int) {
        layout = PageLayout(width: width)
        style = TableStyle(width: width, isTerminal: true, usesColor: false)
    }

    /// Returns the lines of a row of ``RunListing``.
    func lines(_ row: JSON) -> [String] {
        let request = style.text(row["request"])
        let head = ["row", "state", "status"].map { style.text(row[$0]) }
        let start = [
            DisplayWidth.padded(head[0], to: 4), DisplayWidth.padded(head[1], to: 9),
            DisplayWidth.padded(head[2], to: 3),
        ].joined(separator: "  ")
        var lines: [String] = []
        if DisplayWidth.of(start) + 2 + DisplayWidth.of(request) <= layout.width {
            lines.append("\(start)  \(request)")
        } else {
            lines.append(start)
            lines += indented(request)
        }
        if let object = row["objectId"]?.string, !request.contains(object) { lines += indented("object \(object)") }
        if let error = row["error"]?.string {
            // The line above has the request.
            let reason = error.firstRange(of: " responded with ").map { error[$0.upperBound...] } ?? error[...]
            lines += layout.paragraph(TerminalText.safe(String(reason)), indentation: Self.indentation)
        }
        if let before = row["before"] { lines += indented("before: \(style.text(before))") }
        return lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
    }

    private func indented(_ text: String) -> [String] {
        let blanks = String(repeating: " ", count: Self.indentation)
        return style.wrapped(text, indentation: Self.indentation).map { blanks + $0 }
    }

    private static let indentation = 6
}
#endif
