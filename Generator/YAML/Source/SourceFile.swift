/// The text of a file, kept so that diagnostics can show its lines.
public struct SourceFile: Sendable {
    /// The path, as it should be shown.
    public let path: String
    /// The bytes as read.
    public let bytes: [UInt8]

    /// Creates a source file from bytes, which need not be valid UTF-8.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Creates a source file from text.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// Whether the file begins with U+FEFF, which only marks it as UTF-8.
    public var hasByteOrderMark: Bool { bytes.starts(with: Self.byteOrderMark) }

    /// The bytes without a byte order mark; positions are relative to these.
    public var content: ArraySlice<UInt8> { bytes.dropFirst(hasByteOrderMark ? Self.byteOrderMark.count : 0) }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Returns the text of a line counted from 1, without its line break; nil if the file has no such line.
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

    /// Returns the position of a byte offset in ``content``, for errors that only have an offset.
    public func mark(atByte offset: Int) -> SourceMark { SourceMark(atByte: offset, of: content) }
}

extension SourceMark {
    /// Creates the position of a byte offset in UTF-8 text.
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

/// The line table of a file.
struct LineTable {
    private let content: ArraySlice<UInt8>
    private var lines: [Range<Int>] = []

    init(_ file: SourceFile) {
        content = file.content
        var rest = content
        while let lineBreak = LineBreak.first(in: rest) {
            lines.append(rest.startIndex..<lineBreak.lowerBound)
            rest = rest[lineBreak.upperBound...]
        }
        lines.append(rest.startIndex..<rest.endIndex)
    }

    /// Returns the text of a line counted from 1, without its line break; nil if the file has no such line.
    ///
    /// Bytes that are not UTF-8 are shown as U+FFFD.
    func line(_ number: Int) -> String? {
        guard lines.indices.contains(number - 1) else { return nil }
        return String(decoding: content[lines[number - 1]], as: UTF8.self)
    }
}

/// Line breaks: LF, CR LF or CR, as in YAML 1.2 and editors.
///
/// U+0085, U+2028 and U+2029 do not break a line, unlike in YAML 1.1.
public enum LineBreak {
    /// Returns the first line break of some bytes of UTF-8.
    public static func first(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard let start = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        let isPair = bytes[start] == 0x0D && start + 1 < bytes.endIndex && bytes[start + 1] == 0x0A
        return start..<(start + (isPair ? 2 : 1))
    }
}
