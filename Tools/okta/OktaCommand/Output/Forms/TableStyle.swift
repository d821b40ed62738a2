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

    func writeHeader(_ names: [String], _ widths: [Int], into bytes: inout [UInt8]) {
        let cells = names.enumerated().map { bold(cell($1, widths[$0], isLast: $0 == names.count - 1)) }
        bytes += cells.joined(separator: "  ").utf8
        bytes.append(0x0A)
    }

    func write(_ row: [String], _ widths: [Int], into bytes: inout [UInt8]) {
        for (index, text) in row.enumerated() where index < widths.count {
            if index > 0 { bytes += "  ".utf8 }
            let shown = cell(text, widths[index], isLast: index == widths.count - 1)
            bytes += colored(shown, as: text).utf8
        }
        // Empty cells at the end leave blanks.
        while bytes.last == 0x20 { bytes.removeLast() }
        bytes.append(0x0A)
    }

    private func cell(_ text: String, _ width: Int, isLast: Bool) -> String {
        let shown = self.width == nil ? text : DisplayWidth.truncated(text, to: width)
        return isLast ? shown : DisplayWidth.padded(shown, to: width)
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

    /// Narrows columns until they fit, the widest first, and leaves out the last ones where that is not enough.
    static func fit(_ widths: [Int], into total: Int) -> [Int] {
        var widths = widths
        let least = 6
        while widths.count > 1, widths.reduce(0, { $0 + min($1, least) }) + 2 * (widths.count - 1) > total {
            widths.removeLast()
        }
        let room = max(1, total - 2 * (widths.count - 1))
        var limit = widths.max() ?? 0
        while limit > 1, widths.reduce(0, { $0 + min($1, limit) }) > room { limit -= 1 }
        // What rounding leaves over goes to the first columns that want it.
        var left = room - widths.reduce(0) { $0 + min($1, limit) }
        for index in widths.indices {
            guard widths[index] > limit else { continue }
            let more = left > 0 ? 1 : 0
            left -= more
            widths[index] = limit + more
        }
        return widths
    }

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
