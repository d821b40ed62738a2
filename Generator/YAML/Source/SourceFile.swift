/// The text of a file that was read, kept so that diagnostics can show the line they speak of.
public struct SourceFile: Sendable {
    /// The path, as it should be shown.
    public let path: String
    /// The bytes as read.
    public let bytes: [UInt8]

    /// Creates a source file from bytes; they need not be valid UTF-8.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Creates a source file from text.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The text of a line counted from 1, without its line break; nil when the file has no such line.
    ///
    /// Bytes that are not UTF-8 are shown as U+FFFD.
    public func line(_ number: Int) -> String? {
        guard number >= 1 else { return nil }
        var current = 1
        var start = 0
        while current < number {
            guard let lineFeed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
            start = lineFeed + 1
            current += 1
        }
        guard start <= bytes.count else { return nil }
        var end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The mark of a byte offset, for errors that only know a number of bytes.
    public func mark(atByte offset: Int) -> SourceMark {
        let head = bytes.prefix(max(0, offset))
        let line = head.count { $0 == 0x0A } + 1
        let lineStart = head.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: head[lineStart...], as: UTF8.self).unicodeScalars.count + 1
        return SourceMark(line: line, column: column)
    }
}
