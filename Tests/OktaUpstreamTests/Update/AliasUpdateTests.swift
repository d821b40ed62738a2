import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// An alias stays as long as Okta's document describes the alias and its target identically.
@Suite struct AliasUpdateTests {
    private func document(
        group: String, user: String, id: String = #"{"type": "string"}"#
    ) throws -> OpenAPIDocument {
        let text = """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
            "responses": {"200": {"description": "A thing", "content": {"application/json": {"schema": {
            "$ref": "#/components/schemas/Thing"}}}}}}}},
            "components": {"schemas": {
            "Thing": {"type": "object", "properties": {
            "group": {"$ref": "#/components/schemas/GroupStatus"}, "user": {"$ref": "#/components/schemas/UserStatus"},
            "first": {"$ref": "#/components/schemas/First"}, "second": {"$ref": "#/components/schemas/Second"}}},
            "First": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Second": {"type": "object", "properties": {"id": \(id)}},
            "GroupStatus": {"type": "string", "enum": \(group)},
            "UserStatus": {"type": "string", "enum": \(user)}}}}
            """
        return try OpenAPIDocument.valid(text)
    }

    private static let models = """
          - model: Thing
            upstream: Thing
            fields:
              first: {type: First}
              group: {type: GroupStatus}
              second: {type: Second}
              user: {type: UserStatus}
          - model: First
            upstream: First
            group: Thing
            fields:
              id: {type: string}
          - model: Second
            upstream: Second
            group: Thing
            sameAs: First
          - enum: GroupStatus
            upstream: GroupStatus
            group: Thing
            values:
              - A
              - B
          - enum: UserStatus
            upstream: UserStatus
            group: Thing
            sameAs: GroupStatus
        """

    private static let file = "category: Thing\nmodels:\n\(models)\n"

    private func updated(to document: OpenAPIDocument) throws -> (text: String, changes: [String]) {
        let (folder, changes) = try CatalogFolder.thing(action: CatalogFolder.getThing, models: Self.models)
            .updated(to: document)
        return (folder.text("models/thing.yaml"), changes)
    }

    @Test("Update: aliases stay if both sides change in the same way")
    func aliasesOfEqualContents() throws {
        let same = try document(group: #"["A", "B"]"#, user: #"["B", "A"]"#)
        #expect(try updated(to: same).text == Self.file)
        let grown = try updated(to: document(group: #"["A", "B", "C"]"#, user: #"["A", "B", "C"]"#))
        #expect(grown.text == Self.file.replacing("      - B\n", with: "      - B\n      - C\n"))
        #expect(grown.changes == ["GroupStatus: value `C` added"])
    }

    @Test("Update: an alias becomes a full declaration if the document distinguishes it from its target")
    func aliasesOfDifferentContents() throws {
        let different = try document(
            group: #"["A", "B"]"#, user: #"["A", "B", "C"]"#, id: #"{"type": "string", "minLength": 2}"#)
        let (text, changes) = try updated(to: different)
        #expect(
            text
                == Self.file.replacing(
                    "    sameAs: GroupStatus\n",
                    with: "    sameAs: {name: GroupStatus, removed: true}\n    values:\n"
                        + "      - A\n      - B\n      - C\n"
                ).replacing(
                    "    sameAs: First\n",
                    with: "    sameAs: {name: First, removed: true}\n    fields:\n"
                        + "      id: {type: string, minLength: 2}\n"))
        #expect(changes.contains("UserStatus: fact `sameAs` removed"))
        #expect(changes.contains("Second: fact `sameAs` removed"))
    }
}
