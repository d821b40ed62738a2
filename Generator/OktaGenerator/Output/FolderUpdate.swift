import YAML

/// The pending changes of a run in one folder.
public struct FolderUpdate {
    private let writer: FolderWriter
    private let files: FileSet
    private let folder: OpenFolder
    private let comparison: FolderComparison

    init(_ files: FileSet, by writer: FolderWriter) throws(FolderFailure) {
        self.writer = writer
        self.files = files
        guard let folder = try OpenFolder.root(writer.root, creating: true) else {
            throw FolderFailure("\(writer.root) disappeared after it was created; another process removes it")
        }
        self.folder = folder
        try folder.lock(sharing: false)
        comparison = try FolderComparison(files, with: folder)
        try refuse()
    }

    /// Rejects invalid content of the folder before any change, and reports all problems together.
    private func refuse() throws(FolderFailure) {
        var reasons: [String] = []
        for (path, target) in comparison.links {
            reasons.append(FolderFailure.link("\(folder.path)/\(path)", to: target).description)
        }
        for (path, problem) in comparison.obstacles {
            reasons.append("\(folder.path)/\(path) \(problem); move it away")
        }
        if !writer.replacesForeignFiles {
            for difference in comparison.differing where !difference.isGenerated {
                reasons.append(
                    "\(folder.path)/\(difference.path) was not generated, but has the path of a generated file; move it "
                        + "away, or replace it with `generate --force`")
            }
        }
        guard reasons.isEmpty else { throw FolderFailure(reasons.joined(separator: "\n")) }
    }

    /// Carries out the changes.
    ///
    /// If the run is interrupted at any step, complete files and at most a temporary one remain, and the next run
    /// completes the rest.
    public func carryOut() throws -> FolderWriter.Changes {
        for path in comparison.leftovers { try remove(path) }
        // Old files are removed before new ones are written, because their names may be equal on a case-insensitive
        // disk.
        for extra in comparison.extra { try remove(extra.path) }
        let changed = comparison.differing.map(\.path)
        // The manifest comes last, so that the files it lists exist.
        let paths = (comparison.missing + changed).sorted { ExactText($0) < ExactText($1) }
        for path in paths.filter({ $0 != Manifest.fileName }) + paths.filter({ $0 == Manifest.fileName }) {
            guard let text = files.files[path] else { continue }
            try writer.write(Array(text.utf8), to: path, below: folder)
        }
        try writer.interrupt(nil)
        let edited =
            comparison.differing.filter(\.isEdited).map(\.path)
            + comparison.extra.filter(\.isEdited).map(\.path)
        return FolderWriter.Changes(
            added: comparison.missing, changed: changed, removed: comparison.extra.map(\.path), edited: edited,
            foreign: comparison.foreign)
    }

    private func remove(_ path: String) throws {
        var (parent, name) = OpenFolder.parts(of: path)
        guard let holder = try folder.descendant(parent, creating: false) else { return }
        try writer.interrupt(.remove(path))
        try holder.remove(name)
        // Folders that become empty are removed.
        while !parent.isEmpty {
            (parent, name) = OpenFolder.parts(of: parent)
            guard let holder = try folder.descendant(parent, creating: false), holder.removeFolder(name) else { return }
        }
    }
}
