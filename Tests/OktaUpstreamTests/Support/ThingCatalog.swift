import OktaCatalog
import OktaUpstream
import Testing
import YAML

extension OpenAPIDocument {
    /// A document that must be valid.
    static func valid(_ text: String) throws -> OpenAPIDocument {
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics)
        return try #require(document, "\(diagnostics.all)")
    }
}

extension CatalogFolder {
    /// A catalog with the category `Thing`, one action and models.
    ///
    /// - Parameters:
    ///   - action: The entry of the action without its hyphen: in braces, or in lines without further indentation.
    ///   - models: The entries of the models, indented by two spaces; nil for no file of models.
    ///   - overlay: The text of the overlay; nil for none.
    static func thing(action: String, models: String? = nil, overlay: String? = nil) -> CatalogFolder {
        let lines = action.split(separator: "\n").enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 + "\n" }
        var texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
            "actions/thing.yaml": "category: Thing\nsummary: Things.\nactions:\n" + lines.joined(),
        ]
        texts["models/thing.yaml"] = models.map { "category: Thing\nmodels:\n\($0)\n" }
        texts["overlay.yaml"] = overlay
        return CatalogFolder(texts: texts)
    }

    /// An action with the response `Thing`, and with its facts.
    static let getThing =
        "{action: Get Thing, summary: Reads a thing., method: GET, path: /things, returns: Thing, success: [200]}"

    /// Returns the text of a file; empty if there is none.
    func text(_ path: String) -> String { files[path].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "" }

    /// Returns the catalog after an update, and its changes. A second update must change nothing.
    func updated(to document: OpenAPIDocument) throws -> (folder: CatalogFolder, changes: [String]) {
        let update = CatalogUpdate(document: document)
        var diagnostics = Diagnostics()
        let first = try #require(update.update(self, reporting: &diagnostics), "\(diagnostics.all)")
        var folder = self
        for (path, text) in first.files { folder.files[path] = SourceFile(path: path, text: text) }
        for path in first.removedFiles { folder.files[path] = nil }
        let second = try #require(update.update(folder, reporting: &diagnostics), "\(diagnostics.all)")
        #expect(second.files.isEmpty && second.removedFiles.isEmpty, "\(second.files)")
        return (folder, first.report.changes.map { "\($0.name): \($0.text)" })
    }
}
