import OktaCatalog
import YAML

/// Compares generated files on disk with the catalog's output in memory, and reports every difference.
public struct GeneratedCheck: Sendable {
    /// One difference.
    public struct Finding: Sendable, Hashable {
        /// The kinds of differences.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// The plan has the file, but the folder does not.
            case missing
            /// The catalog's output has changed since the file was generated.
            case changed
            /// The file was edited after it was generated.
            case handEdited = "hand-edited"
            /// A generated file that the plan does not have.
            case extra
            /// A file that was not generated, in a folder for generated files.
            case foreign
            /// A symbolic link, which the generator does not follow.
            case link
            /// The manifest was written by another version of the generator.
            case format
        }

        /// The kind.
        public var kind: Kind
        /// The path below the folder.
        public var path: String
        /// The unified diff from disk to plan, or the target of a link.
        public var difference: String?
    }

    private static let maximumDifferenceLines = 40

    /// Creates the comparison.
    public init() {}

    /// Returns the unified diff of a file and its expected content; nil when there is no difference.
    public func difference(of standing: [UInt8], from expected: [UInt8], path: String) -> String? {
        guard standing != expected else { return nil }
        return UnifiedDiff(oldName: path, newName: "from the catalog", old: standing, new: expected)
            .text(maximumLines: Self.maximumDifferenceLines)
    }

    /// Compares the files in a folder with a set that has a manifest.
    ///
    /// - Throws: A ``FolderFailure`` if the folder cannot be read, or another run keeps writing to it.
    public func compare(_ expected: FileSet, withFolder root: String) throws(FolderFailure) -> [Finding] {
        let folder = try OpenFolder.root(root, creating: false)
        // The lock waits for another run in progress.
        try folder?.lock(sharing: true)
        let comparison = try FolderComparison(expected, with: folder)
        var findings = comparison.missing.map { Finding(kind: .missing, path: $0) }
        findings += comparison.differing.map { difference in
            Finding(
                kind: difference.isEdited ? .handEdited : .changed, path: difference.path,
                difference: self.difference(
                    of: GeneratedText.withLineFeeds(difference.bytes) ?? difference.bytes,
                    from: Array(expected.files[difference.path, default: ""].utf8), path: "\(root)/\(difference.path)"))
        }
        findings += comparison.extra.map { Finding(kind: .extra, path: $0.path) }
        findings += comparison.foreign.map { Finding(kind: .foreign, path: $0) }
        findings += comparison.links.map { Finding(kind: .link, path: $0.path, difference: "-> \($0.target)") }
        if let format = comparison.format, format != Manifest.currentFormat {
            findings.append(Finding(kind: .format, path: Manifest.fileName))
        }
        return findings.sorted { left, right in
            left.path.hasSameBytes(as: right.path)
                ? left.kind.rawValue < right.kind.rawValue : ExactText(left.path) < ExactText(right.path)
        }
    }
}
