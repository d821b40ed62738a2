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
        .thing(
            action: """
                action: Read Thing
                summary: Reads a thing.
                method: GET
                path: /things
                params:
                  \(parameters)
                success: [204]
                """)
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
        let (folder, _) = try folder(parameters: before).updated(to: .valid(Self.document))
        #expect(folder.text("actions/thing.yaml").contains(after))
        #expect(!folder.files.keys.contains { $0.hasPrefix("models/") })
    }

    @Test("Update: a pinned parameter is distinct from another catalog parameter with the same name")
    func pinnedParameterBesideTheSameName() throws {
        let parameters =
            "kind: {in: header, type: string}\n  other: {name: kind, in: query, type: string, pinned: [type]}"
        let (folder, _) = try folder(parameters: parameters).updated(to: .valid(Self.document))
        #expect(folder.text("actions/thing.yaml").contains("kind: {in: header, type: ReadThingKind}"))
        #expect(folder.text("models/thing.yaml").contains("enum: ReadThingKind"))
    }
}
