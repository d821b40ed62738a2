import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// A parameter that Okta's document moves to another location keeps its identity and its pinned facts.
@Suite struct MovedParameterTests {
    private static let document = """
        {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
        "parameters": [{"name": "kind", "in": "header", "schema": {"type": "string", "enum": ["A", "B"]}}],
        "responses": {"204": {"description": "Nothing"}}}}}}
        """

    private func folder(parameters: String) -> CatalogFolder {
        let texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
            "actions/thing.yaml": """
            category: Thing
            summary: Things.
            actions:
              - action: Read Thing
                summary: Reads a thing.
                method: GET
                path: /things
                params:
                  \(parameters)
                success: [204]

            """,
        ]
        return CatalogFolder(files: texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) })
    }

    @Test(
        "Update: a parameter that moves to another location keeps its pinned type, and no parameter is added",
        arguments: [
            ("kind: {in: query, type: string, pinned: [type]}", "kind: {in: header, type: string, pinned: [type]}"),
            (
                "kindOfHeader: {name: kind, in: query, type: string, pinned: [type]}",
                "kindOfHeader: {name: kind, in: header, type: string, pinned: [type]}"
            ),
        ])
    func pinnedTypeOfMovedParameter(before: String, after: String) throws {
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "openapi.json", text: Self.document)
        let update = CatalogUpdate(document: try #require(OpenAPIDocument(file, reporting: &diagnostics)))
        let result = try #require(update.update(folder(parameters: before), reporting: &diagnostics))
        #expect(diagnostics.all.isEmpty)
        #expect(result.files["actions/thing.yaml"]?.contains(after) == true, "\(result.files)")
        #expect(!result.files.keys.contains { $0.hasPrefix("models/") })
    }

    @Test("Update: a pinned parameter is distinct from another catalog parameter with the same name")
    func pinnedParameterBesideTheSameName() throws {
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "openapi.json", text: Self.document)
        let update = CatalogUpdate(document: try #require(OpenAPIDocument(file, reporting: &diagnostics)))
        let parameters =
            "kind: {in: header, type: string}\n      other: {name: kind, in: query, type: string, pinned: [type]}"
        let result = try #require(update.update(folder(parameters: parameters), reporting: &diagnostics))
        #expect(result.files["actions/thing.yaml"]?.contains("kind: {in: header, type: ReadThingKind}") == true)
        #expect(result.files["models/thing.yaml"]?.contains("enum: ReadThingKind") == true, "\(result.files)")
    }
}
