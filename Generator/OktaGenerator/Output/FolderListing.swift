import YAML

/// The relevant content of a folder of generated sources.
///
/// The listing excludes hidden entries, which the package manager does not compile and which desktops, editors and Git
/// use, and folders with a manifest, which are the output of another run.
struct FolderListing {
    /// The files, by path relative to the folder.
    private(set) var files: Set<ExactText> = []
    /// The folders that are not empty, including hidden entries.
    private(set) var folders: Set<ExactText> = []
    /// The symbolic links with their targets.
    private(set) var links: [(path: String, target: String)] = []
    /// Devices, pipes, sockets, and entries whose names are not UTF-8.
    private(set) var others: [String] = []
    /// Temporary files of interrupted runs.
    private(set) var leftovers: [String] = []

    /// The prefix of temporary files.
    static let temporaryPrefix = ".okta-generator-"

    private static let desktopFiles: Set<String> = ["Thumbs.db", "desktop.ini"]

    /// Lists a folder.
    ///
    /// - Parameters:
    ///   - root: The folder.
    ///   - expected: The folders of the expected files.
    init(of root: OpenFolder, expected: Set<ExactText>) throws(FolderFailure) {
        // An explicit stack instead of recursion, because a folder tree can be deeper than the call stack.
        var pending = [""]
        while let prefix = pending.popLast() {
            guard let folder = try root.descendant(prefix, creating: false) else { continue }
            let entries = try folder.entries()
            let isOther = !prefix.isEmpty && !expected.contains(ExactText(prefix))
            if isOther, entries.contains(where: { $0.name == Manifest.fileName && $0.kind == .file }) { continue }
            if !prefix.isEmpty, !entries.isEmpty { folders.insert(ExactText(prefix)) }
            for (name, kind) in entries {
                let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
                if name.hasPrefix(Self.temporaryPrefix), kind == .file {
                    leftovers.append(path)
                    continue
                }
                if name.hasPrefix(".") || Self.desktopFiles.contains(name) { continue }
                switch kind {
                case .file: files.insert(ExactText(path))
                case .folder: pending.append(path)
                case .link: links.append((path, folder.target(ofLink: name)))
                case .other: others.append(path)
                }
            }
        }
    }
}

extension OpenFolder {
    /// Returns the folder at a path relative to this one, or this one for an empty path; nil if there is none.
    func descendant(_ path: String, creating: Bool) throws(FolderFailure) -> OpenFolder? {
        var folder = self
        for part in path.split(separator: "/") {
            guard let next = try folder.folder(String(part), creating: creating) else { return nil }
            folder = next
        }
        return folder
    }

    /// Returns the bytes of a file at a relative path, or its first ones; nil if there is none.
    func bytes(at path: String, limit: Int = .max) throws(FolderFailure) -> [UInt8]? {
        let (parent, name) = Self.parts(of: path)
        return try descendant(parent, creating: false)?.bytes(of: name, limit: limit)
    }

    /// Returns the folder and the name of a path.
    static func parts(of path: String) -> (parent: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        return (String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
    }
}
