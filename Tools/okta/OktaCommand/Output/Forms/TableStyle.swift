internal import OktaRuntime

/// How a table looks: its width, its marks, and the texts of its cells.
struct TableStyle: Sendable {
    /// The cells of the terminal's width; nil for no limit.
    let width: Int?
    /// Whether the reader is a person whose terminal obeys control characters.
    let isTerminal: Bool
    /// Whether headers and states are marked by colours.
    let usesColor: Bool

    /// The text of a cell, on one line.
    func text(_ value: JSON?) -> String {
        guard let text = CellText.of(value, joiningLists: true) else { return "" }
        // Even in a file, a line of a table is a line.
        return TerminalText.safe(text)
    }

    func writeHeader(_ names: [String], _ fit: TableFit, into bytes: inout [UInt8]) {
        write(fit.columns.map { (Self.heading(names[$0.place], $0.width), $0) }, into: &bytes) { shown, _ in bold(shown)
        }
    }

    func write(_ row: [String], _ fit: TableFit, into bytes: inout [UInt8]) {
        write(fit.columns.map { (row[$0.place], $0) }, into: &bytes) { colored($0, as: $1) }
    }

    /// Writes cells. Behind one that exceeds its column, the others get what is left of the line.
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
        // Empty cells at the end leave blanks.
        while bytes.last == 0x20 { bytes.removeLast() }
        bytes.append(0x0A)
    }

    /// A path in a column that is too narrow for it: what it ends with tells it from others.
    private static func heading(_ name: String, _ width: Int) -> String {
        DisplayWidth.of(name) > width ? String(name.split(separator: ".").last ?? "") : name
    }

    /// A text that is cut to some cells; of a time, the day stays as it is.
    private static func cut(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width, width >= dayWidth, isTime(text) else {
            return DisplayWidth.truncated(text, to: width)
        }
        return String(text.prefix(width < 16 ? dayWidth : width < 19 ? 16 : 19))
    }

    /// The cells of a day, such as 2026-01-31.
    static let dayWidth = 10

    /// Whether a text is a time as the API writes it.
    static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(20))
        return bytes.count == 20 && bytes[4] == UInt8(ascii: "-") && bytes[10] == UInt8(ascii: "T")
            && OktaDate.parse(text) != nil
    }

    /// The text as a heading.
    func bold(_ text: String) -> String { usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func colored(_ shown: String, as text: String) -> String {
        guard usesColor, let color = Self.colors[text] else { return shown }
        return "\u{1B}[\(color)m\(shown)\u{1B}[0m"
    }

    /// The states of objects that people look for: green for what works, yellow for what waits, red for what does not.
    private static let colors: [String: Int] = [
        "ACTIVE": 32, "SUCCESS": 32, "PROVISIONED": 33, "STAGED": 33, "PENDING": 33, "RECOVERY": 33, "SUSPENDED": 33,
        "PASSWORD_EXPIRED": 33, "WARN": 33, "INACTIVE": 31, "LOCKED_OUT": 31, "DEPROVISIONED": 31, "FAILURE": 31,
        "ERROR": 31, "DENY": 31,
    ]

    /// A text in lines that fit beside an indentation.
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
