import Foundation
public import YAML

/// The catalogs of a folder: a single one, or one per subfolder with a `catalog.yaml` if there are documents of several
/// services.
public struct CatalogSet: Sendable {
    /// One catalog.
    public struct Member: Sendable {
        /// The service, which is the name of the catalog's folder.
        public let service: String
        /// The path of the catalog's folder.
        public let path: String
        /// The files of the catalog.
        public let folder: CatalogFolder

        /// Creates a member.
        public init(service: String, path: String, folder: CatalogFolder) {
            (self.service, self.path, self.folder) = (service, path, folder)
        }

        /// Returns a text of `catalog.yaml`. Its errors are not reported here.
        public func fact(_ key: String) -> String? {
            var ignored = Diagnostics()
            return folder.files["catalog.yaml"].flatMap { YAMLLoader().load($0, reporting: &ignored)?[key]?.scalar }
        }
    }

    /// The catalogs, by name.
    public let members: [Member]
    /// Whether the catalogs are in subfolders, even if there is only one.
    public let isSet: Bool

    /// Creates a set.
    public init(_ members: [Member], isSet: Bool) {
        (self.members, self.isSet) = (members, isSet)
    }

    /// The files of all catalogs.
    public var files: [SourceFile] { members.flatMap { $0.folder.files.values } }

    /// Reads the catalogs of a folder.
    ///
    /// - Parameters:
    ///   - path: The folder, such as `Spec` or `Spec/management`.
    ///   - services: The services to read; all if it is empty.
    /// - Throws: A ``Diagnostics`` that names the file that could not be read, or the service that does not exist.
    public init(at path: String, services: [String] = []) throws(Diagnostics) {
        let names = Self.services(in: path)
        isSet = !names.isEmpty
        let all = isSet ? names : [URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent]
        try Self.check(services, all, of: path)
        var members: [Member] = []
        for name in all where services.isEmpty || services.contains(name) {
            let own = isSet ? "\(path)/\(name)" : path
            members.append(Member(service: name, path: own, folder: try CatalogFolder(at: own)))
        }
        self.members = members
    }

    /// Returns the names of the folders with a catalog; empty if the folder is a catalog itself.
    private static func services(in path: String) -> [String] {
        func hasCatalog(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/catalog.yaml") }
        guard !hasCatalog(path) else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasPrefix(".") && hasCatalog("\(path)/\($0)") }.sorted()
    }

    private static func check(_ services: [String], _ known: [String], of path: String) throws(Diagnostics) {
        var diagnostics = Diagnostics()
        for service in services where !known.contains(service) {
            let nearest = NearestName(candidates: known).nearest(to: service)
            diagnostics.report(
                Diagnostic(
                    rule: "unknown-service", "\(path) has no service `\(service)`",
                    hint: nearest.map { "did you mean `\($0)`?" } ?? "the services are \(known.joined(separator: ", "))"
                ))
        }
        if diagnostics.hasErrors { throw diagnostics }
    }
}
