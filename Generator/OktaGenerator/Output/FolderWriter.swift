import Foundation
import YAML

/// Writes files below one folder and nowhere else. No symbolic link below the folder is followed.
public struct FolderWriter: Sendable {
    /// The changes of a write, as sorted paths.
    public struct Changes: Sendable, Hashable {
        /// New files.
        public var added: [String] = []
        /// Files with changed content.
        public var changed: [String] = []
        /// Removed generated files.
        public var removed: [String] = []
        /// Changed and removed files that had been edited by hand.
        public var edited: [String] = []
        /// Files that were not generated and are kept, although they do not belong there.
        public var foreign: [String] = []

        /// Whether nothing was changed.
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
    /// Whether to replace files that were not generated but have the path of a generated one.
    public var replacesForeignFiles: Bool
    /// A closure that is called before each step and, with nil, after the last one. If it throws, the run ends as if
    /// the process had been killed.
    var interrupt: @Sendable (Step?) throws -> Void = { _ in }

    /// Creates a writer.
    public init(root: String, replacingForeignFiles: Bool = false) {
        self.root = root
        replacesForeignFiles = replacingForeignFiles
    }

    /// Updates the folder to the given files. Files that differ are written, and other generated ones are removed.
    ///
    /// Files that were not generated are kept and listed in ``Changes/foreign``.
    ///
    /// - Throws: A ``FolderFailure``. No file is changed if the folder contains a symbolic link, or a file that was not
    ///   generated at the path of a generated one.
    public func apply(_ files: FileSet) throws -> Changes {
        try update(files).carryOut()
    }

    /// Reads the folder and determines the changes, so that several folders can be checked before one of them is
    /// changed. Other runs wait until the update is carried out or released.
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

    /// Writes one file atomically, so that a reader sees either the old text or the new one.
    public func write(_ text: String, to path: String) throws {
        try write(Array(text.utf8), to: path)
    }

    /// Writes one file atomically.
    public func write(_ bytes: [UInt8], to path: String) throws {
        try check(path)
        guard let folder = try OpenFolder.root(root, creating: true) else { return }
        try write(bytes, to: path, below: folder)
    }

    /// Writes a file without waiting for the disk, because the next run restores a file that a crash of the machine has
    /// lost.
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

    /// Rejects a path outside the folder.
    private func check(_ path: String) throws(FolderFailure) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe =
            !path.isEmpty
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\\") && !$0.contains("\0") }
        guard isSafe else { throw FolderFailure("`\(path)` is not a path below the output folder") }
    }
}
