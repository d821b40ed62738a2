/// A stretch of one file: what a diagnostic points at and what an editor of the file replaces.
public struct SourceLocation: Hashable, Sendable {
    /// The file's path, as it should be shown.
    public var file: String
    /// The first character.
    public var start: SourceMark
    /// The place after the last character.
    public var end: SourceMark

    /// Creates a location from `start` up to, and without, `end`.
    public init(file: String, start: SourceMark, end: SourceMark) {
        self.file = file
        self.start = start
        self.end = end
    }
}
