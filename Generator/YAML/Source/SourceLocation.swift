/// A range of one file, for diagnostics and for editing.
public struct SourceLocation: Hashable, Sendable {
    /// The file's path, as it should be shown.
    public var file: String
    /// The first character.
    public var start: SourceMark
    /// The position after the last character.
    public var end: SourceMark

    /// Creates a location from `start` up to, and without, `end`.
    public init(file: String, start: SourceMark, end: SourceMark) {
        self.file = file
        self.start = start
        self.end = end
    }
}
