import Synchronization

/// A range of one file, for diagnostics and for editing.
public struct SourceLocation: Hashable, Sendable {
    private var path: SourcePath
    /// The first character.
    public var start: SourceMark
    /// The position after the last character.
    public var end: SourceMark

    /// Creates a location from `start` up to, and without, `end`.
    public init(file: String, start: SourceMark, end: SourceMark) {
        self.init(in: SourcePath(file), start: start, end: end)
    }

    init(in path: SourcePath, start: SourceMark, end: SourceMark) {
        self.path = path
        self.start = start
        self.end = end
    }

    /// The file's path, as it should be shown.
    public var file: String {
        get { path.text }
        set { path = SourcePath(newValue) }
    }
}

/// A position in a text file, counted like in editors.
///
/// Columns count Unicode scalars, as in libyaml; a tab counts as one.
public struct SourceMark: Hashable, Sendable, Comparable {
    // 32 bits are sufficient for any accepted file, and save memory because a tree has two marks per value.
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

    /// Orders marks by line, then by column.
    public static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The path of a file, represented by a number while the program runs.
///
/// A tree has a location per value, which is copied with it. A number is copied faster than a reference-counted string.
struct SourcePath: Hashable, Sendable {
    private let number: Int32

    private struct Known {
        var texts: [String] = []
        var numbers: [ExactText: Int32] = [:]
    }

    private static let known = Mutex(Known())

    init(_ text: String) {
        number = Self.known.withLock { known in
            if let number = known.numbers[text: text] { return number }
            let number = Int32(clamping: known.texts.count)
            known.texts.append(text)
            known.numbers[text: text] = number
            return number
        }
    }

    var text: String { Self.known.withLock { $0.texts[Int(number)] } }
}
