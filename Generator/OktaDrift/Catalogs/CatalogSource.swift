public import OktaCatalog
public import YAML

/// A catalog to compare: its files and their origin.
public struct CatalogSource: Sendable {
    /// The catalog's files.
    public let folder: CatalogFolder
    /// The name for reports, such as `git:v1.2.0`.
    public let label: String

    /// Creates a source.
    public init(folder: CatalogFolder, label: String) {
        self.folder = folder
        self.label = label
    }

    /// Reads a folder, or a revision of it written as `git:REV` or `git:REV:FOLDER`.
    ///
    /// - Parameters:
    ///   - name: The folder or revision.
    ///   - spec: The folder for a revision without one.
    /// - Throws: The read error, as ``GitFailure`` or `Diagnostics`.
    public init(_ name: String, spec: String) throws {
        label = name
        guard name.hasPrefix("git:") else {
            folder = try CatalogFolder(at: name)
            return
        }
        let parts = name.dropFirst(4).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let revision = String(parts.first ?? "")
        folder = try GitRevision(revision).folder(parts.count > 1 ? String(parts[1]) : spec)
    }

    /// Describes the catalog; nil when it has errors, which are in `diagnostics`.
    public func description(reporting diagnostics: inout Diagnostics) -> APIDescription? {
        var found = Diagnostics()
        let trees = CatalogTrees(of: folder, reporting: &found)
        let decoded = CatalogLoader().load(trees, reporting: &found)
        // A revision may be older than the grammar: its former keys do not prevent a comparison.
        let isRevision = label.hasPrefix("git:")
        diagnostics.append(found.all.filter { !(isRevision && $0.rule == "unknown-key") })
        guard let catalog = decoded, !diagnostics.hasErrors else { return nil }
        // The identity of a catalog is the content of its files, independent of formatting.
        let contents = trees.roots.sorted { $0.key < $1.key }.map { "\($0) \(CanonicalContent(of: $1).hash)" }
        var description = CatalogDescriber.describe(catalog, content: contents.joined(separator: "\n"))
        description.files = trees.roots
        return description
    }
}
