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

    /// Whether the file begins with U+FEFF, which says no more than that it is UTF-8.
    public var hasByteOrderMark: Bool { bytes.starts(with: Self.byteOrderMark) }

    /// The bytes without a byte order mark; marks of the file count from here.
    public var content: ArraySlice<UInt8> { bytes.dropFirst(hasByteOrderMark ? Self.byteOrderMark.count : 0) }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text of a line counted from 1, without its line break; nil when the file has no such line.
    ///
    /// Bytes that are not UTF-8 are shown as U+FFFD.
    public func line(_ number: Int) -> String? {
        guard number >= 1 else { return nil }
        var rest = content
        for _ in 1..<number {
            guard let lineBreak = LineBreak.first(in: rest) else { return nil }
            rest = rest[lineBreak.upperBound...]
        }
        return String(decoding: rest[..<(LineBreak.first(in: rest)?.lowerBound ?? rest.endIndex)], as: UTF8.self)
    }

    /// The mark of a byte offset into ``content``, for errors that only know a number of bytes.
    public func mark(atByte offset: Int) -> SourceMark { SourceMark(atByte: offset, of: content) }
}

extension SourceMark {
    /// The mark of a byte offset into some UTF-8.
    init(atByte offset: Int, of content: ArraySlice<UInt8>) {
        var line = 1
        var rest = content.prefix(max(0, offset))
        while let lineBreak = LineBreak.first(in: rest) {
            line += 1
            rest = rest[lineBreak.upperBound...]
        }
        self.init(line: line, column: String(decoding: rest, as: UTF8.self).unicodeScalars.count + 1)
    }
}
