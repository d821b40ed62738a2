internal import OktaRuntime

/// The appearance of a table: its width, its colors, and the texts of its cells.
struct TableStyle: Sendable {
    /// The width of the terminal in cells; nil for no limit.
    let width: Int?
    /// Whether the output is a terminal, which interprets control characters.
    let isTerminal: Bool
    /// Whether headers and states are colored.
    let usesColor: Bool

    /// Returns the text of a cell on one line.
    func text(_ value: JSON?) -> String {
        guard let text = CellText.of(value, joiningLists: true) else { return "" }
        // Control characters are also replaced in files, so that a row stays on one line.
        return TerminalText.safe(text)
    }

    func writeHeader(_ names: [String], _ fit: TableFit, into bytes: inout [UInt8]) {
        write(fit.columns.map { (Self.heading(names[$0.place], $0.width), $0) }, into: &bytes) { shown, _ in bold(shown)
        }
    }

    func write(_ row: [String], _ fit: TableFit, into bytes: inout [UInt8]) {
        write(fit.columns.map { (row[$0.place], $0) }, into: &bytes) { colored($0, as: $1) }
    }

    /// Writes cells. After a cell that exceeds its column, the others get the remaining width.
    private func write(
        _ cells: [(text: String, column: TableFit.Column)], into bytes: inout [UInt8],
        marked: (_ shown: String, _ text: String) -> String
    ) {
        var used = 0
        let last = cells.count - 1
        for (index, (text, column)) in cells.enumerated() {
            if index > 0 { bytes += "  ".utf8 }
            let room = width.map { max(0, min(column.width, $0 - used)) } ?? column.width
            var shown = width == nil || column.exceeds ? text : Self.cut(text, to: room)
            if index < last { shown = DisplayWidth.padded(shown, to: room) }
            used += max(DisplayWidth.of(shown), room) + 2
            bytes += marked(shown, text).utf8
        }
        // Empty cells at the end leave trailing spaces.
        while bytes.last == 0x20 { bytes.removeLast() }
        bytes.append(0x0A)
    }

    /// Returns the heading of a column. If the path is too wide, only its last name is kept, which distinguishes it
    /// best.
    private static func heading(_ name: String, _ width: Int) -> String {
        DisplayWidth.of(name) > width ? shortHeading(name) : name
    }

    /// Returns the last name of a path.
    static func shortHeading(_ name: String) -> String { String(name.split(separator: ".").last ?? "") }

    /// Returns a text truncated to a width. A time keeps at least its date.
    private static func cut(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width, width >= dayWidth, isTime(text) else {
            return DisplayWidth.truncated(text, to: width)
        }
        return String(text.prefix(width < 16 ? dayWidth : width < secondWidth ? 16 : secondWidth))
    }

    /// The width of a date such as 2026-01-31.
    static let dayWidth = 10
    /// The width of a time to the second, such as 2026-01-31T08:30:00.
    static let secondWidth = 19

    /// Returns whether a text is a time in the form of the API.
    static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(20))
        return bytes.count == 20 && bytes[4] == UInt8(ascii: "-") && bytes[10] == UInt8(ascii: "T")
            && OktaDate.parse(text) != nil
    }

    /// Returns the text as a heading.
    func bold(_ text: String) -> String { usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func colored(_ shown: String, as text: String) -> String {
        guard usesColor, let color = Self.colors[text] else { return shown }
        return "\u{1B}[\(color)m\(shown)\u{1B}[0m"
    }

    /// Colors of object states: green for active, yellow for pending, red for failed or inactive.
    private static let colors: [String: Int] = [
        "ACTIVE": 32, "SUCCESS": 32, "PROVISIONED": 33, "STAGED": 33, "PENDING": 33, "RECOVERY": 33, "SUSPENDED": 33,
        "PASSWORD_EXPIRED": 33, "WARN": 33, "INACTIVE": 31, "LOCKED_OUT": 31, "DEPROVISIONED": 31, "FAILURE": 31,
        "ERROR": 31, "DENY": 31,
    ]

    /// Returns the lines of a text that fits next to an indentation.
    func wrapped(_ text: String, indentation: Int) -> [String] {
        guard let width, width > indentation + 10 else { return [text] }
        var lines: [String] = []
        var line = ""
        var cells = 0
        for character in text {
            let next = DisplayWidth.of(character)
            if cells + next > width - indentation {
                lines.append(line)
                line = ""
                cells = 0
            }
            line.append(character)
            cells += next
        }
        return lines + [line]
    }
}
