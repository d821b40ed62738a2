import YAML

/// The differences between a folder of generated sources and the expected files.
///
/// Files are compared byte by byte, except for the CR LF of a checkout; see ``GeneratedText``.
struct FolderComparison {
    /// A file with different content.
    struct Difference {
        var path: String
        var bytes: [UInt8]
        /// Whether it was edited after it was generated.
        var isEdited: Bool
        /// Whether the generator wrote it, according to the file's mark or the manifest.
        var isGenerated: Bool
    }

    /// An unexpected file.
    struct Extra {
        var path: String
        var isEdited: Bool
    }

    /// Missing files.
    private(set) var missing: [String] = []
    /// Files with different content.
    private(set) var differing: [Difference] = []
    /// Unexpected generated files.
    private(set) var extra: [Extra] = []
    /// Files that were not generated, in a folder for generated files.
    private(set) var foreign: [String] = []
    /// Symbolic links with their targets.
    private(set) var links: [(path: String, target: String)] = []
    /// Folders at the path of a file, and files at the path of a folder, with a description.
    private(set) var obstacles: [(path: String, problem: String)] = []
    /// Temporary files of interrupted runs.
    private(set) var leftovers: [String] = []
    /// The output format according to the manifest.
    private(set) var format: Int?

    /// Compares a folder, which is read through `root`, with the expected files.
    ///
    /// - Parameters:
    ///   - expected: The expected files.
    ///   - root: The folder; nil if there is none.
    init(_ expected: FileSet, with root: OpenFolder?) throws(FolderFailure) {
        let texts = Dictionary(uniqueKeysWithValues: expected.files.map { (ExactText($0), $1) })
        let paths = texts.keys.sorted()
        guard let root else {
            missing = paths.map(\.text)
            return
        }
        let expectedFolders = Set(paths.flatMap { Self.folders(of: $0.text) })
        let listing = try FolderListing(of: root, expected: expectedFolders)
        links = listing.links.sorted { ExactText($0.path) < ExactText($1.path) }
        leftovers = listing.leftovers.sorted()
        let manifest = Manifest(reading: try root.bytesIfListed(Manifest.fileName, in: listing) ?? [])
        format = manifest.format
        var hasGenerated = false

        for path in paths {
            if listing.folders.contains(path) {
                obstacles.append((path.text, "is a folder where the generator writes a file"))
                missing.append(path.text)
                continue
            }
            guard listing.files.contains(path), let bytes = try root.bytes(at: path.text) else {
                missing.append(path.text)
                continue
            }
            hasGenerated = hasGenerated || GeneratedText.isMarked(bytes)
            guard let text = texts[path], !GeneratedText.isSame(bytes, as: text) else { continue }
            differing.append(
                Difference(
                    path: path.text, bytes: bytes, isEdited: manifest.isEdited(path.text, bytes),
                    isGenerated: bytes.isEmpty || GeneratedText.isMarked(bytes) || manifest.lists(path.text)))
        }
        for path in listing.files.subtracting(texts.keys).sorted() {
            let head = try root.bytes(at: path.text, limit: GeneratedText.headCount) ?? []
            if GeneratedText.isMarked(head) || Self.isLeftover(path, of: texts) {
                let isListed = manifest.lists(path.text)
                let bytes = isListed ? try root.bytes(at: path.text) : nil
                extra.append(Extra(path: path.text, isEdited: bytes.map { manifest.isEdited(path.text, $0) } ?? false))
                hasGenerated = true
                continue
            }
            foreign.append(path.text)
            if expectedFolders.contains(path) {
                obstacles.append((path.text, "is a file where the generator needs a folder"))
            }
        }
        foreign = (foreign + listing.others).sorted { ExactText($0) < ExactText($1) }
        // A manifest has no mark. It counts as generated if it can be parsed, or if there are generated files next to
        // it.
        if let index = differing.firstIndex(where: { $0.path == Manifest.fileName }) {
            differing[index].isEdited = false
            differing[index].isGenerated = differing[index].isGenerated || !manifest.isEmpty || hasGenerated
        }
    }

    /// Returns whether a file is a leftover of earlier versions, which wrote `x.swift.new` before they renamed it to
    /// `x.swift`.
    private static func isLeftover(_ path: ExactText, of texts: [ExactText: String]) -> Bool {
        path.text.hasSuffix(".new") && texts[ExactText(String(path.text.dropLast(4)))] != nil
    }

    /// Returns the folders on a path.
    private static func folders(of path: String) -> [ExactText] {
        var folders: [ExactText] = []
        var parent = OpenFolder.parts(of: path).parent
        while !parent.isEmpty {
            folders.append(ExactText(parent))
            parent = OpenFolder.parts(of: parent).parent
        }
        return folders
    }
}

extension OpenFolder {
    fileprivate func bytesIfListed(_ name: String, in listing: FolderListing) throws(FolderFailure) -> [UInt8]? {
        listing.files.contains(ExactText(name)) ? try bytes(of: name) : nil
    }
}
