import OktaCatalog
import OktaUpstream
import YAML

/// Okta's documents with the catalogs that they describe.
struct ServiceDocuments {
    /// A document with its catalog.
    struct Entry {
        let member: CatalogSet.Member
        let document: OpenAPIDocument
        /// The document's path.
        let path: String
    }

    /// The documents in the order of the arguments, without those that have errors.
    private(set) var entries: [Entry] = []
    /// The documents' files, for messages.
    private(set) var files: [SourceFile] = []

    /// Reads documents.
    ///
    /// - Parameters:
    ///   - paths: The documents.
    ///   - option: The option that names them.
    ///   - set: The catalogs.
    ///   - services: The services that the caller has named.
    ///   - options: The options for choosing a document's catalog.
    ///   - diagnostics: Receives the errors in the documents, and warnings about facts that the catalogs cannot have.
    init(
        _ paths: [String], as option: String, in set: CatalogSet, named services: [String], _ options: DocumentOptions,
        reporting diagnostics: inout Diagnostics
    ) throws {
        var described: [String: String] = [:]
        for path in paths {
            let file = try InputFile.read(path, as: option)
            files.append(file)
            guard let document = OpenAPIDocument(file, reporting: &diagnostics) else { continue }
            let member = try options.service(of: document, at: path, in: set, named: services)
            if let other = described.updateValue(path, forKey: member.service) {
                throw InputFailure(
                    message: "\(other) and \(path) both describe the service `\(member.service)`; pass one of them")
            }
            if !member.describes(document) { diagnostics.append(document.unheldFacts) }
            entries.append(Entry(member: member, document: document, path: path))
        }
    }
}

extension CatalogSet.Member {
    /// Returns whether the catalog already has the facts of a document.
    fileprivate func describes(_ document: OpenAPIDocument) -> Bool {
        guard let file = folder.files[Dispositions.fileName] else { return false }
        return String(decoding: file.bytes, as: UTF8.self).contains(document.contentHash)
    }
}
