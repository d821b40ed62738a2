import Foundation
import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The catalog and releases of `Tests/Golden/update`, and updates in memory.
struct UpdateCase {
    static let path = "\(GoldenCase.root)/update"

    /// The handwritten catalog.
    static func folder() -> CatalogFolder { GoldenCase(name: "update", isOverlay: false).folder() }

    /// One of the releases, starting at 1.
    static func release(_ number: Int) throws -> OpenAPIDocument {
        try document(at: "\(path)/release-\(number).yaml")
    }

    static func document(at path: String) throws -> OpenAPIDocument {
        let data = try #require(FileManager.default.contents(atPath: path))
        return try document(String(decoding: data, as: UTF8.self))
    }

    static func document(_ text: String) throws -> OpenAPIDocument {
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics)
        return try #require(document, "\(diagnostics.all)")
    }

    /// The catalog with the facts of the documents, applied in order.
    static func updated(_ folder: CatalogFolder, to documents: [OpenAPIDocument]) throws -> CatalogFolder {
        try documents.reduce(folder) { folder, document in
            var result = folder
            let update = try update(folder, to: document)
            for path in update.removedFiles { result.files[path] = nil }
            for (path, text) in update.files {
                result.files[path] = SourceFile(path: folder.files[path]?.path ?? "spec/\(path)", text: text)
            }
            return result
        }
    }

    static func update(_ folder: CatalogFolder, to document: OpenAPIDocument) throws -> CatalogUpdate.Result {
        var diagnostics = Diagnostics()
        let result = CatalogUpdate(document: document).update(folder, reporting: &diagnostics)
        #expect(!diagnostics.hasErrors, "\(diagnostics.all)")
        return try #require(result)
    }
}

extension CatalogFolder {
    /// The texts by path.
    var texts: [String: String] { files.mapValues { String(decoding: $0.bytes, as: UTF8.self) } }
}
