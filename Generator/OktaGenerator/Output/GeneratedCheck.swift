import OktaCatalog

/// Compares generated files on disk with what the catalog would give, in memory, and names every difference.
public struct GeneratedCheck: Sendable {
    /// One difference.
    public struct Finding: Sendable, Hashable {
        /// What kind of difference it is.
        public enum Kind: String, Sendable, Hashable {
            /// The plan has the file, the folder has not.
            case missing
            /// The catalog gives another text than when the file was generated.
            case changed
            /// A person changed the file after it was generated.
            case handEdited = "hand-edited"
            /// A generated file that the plan does not have.
            case extra
            /// A Swift file that was not generated, where only generated ones may lie.
            case foreign
            /// The manifest was written by another version of the generator.
            case format
        }

        /// The kind.
        public var kind: Kind
        /// The path below the folder.
        public var path: String
        /// The unified difference, from disk to plan.
        public var difference: String?
    }

    private static let maximumDifferenceLines = 40

    /// Creates the comparison.
    public init() {}

    /// Compares the files at a folder with a set that has a manifest.
    public func compare(_ expected: FileSet, withFolder root: String) -> [Finding] {
        compare(expected, with: FolderReader(root: root).files(), folder: root)
    }

    func compare(_ expected: FileSet, with standing: [String: String], folder: String) -> [Finding] {
        var findings: [Finding] = []
        let manifest = standing[Manifest.fileName].flatMap(Manifest.init(text:))
        if let manifest, manifest.format != Manifest.currentFormat {
            findings.append(Finding(kind: .format, path: Manifest.fileName))
        }
        for path in Set(expected.files.keys).union(standing.keys).sorted() {
            switch (standing[path], expected.files[path]) {
            case (nil, .some): findings.append(Finding(kind: .missing, path: path))
            case (let old?, let new?) where old != new:
                let isHandEdited = manifest?.hashes[path].map { $0 != SHA256.hexadecimal(of: old.utf8) } ?? false
                let difference = UnifiedDiff(
                    oldName: "\(folder)/\(path)", newName: "from the catalog", old: old, new: new)
                findings.append(
                    Finding(
                        kind: isHandEdited ? .handEdited : .changed, path: path,
                        difference: difference.text(maximumLines: Self.maximumDifferenceLines)))
            case (let old?, nil):
                let isGenerated = old.hasPrefix(FileHeader.mark.text)
                findings.append(Finding(kind: isGenerated ? .extra : .foreign, path: path))
            default: break
            }
        }
        return findings
    }
}
