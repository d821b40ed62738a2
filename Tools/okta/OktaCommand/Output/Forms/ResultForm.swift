internal import OktaRuntime

/// A form of results: turns items into bytes, as they come.
protocol ResultForm: Sendable {
    /// How many items it could not show, because they are no objects and have nothing for its columns.
    var leftOutCount: Int { get }
    /// The columns that were asked for, and have no room on the terminal.
    var hiddenColumns: [String] { get }
    /// Takes an item, and appends what can be shown.
    mutating func add(_ item: JSON, to bytes: inout [UInt8])
    /// Appends what is held back, before a wait.
    mutating func showHeld(in bytes: inout [UInt8])
    /// Appends what belongs behind the last item.
    mutating func finish(in bytes: inout [UInt8])
}

extension ResultForm {
    var leftOutCount: Int { 0 }
    var hiddenColumns: [String] { [] }
    mutating func showHeld(in bytes: inout [UInt8]) {}
    mutating func finish(in bytes: inout [UInt8]) {}
}

/// Which items have columns.
enum ColumnRows {
    /// The items that can be rows: the objects, where there are any among the first ones.
    static func among(_ items: [JSON]) -> [JSON] {
        let objects = items.filter { $0.kind == .object }
        return objects.isEmpty ? items : objects
    }
}

/// One JSON value a line.
struct LinesForm: ResultForm {
    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        let start = bytes.count
        item.write(into: &bytes)
        // Line breaks of an unchanged value stand between its parts: inside of a string, JSON has none.
        for index in start..<bytes.count where bytes[index] == 0x0A || bytes[index] == 0x0D { bytes[index] = 0x20 }
        bytes.append(0x0A)
    }
}

/// One JSON value, or an array of all items.
struct JSONForm: ResultForm {
    let isList: Bool
    /// How it is indented for people, with nothing that a terminal obeys; nil for the bytes as received.
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

/// One JSON value a line, with nothing that a terminal obeys.
struct TerminalLinesForm: ResultForm {
    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        TerminalJSON(isIndented: false).write(item, into: &bytes)
        bytes.append(0x0A)
    }
}
