/// A set of texts by path relative to a folder, in memory.
public struct FileSet: Sendable, Hashable {
    /// The texts.
    public var files: [String: String]

    /// Creates a set.
    public init(files: [String: String]) {
        self.files = files
    }

    /// The paths in a fixed order.
    public var paths: [String] { files.keys.sorted() }

    /// Returns the set together with a manifest of it.
    public func withManifest() -> FileSet {
        var files = files
        files[Manifest.fileName] = Manifest(of: self).text
        return FileSet(files: files)
    }
}
