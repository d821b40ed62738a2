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

    /// Returns the elements of all files, without those that the document no longer has: these keep the facts of the
    /// last document that had them, which a single update may skip. Values and variants keep their order; all other
    /// elements are sorted by name.
    func present() throws -> [String: YAMLNode] {
        var entries: [String: YAMLNode] = [:]
        for (path, file) in files {
            var diagnostics = Diagnostics()
            let root = try #require(YAMLLoader().load(file, reporting: &diagnostics), "\(diagnostics.all)").present
            // A file may have only removed models.
            if root["models"]?.elements?.isEmpty != true { entries[path] = root }
        }
        return entries
    }
}

extension YAMLNode {
    /// Returns the value without locations and without removed elements.
    var present: YAMLNode { present(inOrder: false) }

    private func present(inOrder: Bool) -> YAMLNode {
        var node = self
        node.location = SourceLocation(file: "", start: .start, end: .start)
        node.isFlow = false
        switch content {
        case .scalar(let text, _): node.content = .scalar(text, .plain)
        case .sequence(let elements):
            let present = elements.filter { !$0.isMarkedRemoved }.map(\.present)
            node.content = .sequence(inOrder ? present : present.sorted { $0.name < $1.name })
        case .mapping(let entries):
            let present = entries.filter { !$0.value.isMarkedRemoved }
            let sorted = inOrder ? present : present.sorted { $0.name < $1.name }
            node.content = .mapping(
                sorted.map { entry in
                    let keepsOrder = ["values", "variants"].contains(entry.name)
                    return YAMLEntry(key: entry.key.present, value: entry.value.present(inOrder: keepsOrder))
                })
        }
        return node
    }

    private var isMarkedRemoved: Bool { self["removed"]?.scalar == "true" }

    /// The name of an element of a list.
    private var name: String {
        scalar ?? ["model", "enum", "action", "value"].lazy.compactMap { self[$0]?.scalar }.first ?? ""
    }
}
