internal import OktaRuntime

/// A table of many items. The first items determine the columns and their widths; later ones are written as they
/// arrive.
struct TableForm: ResultForm {
    private var columns: [ValuePath]?
    private let choice: ColumnChoice
    private let style: TableStyle
    private var held: [JSON] = []
    private var fit: TableFit?
    private(set) var leftOutCount = 0
    private(set) var hiddenColumns: [String] = []
    /// Whether the user specified the columns. Those without room are then reported.
    var areColumnsAskedFor = false
    /// The columns whose texts are never truncated.
    var wholeColumns: Set<String> = []
    /// Whether the items determine the columns.
    private let choosesColumns: Bool

    /// The number of items that determine the widths.
    private static let batch = 200
    /// The width, in cells, at which most names remain distinguishable.
    private static let readableWidth = 12

    init(columns: [ValuePath]?, choice: ColumnChoice, style: TableStyle) {
        self.columns = columns
        self.choice = choice
        self.style = style
        choosesColumns = columns == nil
    }

    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        if let fit, let columns {
            if choosesColumns, !columns.isEmpty, item.kind != .object {
                leftOutCount += 1
                return
            }
            return style.write(cells(item, columns), fit, into: &bytes)
        }
        held.append(item)
        if held.count >= Self.batch { showHeld(in: &bytes) }
    }

    mutating func showHeld(in bytes: inout [UInt8]) {
        guard fit == nil, !held.isEmpty else { return }
        if choosesColumns {
            let rows = ColumnRows.among(held)
            leftOutCount += held.count - rows.count
            held = rows
        }
        let columns = self.columns ?? choice.tableColumns(held)
        self.columns = columns
        let rows = held.map { cells($0, columns) }
        held = []
        let headers = columns.isEmpty ? ["value"] : columns.map { TerminalText.safe($0.text) }
        let wants = headers.indices.map { index in want(headers[index], rows.map { $0[index] }) }
        let fit = TableFit(wants, into: style.width)
        self.fit = fit
        let shown = Set(fit.columns.map(\.place))
        if areColumnsAskedFor { hiddenColumns = headers.indices.filter { !shown.contains($0) }.map { headers[$0] } }
        style.writeHeader(headers, fit, into: &bytes)
        for row in rows { style.write(row, fit, into: &bytes) }
    }

    mutating func finish(in bytes: inout [UInt8]) { showHeld(in: &bytes) }

    private func want(_ header: String, _ texts: [String]) -> TableFit.Want {
        let longest = texts.reduce(DisplayWidth.of(header)) { max($0, DisplayWidth.of($1)) }
        var want = TableFit.Want(width: longest, isWhole: IDColumn.holds(header, texts))
        // A few readable columns are more useful than many truncated ones, unless the user chose the columns.
        if !areColumnsAskedFor { want.least = Self.readableWidth }
        let shortHeading = DisplayWidth.of(TableStyle.shortHeading(header))
        want.underShortHeading = texts.reduce(shortHeading) { max($0, DisplayWidth.of($1)) }
        if texts.contains(where: TableStyle.isTime) {
            want.givesWay = true
            // The date alone is not sufficient for an event.
            want.least = header == "published" ? TableStyle.secondWidth : TableStyle.dayWidth
        }
        if wholeColumns.contains(header) {
            want.least = min(longest, 24)
            want.exceeds = true
        }
        return want
    }

    private func cells(_ item: JSON, _ columns: [ValuePath]) -> [String] {
        guard !columns.isEmpty else { return [style.text(item)] }
        return columns.map { style.text($0.value(in: item)) }
    }
}

/// A single object with one line for each name and value.
struct FieldsForm: ResultForm {
    let columns: [ValuePath]?
    let style: TableStyle

    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        var rows: [(name: String, text: String)] = []
        if let columns {
            rows = columns.map { ($0.text, style.text($0.value(in: item))) }
        } else {
            collect(item, "", into: &rows)
        }
        let width = min(rows.map { DisplayWidth.of($0.name) }.max() ?? 0, 40)
        for row in rows {
            let name = DisplayWidth.padded(TerminalText.safe(row.name), to: width)
            let indentation = max(width, DisplayWidth.of(row.name)) + 2
            let lines = style.wrapped(row.text, indentation: indentation)
            bytes += "\(style.bold(name))\(lines[0].isEmpty ? "" : "  \(lines[0])")\n".utf8
            for line in lines.dropFirst() { bytes += "\(String(repeating: " ", count: indentation))\(line)\n".utf8 }
        }
    }

    /// Collects the scalar values with their paths.
    private func collect(_ value: JSON, _ path: String, into rows: inout [(name: String, text: String)]) {
        func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        if let members = value.members, !members.isEmpty {
            for member in members where path != "" || (member.key != "_links" && member.key != "_embedded") {
                collect(member.value, below(member.key), into: &rows)
            }
        } else if let elements = value.elements, elements.contains(where: { !$0.kind.isScalar }) {
            for (index, element) in elements.enumerated() { collect(element, below("\(index)"), into: &rows) }
        } else {
            rows.append((path.isEmpty ? "value" : path, style.text(value)))
        }
    }
}
