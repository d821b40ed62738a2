internal import OktaRuntime

/// An output form that converts items to bytes as they arrive.
protocol ResultForm: Sendable {
    /// The number of items that could not be shown, since they are not objects and have no value for any column.
    var leftOutCount: Int { get }
    /// The requested columns for which the terminal has no room.
    var hiddenColumns: [String] { get }
    /// Adds an item, and appends what can be shown.
    mutating func add(_ item: JSON, to bytes: inout [UInt8])
    /// Appends buffered output before a wait.
    mutating func showHeld(in bytes: inout [UInt8])
    /// Appends the end after the last item.
    mutating func finish(in bytes: inout [UInt8])
}

extension ResultForm {
    var leftOutCount: Int { 0 }
    var hiddenColumns: [String] { [] }
    mutating func showHeld(in bytes: inout [UInt8]) {}
    mutating func finish(in bytes: inout [UInt8]) {}
}

/// The selection of items that become rows.
enum ColumnRows {
    /// Returns the items that can be rows: the objects, if there are any among the first items.
    static func among(_ items: [JSON]) -> [JSON] {
        let objects = items.filter { $0.kind == .object }
        return objects.isEmpty ? items : objects
    }
}

/// One JSON value per line.
struct LinesForm: ResultForm {
    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        let start = bytes.count
        item.write(into: &bytes)
        // Line breaks in an unchanged value are between its tokens, since JSON strings contain none.
        for index in start..<bytes.count where bytes[index] == 0x0A || bytes[index] == 0x0D { bytes[index] = 0x20 }
        bytes.append(0x0A)
    }
}

/// A JSON value, or an array of all items.
struct JSONForm: ResultForm {
    let isList: Bool
    /// The indented form for terminals, with control characters escaped; nil for the bytes as received.
    let terminal: TerminalJSON?
    private var isFirst = true

    init(isList: Bool, isTerminal: Bool) {
        self.isList = isList
        terminal = isTerminal ? TerminalJSON() : nil
    }

    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        if isList {
            bytes += (isFirst ? "[" : ",\n").utf8
            if isFirst, terminal != nil { bytes += "\n".utf8 }
        }
        if let terminal {
            terminal.write(item, indentation: isList ? 2 : 0, into: &bytes)
        } else {
            item.write(into: &bytes)
        }
        if !isList { bytes += "\n".utf8 }
        isFirst = false
    }

    mutating func finish(in bytes: inout [UInt8]) {
        guard isList else { return }
        bytes += (isFirst ? "[]\n" : terminal == nil ? "]\n" : "\n]\n").utf8
    }
}

/// One JSON value per line, with control characters escaped for terminals.
struct TerminalLinesForm: ResultForm {
    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        TerminalJSON(isIndented: false).write(item, into: &bytes)
        bytes.append(0x0A)
    }
}
