internal import OktaRuntime

/// Comma-separated values (RFC 4180) with a header, CRLF line ends, and nested values as JSON.
struct CSVForm: ResultForm {
    /// The columns; nil until the first items are known.
    private var columns: [ValuePath]?
    private let choice: ColumnChoice?
    private let guardsFormulas: Bool
    private var held: [JSON] = []
    private var hasHeader = false
    /// Members of later items without a column.
    private(set) var leftOut: Set<String> = []
    private(set) var leftOutCount = 0
    private let isTerminal: Bool

    /// The number of items that determine the columns if the model does not.
    private static let batch = 200

    init(columns: [ValuePath]?, choice: ColumnChoice?, guardsFormulas: Bool, isTerminal: Bool) {
        self.columns = columns
        self.choice = columns == nil ? choice : nil
        self.guardsFormulas = guardsFormulas
        self.isTerminal = isTerminal
    }

    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        guard columns == nil else { return row(item, &bytes) }
        held.append(item)
        if held.count >= Self.batch { showHeld(in: &bytes) }
    }

    mutating func showHeld(in bytes: inout [UInt8]) {
        if columns == nil, !held.isEmpty {
            let rows = ColumnRows.among(held)
            leftOutCount += held.count - rows.count
            held = rows
            columns = Self.columns(choice, held)
        }
        let items = held
        held = []
        for item in items { row(item, &bytes) }
    }

    mutating func finish(in bytes: inout [UInt8]) {
        showHeld(in: &bytes)
        header(choice?.allColumns([]) ?? [], &bytes)
    }

    private static func columns(_ choice: ColumnChoice?, _ batch: [JSON]) -> [ValuePath] {
        guard batch.allSatisfy({ $0.kind == .object }) else { return [] }
        return choice?.allColumns(batch) ?? []
    }

    /// Writes the header once. Items that are not objects have a single column.
    private mutating func header(_ fallback: [ValuePath], _ bytes: inout [UInt8]) {
        guard !hasHeader else { return }
        hasHeader = true
        let names = (columns ?? fallback).map(\.text)
        write(names.isEmpty ? columns == nil ? [] : ["value"] : names, areTexts: true, &bytes)
    }

    private mutating func row(_ item: JSON, _ bytes: inout [UInt8]) {
        header([], &bytes)
        let columns = columns ?? []
        if choice != nil, !columns.isEmpty, item.kind != .object {
            leftOutCount += 1
            return
        }
        guard !columns.isEmpty else {
            return write([CellText.of(item, joiningLists: false)], areTexts: item.kind == .string, &bytes)
        }
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            let value = column.value(in: item)
            cell(CellText.of(value, joiningLists: false), isText: value?.kind != .number, &bytes)
        }
        bytes += "\r\n".utf8
        guard choice != nil else { return }
        let known = Set(columns.map(\.text)).union(["_links", "_embedded"])
        for member in item.members ?? [] where !known.contains(member.key) { leftOut.insert(member.key) }
    }

    private func write(_ cells: [String?], areTexts: Bool, _ bytes: inout [UInt8]) {
        guard !cells.isEmpty else { return }
        for (index, text) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            cell(text, isText: areTexts, &bytes)
        }
        bytes += "\r\n".utf8
    }

    private func cell(_ text: String?, isText: Bool, _ bytes: inout [UInt8]) {
        guard var text else { return }
        if isTerminal { text = TerminalText.safe(text, keepsLines: true) }
        if guardsFormulas, isText, let first = text.unicodeScalars.first, Self.formulaStarts.contains(first) {
            // Spreadsheets treat text after an apostrophe as text.
            text = "'\(text)"
        }
        let needsQuotes =
            text.isEmpty || text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x2C }
            || text.hasPrefix(" ") || text.hasSuffix(" ") || text.hasPrefix("'")
        guard needsQuotes else {
            bytes += text.utf8
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// The starts of spreadsheet formulas, including full-width forms.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
}
