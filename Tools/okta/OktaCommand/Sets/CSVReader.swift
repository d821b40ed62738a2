/// Reads CSV (RFC 4180) record by record.
///
/// Records end with LF or CRLF. A quoted field may contain commas, line breaks and doubled quotes. A record with
/// another number of fields than the header is an error, since its values would be in the wrong columns.
package struct CSVReader {
    private var reader: ByteReader
    private let name: String
    /// The names of the columns.
    package let header: [String]

    /// Reads the header.
    ///
    /// - Parameter name: The name of the file in messages.
    package init(_ reader: ByteReader, name: String) throws(CommandFailure) {
        var reader = reader
        reader.skipByteOrderMark()
        guard let fields = try Self.record(&reader, name) else {
            throw .usage("\(name) is empty", advice: "Its first line must name the columns.")
        }
        header = fields
        guard !fields.contains(where: { $0.utf8.contains(0x0D) }) else {
            throw .usage(
                "the lines of \(name) end with CR alone", advice: "Save it with LF or CR LF at the end of lines.")
        }
        // Spreadsheets write unnamed columns after the last one.
        var seen: Set<String> = []
        for column in fields where !column.isEmpty && !seen.insert(column).inserted {
            throw .usage("\(name) has two columns '\(column)'", advice: "Rename one of them.")
        }
        self.reader = reader
        self.name = name
    }

    /// Returns the columns of a regular file, for completion. Other files are not opened, since reading a pipe would
    /// block.
    package static func columns(of path: String, _ context: ProgramContext) throws(CommandFailure) -> [String] {
        guard path != "-", FolderNames.isFile(path.hasPrefix("/") ? path : "\(context.workingDirectory)/\(path)")
        else { return [] }
        return try CSVReader(ByteReader(path: path, context), name: path).header
    }

    /// The line at which the next record starts.
    package var line: Int { reader.line }

    /// Returns the next record, with one value per column; nil at the end.
    package mutating func next() throws(CommandFailure) -> [String]? {
        let line = reader.line
        guard let fields = try Self.record(&reader, name) else { return nil }
        guard fields.count == header.count else {
            let count = "\(fields.count) field\(fields.count == 1 ? "" : "s")"
            throw .usage(
                "\(name), line \(line), has \(count); the header has \(header.count)",
                advice: "Quote values that hold commas or line breaks, and double the quotes in them.")
        }
        return fields
    }

    private static func record(_ reader: inout ByteReader, _ name: String) throws(CommandFailure) -> [String]? {
        // Empty lines, and a line break at the end of the file, are not records.
        while reader.peek() == UInt8(ascii: "\n") || reader.peek() == UInt8(ascii: "\r") { _ = reader.next() }
        guard reader.peek() != nil else {
            try reader.checkEnd()
            return nil
        }
        var fields: [String] = []
        while true {
            let isLast: Bool
            let field: [UInt8]
            if reader.peek() == UInt8(ascii: "\"") {
                (field, isLast) = try quoted(&reader, name)
            } else {
                (field, isLast) = try plain(&reader, name)
            }
            guard let text = String(validating: field, as: UTF8.self) else {
                throw .usage(
                    "\(name), line \(reader.line), is not UTF-8", advice: "Save the file as UTF-8 and try again.")
            }
            fields.append(text)
            if isLast { return fields }
        }
    }

    private static func plain(
        _ reader: inout ByteReader, _ name: String
    ) throws(CommandFailure) -> (field: [UInt8], isLast: Bool) {
        var field: [UInt8] = []
        let line = reader.line
        while let byte = reader.next() {
            switch byte {
            case UInt8(ascii: ","): return (field, false)
            case UInt8(ascii: "\n"): return (field, true)
            case UInt8(ascii: "\r") where reader.peek() == UInt8(ascii: "\n"):
                _ = reader.next()
                return (field, true)
            case UInt8(ascii: "\""):
                throw .usage(
                    "\(name), line \(line), has a quote within a value that is not quoted",
                    advice: "Quote the whole value, and double the quotes in it.")
            default: field.append(byte)
            }
        }
        return (field, true)
    }

    private static func quoted(
        _ reader: inout ByteReader, _ name: String
    ) throws(CommandFailure) -> (field: [UInt8], isLast: Bool) {
        var field: [UInt8] = []
        let line = reader.line
        _ = reader.next()
        while let byte = reader.next() {
            guard byte == UInt8(ascii: "\"") else {
                field.append(byte)
                continue
            }
            switch reader.next() {
            case UInt8(ascii: "\""): field.append(byte)
            case UInt8(ascii: ","): return (field, false)
            case UInt8(ascii: "\n"), nil: return (field, true)
            case UInt8(ascii: "\r") where reader.peek() == UInt8(ascii: "\n"):
                _ = reader.next()
                return (field, true)
            default:
                throw .usage("\(name), line \(line), has text after a closing quote")
            }
        }
        throw .usage("\(name), line \(line), has a quote that is not closed")
    }
}
