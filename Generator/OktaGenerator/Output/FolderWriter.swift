import Foundation
import YAML

/// Writes files below one folder, and nowhere else: no symbolic link below the folder is followed.
public struct FolderWriter: Sendable {
    /// What a write changed, as paths in a fixed order.
    public struct Changes: Sendable, Hashable {
        /// Files that were not there.
        public var added: [String] = []
        /// Files whose text was another.
        public var changed: [String] = []
        /// Generated files that are gone.
        public var removed: [String] = []
        /// Those of the changed and removed files that a person had edited.
        public var edited: [String] = []
        /// Files that were not generated and stay, though they do not belong there.
        public var foreign: [String] = []

        /// Whether nothing was touched.
        public var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
    }

    /// A step that changes the disk.
    enum Step: Hashable {
        case createTemporary(String)
        case rename(String)
        case remove(String)
    }

    /// The folder.
    public let root: String
    /// Whether files that were not generated are replaced where a generated one belongs.
    public var replacesForeignFiles: Bool
    /// Called before each step and, with nil, after the last. What it throws ends the run as if the process ended there.
    var interrupt: @Sendable (Step?) throws -> Void = { _ in }

    /// Creates a writer.
    public init(root: String, replacingForeignFiles: Bool = false) {
        self.root = root
        replacesForeignFiles = replacingForeignFiles
    }

    /// Brings the folder to the given files: writes those that differ, and removes other generated ones.
    ///
    /// Afterwards only files that nobody generated can differ; ``Changes/foreign`` names them.
    ///
    /// - Throws: A ``FolderFailure``. Nothing is changed when it is about what lies in the folder: a symbolic link, or a
    ///   file that was not generated where a generated one belongs.
    public func apply(_ files: FileSet) throws -> Changes {
        try update(files).carryOut()
    }

    /// Reads the folder and decides what is to be changed, so that several folders can be decided on before one of them
    /// is changed. Other runs wait until the update is carried out or gone.
    public func update(_ files: FileSet) throws -> FolderUpdate {
        for path in files.paths { try check(path) }
        return try FolderUpdate(files, by: self)
    }

    /// Removes one file.
    public func remove(_ path: String) throws {
        try check(path)
        let (parent, name) = OpenFolder.parts(of: path)
        guard let folder = try OpenFolder.root(root, creating: false)?.descendant(parent, creating: false) else {
            return
        }
        if folder.kind(of: name) == .link {
            throw FolderFailure.link("\(folder.path)/\(name)", to: folder.target(ofLink: name))
        }
        try interrupt(.remove(path))
        try folder.remove(name)
    }

    /// Writes one file at once: a reader sees the old text or the new one, never half of it.
    public func write(_ text: String, to path: String) throws {
        try write(Array(text.utf8), to: path)
    }

    /// Writes one file at once.
    public func write(_ bytes: [UInt8], to path: String) throws {
        try check(path)
        guard let folder = try OpenFolder.root(root, creating: true) else { return }
        try write(bytes, to: path, below: folder)
    }

    /// Without waiting for the disk: what a crash of the machine loses, the next run writes again.
    func write(_ bytes: [UInt8], to path: String, below root: OpenFolder) throws {
        let (parent, name) = OpenFolder.parts(of: path)
        guard let folder = try root.descendant(parent, creating: true) else { return }
        if folder.kind(of: name) == .link {
            throw FolderFailure.link("\(folder.path)/\(name)", to: folder.target(ofLink: name))
        }
        let temporary = FolderListing.temporaryPrefix + String(UInt64.random(in: 0 ... .max), radix: 16)
        try interrupt(.createTemporary(path))
        do {
            try folder.create(temporary, bytes, permissions: folder.permissions(of: name))
            try interrupt(.rename(path))
            try folder.rename(temporary, to: name)
        } catch let failure as FolderFailure {
            try? folder.remove(temporary)
            throw failure
        }
    }

    /// Refuses a path that leaves the folder.
    private func check(_ path: String) throws(FolderFailure) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe =
            !path.isEmpty
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\\") && !$0.contains("\0") }
        guard isSafe else { throw FolderFailure("`\(path)` is not a path below the output folder") }
    }
}
