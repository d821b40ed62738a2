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
