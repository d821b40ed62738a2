public import OktaCatalog
public import YAML

/// A catalog to compare: its files and their origin.
public struct CatalogSource: Sendable {
    /// The catalog's files.
    public let folder: CatalogFolder
    /// The name for reports, such as `git:v1.2.0`.
    public let label: String
    /// The service, if the folder of the catalog is one of several.
    public let service: String?

    /// Creates a source.
    public init(folder: CatalogFolder, label: String, service: String? = nil) {
        (self.folder, self.label, self.service) = (folder, label, service)
    }

    /// Reads one catalog, or those of a set, from a folder or from a revision written as `git:REV` or `git:REV:FOLDER`.
    ///
    /// - Parameters:
    ///   - name: The folder or revision.
    ///   - spec: The folder for a revision without one.
    /// - Throws: The read error, as ``GitFailure`` or `Diagnostics`.
    public static func all(_ name: String, spec: String) throws -> [CatalogSource] {
        guard name.hasPrefix("git:") else {
            let set = try CatalogSet(at: name)
            return set.members.map {
                CatalogSource(folder: $0.folder, label: name, service: set.isSet ? $0.service : nil)
            }
        }
        let parts = name.dropFirst(4).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let folders = try GitRevision(String(parts.first ?? "")).folders(parts.count > 1 ? String(parts[1]) : spec)
        return folders.map { CatalogSource(folder: $0.folder, label: name, service: $0.service) }
    }

    /// The module that the catalog generates, by which catalogs of two sets are matched.
    public var module: String {
        var ignored = Diagnostics()
        let root = folder.files["catalog.yaml"].flatMap { YAMLLoader().load($0, reporting: &ignored) }
        return root?["module"]?.scalar ?? ""
    }

    /// Describes the catalog; nil if it has errors, which are in `diagnostics`.
    public func description(reporting diagnostics: inout Diagnostics) -> APIDescription? {
        var found = Diagnostics()
        let trees = CatalogTrees(of: folder, reporting: &found)
        let decoded = CatalogLoader().load(trees, reporting: &found)
        // A revision may be older than the grammar, so unknown keys do not prevent a comparison.
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
