import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// A document with one operation, and a catalog with its action.
struct FactSetup {
    /// The response of an operation without content.
    static let noContent = #""responses": {"204": {"description": "Nothing"}}"#
    /// The schema of a list.
    static let list = #"{"type": "array", "items": {"type": "string"}}"#

    var method = "get"
    var path = "/things"
    var operation = FactSetup.noContent
    var item = ""
    var root = ""
    var components = "{}"
    var facts = ""
    /// The server that the catalog states.
    var server = ""

    func document(version: String = "3.0.3") throws -> OpenAPIDocument {
        let text = """
            {"openapi": "\(version)", "info": {"title": "T", "version": "1"}, \(root) "components": \(components),
            "paths": {"\(path)": {\(item) "\(method)": {\(operation)}}}}
            """
        return try OpenAPIDocument.valid(text)
    }

    var folder: CatalogFolder {
        var folder = CatalogFolder.thing(
            action: """
                action: Call Thing
                summary: Calls a thing.
                method: \(method.uppercased())
                path: \(path)
                \(facts)
                """)
        if !server.isEmpty {
            let text = folder.text("catalog.yaml") + "server: \"\(server)\"\n"
            folder.files["catalog.yaml"] = SourceFile(path: "catalog.yaml", text: text)
        }
        return folder
    }

    /// The facts as a catalog action, and those that the catalog cannot express.
    func action() throws -> (action: CatalogAction, unsupported: [String]) {
        var diagnostics = Diagnostics()
        let catalog = try #require(
            CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
        let (result, unsupported) = UpstreamFacts.catalog(catalog, from: try document())
        return (try #require(result.categories.first?.actions.first), unsupported.map(\.fact.message))
    }

    /// Returns the text of the action after an update; nil if the update reports an error.
    func updated() throws -> (text: String?, errors: [Diagnostic]) {
        let (files, errors) = try files()
        return (files["actions/thing.yaml"], errors)
    }

    /// Returns the texts of the files that an update changes, and its errors.
    func files() throws -> (files: [String: String], errors: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let result = CatalogUpdate(document: try document()).update(folder, reporting: &diagnostics)
        return (result?.files ?? [:], diagnostics.all.filter { $0.severity == .error })
    }
}
