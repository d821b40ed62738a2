/// A position in a text file, counted like in editors.
///
/// Columns count Unicode scalars, as in libyaml; a tab counts as one.
public struct SourceMark: Hashable, Sendable, Comparable {
    // In 32 bits, because a tree has two marks per value; no file that is read has more lines or columns.
    private let storedLine: Int32
    private let storedColumn: Int32

    /// Creates a mark from a line and a column, both counted from 1.
    public init(line: Int, column: Int) {
        storedLine = Int32(clamping: line)
        storedColumn = Int32(clamping: column)
    }

    /// The line, from 1.
    public var line: Int { Int(storedLine) }
    /// The column in Unicode scalars, from 1.
    public var column: Int { Int(storedColumn) }

    /// The first character of a file.
    public static let start = SourceMark(line: 1, column: 1)

    /// Orders marks as they are read: by line, then by column.
    public static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
