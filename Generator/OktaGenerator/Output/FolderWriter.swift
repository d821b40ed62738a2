import Foundation

/// Writes files below one folder, and nowhere else.
public struct FolderWriter: Sendable {
    /// What went wrong, in a sentence.
    public struct Failure: Error, CustomStringConvertible {
        /// The sentence.
        public var description: String
    }

    /// What a write changed, as paths in a fixed order.
    public struct Changes: Sendable, Hashable {
        /// Files that were not there.
        public var added: [String] = []
        /// Files whose text was another.
        public var changed: [String] = []
        /// Files of an earlier plan that are gone.
        public var removed: [String] = []

        /// Whether nothing was touched.
        public var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
    }

    /// The folder.
    public let root: String

    /// Creates a writer.
    public init(root: String) {
        self.root = root
    }

    /// Brings the folder to the given files: writes those that differ and removes those that an earlier manifest lists.
    ///
    /// A file that no manifest lists, or that lacks the mark of a generated file, is never removed.
    public func apply(_ files: FileSet) throws -> Changes {
        for path in files.paths { try check(path) }
        let standing = FolderReader(root: root).files()
        var changes = Changes()
        // The manifest goes last: a run that is cut off leaves the old one, and the next run mends the rest.
        for path in files.paths.filter({ $0 != Manifest.fileName }) + files.paths.filter({ $0 == Manifest.fileName }) {
            guard let text = files.files[path], standing[path] != text else { continue }
            if standing[path] == nil { changes.added.append(path) } else { changes.changed.append(path) }
            try write(text, to: path)
        }
        let earlier = standing[Manifest.fileName].flatMap(Manifest.init(text:))?.hashes.keys.sorted() ?? []
        for path in earlier where files.files[path] == nil {
            guard (try? check(path)) != nil, standing[path]?.hasPrefix(FileHeader.mark.text) == true else { continue }
            try remove(path)
            changes.removed.append(path)
        }
        return changes
    }

    /// Removes one file.
    public func remove(_ path: String) throws {
        try check(path)
        do {
            try FileManager.default.removeItem(atPath: "\(root)/\(path)")
        } catch {
            throw Failure(description: "\(root)/\(path) can not be removed: \(error.localizedDescription)")
        }
    }

    /// Writes one file at once: a reader sees the old text or the new one, never half of it.
    public func write(_ text: String, to path: String) throws {
        try check(path)
        let full = "\(root)/\(path)"
        let folder = full.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // Renamed into place, without waiting for the disk: what a crash loses, the next run writes again.
            let new = full + ".new"
            try Data(text.utf8).write(to: URL(fileURLWithPath: new))
            guard rename(new, full) == 0 else {
                let reason = String(cString: strerror(errno))
                try? FileManager.default.removeItem(atPath: new)
                throw Failure(description: "\(full) can not be written: \(reason)")
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(description: "\(full) can not be written: \(error.localizedDescription)")
        }
    }

    /// Refuses a path that leaves the folder.
    private func check(_ path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe =
            !parts.isEmpty
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\\") && !$0.contains("\0") }
        guard isSafe else { throw Failure(description: "`\(path)` is not a path below the output folder") }
    }
}
