import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The names of schemas are not part of the contract: a model keeps its name and sentences when its schema is renamed.
@Suite struct RenamedSchemaTests {
    private static let models = """
          - model: MyThing
            upstream: Thing
            doc: Thing of the user
            fields:
              id: {type: string, doc: Identifies the thing}
              kind: {type: MyThingKind}
              parts: {type: [MyPart]}
          - enum: MyThingKind
            upstream: Thing.kind
            group: MyThing
            doc: Kind of a thing
            values:
              - A
              - value: B
                swift: second
          - model: MyPart
            upstream: Part
            group: MyThing
            doc: Part of a thing
            fields:
              id: {type: string}
              size: {type: integer}
        """
    private static let action =
        "{action: Get Thing, summary: Reads a thing., method: GET, path: /things, returns: MyThing, success: [200]}"

    /// A document whose two named schemas have other names, and further fields of the part.
    private func document(thing: String, part: String, fields: String = #""id", "size""#) throws -> OpenAPIDocument {
        let types = ["\"id\"": "string", "\"size\"": "integer"]
        let members = fields.split(separator: ", ").map { "\($0): {\"type\": \"\(types[String($0)] ?? "string")\"}" }
        return try OpenAPIDocument.valid(
            """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
            "responses": {"200": {"description": "A thing", "content": {"application/json": {"schema": {
            "$ref": "#/components/schemas/\(thing)"}}}}}}}},
            "components": {"schemas": {
            "\(thing)": {"type": "object", "properties": {"id": {"type": "string"},
            "kind": {"type": "string", "enum": ["A", "B"]},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/\(part)"}}}},
            "\(part)": {"type": "object", "properties": {\(members.joined(separator: ", "))}}}}}
            """)
    }

    private func updated(
        _ models: String = RenamedSchemaTests.models, to document: OpenAPIDocument
    ) throws -> (text: String, changes: [String]) {
        let (folder, changes) = try CatalogFolder.thing(action: Self.action, models: models).updated(to: document)
        return (folder.text("models/thing.yaml"), changes)
    }

    private static func file(_ models: String) -> String { "category: Thing\nmodels:\n\(models)\n" }

    @Test("Update: models keep their names and sentences if their schemas are renamed")
    func renamed() throws {
        let (text, changes) = try updated(to: document(thing: "Item", part: "Piece"))
        let expected = Self.models.replacing("upstream: Thing", with: "upstream: Item")
            .replacing("upstream: Part", with: "upstream: Piece")
        #expect(text == Self.file(expected))
        #expect(changes.isEmpty)
    }

    @Test("Update: a renamed schema may have further fields")
    func renamedWithFields() throws {
        let (text, changes) = try updated(to: document(thing: "Thing", part: "Piece", fields: #""id", "size", "more""#))
        #expect(text.contains("  - model: MyPart\n    upstream: Piece\n    group: MyThing\n    doc: Part of a thing\n"))
        #expect(changes == ["MyPart: field `more` added"])
    }

    @Test("Update: a schema with other fields is not a renamed one")
    func otherSchema() throws {
        let (text, changes) = try updated(to: document(thing: "Thing", part: "Piece", fields: #""x", "y", "z""#))
        #expect(text.contains("  - model: MyPart\n    removed: true\n    upstream: Part\n"))
        #expect(text.contains("parts: {type: [Piece]}"))
        #expect(changes.contains("MyPart: removed") && changes.contains("Piece: added"))
    }

    @Test("Update: a model without a sentence follows the name of its schema")
    func unwritten() throws {
        let models = Self.models.replacing("doc: Part of a thing", with: "doc: TODO")
        let (text, _) = try updated(models, to: document(thing: "Thing", part: "Piece"))
        #expect(text.contains("parts: {type: [Piece]}"))
        #expect(!text.contains("MyPart"))
    }
}
