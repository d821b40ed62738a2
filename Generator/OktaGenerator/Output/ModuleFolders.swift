/// The folders of modules below the output of several catalogs, recognized by their manifests.
public struct ModuleFolders: Sendable {
    /// Creates the search.
    public init() {}

    /// Returns the names of the folders that an earlier run wrote, in a fixed order; none if there is no output yet.
    ///
    /// - Throws: A ``FolderFailure`` when a folder cannot be read.
    public func names(below root: String) throws(FolderFailure) -> [String] {
        guard let folder = try OpenFolder.root(root, creating: false) else { return [] }
        var names: [String] = []
        for (name, kind) in try folder.entries() where kind == .folder && !name.hasPrefix(".") {
            guard let module = try folder.folder(name, creating: false),
                let bytes = try module.bytes(at: Manifest.fileName), !Manifest(reading: bytes).isEmpty
            else { continue }
            names.append(name)
        }
        return names.sorted()
    }
}
