import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// Parameters, fields and values that return after Okta's document omitted them for a release get their place in the
/// document, even among elements that were added meanwhile. Updating in steps therefore gives the same order as one
/// update.
@Suite struct ReturningPlaceTests {
    private static let action = """
        action: List Things
        summary: Lists things.
        method: GET
        path: /things
        params: {a: {in: query, type: string}, b: {in: query, type: string, doc: Second}, c: {in: query, type: string}}
        returns: Thing
        success: [200]
        """

    private static let models = """
          - model: Thing
            upstream: Thing
            doc: Thing of the user
            fields:
              a: {type: string}
              # Above b.
              b: {type: string, doc: Second}   # beside b
              c: {type: string}
              letter: {type: Letter}
          - enum: Letter
            upstream: Thing.letter
            group: Thing
            doc: Letter of a thing
            values:
              - a
              # Above b.
              - {value: b, doc: Second}
              - c
        """

    private static let folder = CatalogFolder.thing(action: action, models: models)

    /// A document whose parameters, fields and values have these names.
    private func document(_ names: [String]) throws -> OpenAPIDocument {
        let parameters = names.map { #"{"name": "\#($0)", "in": "query", "schema": {"type": "string"}}"# }
        let letter = #""letter": {"type": "string", "enum": [\#(names.map { "\"\($0)\"" }.joined(separator: ", "))]}"#
        let fields = names.map { #""\#($0)": {"type": "string"}"# } + [letter]
        return try .valid(
            """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
            "parameters": [\(parameters.joined(separator: ", "))],
            "responses": {"200": {"description": "A thing", "content": {"application/json": {"schema": {
            "$ref": "#/components/schemas/Thing"}}}}}}}},
            "components": {"schemas": {"Thing": {"type": "object", "properties": {\(fields.joined(separator: ", "))}}}}}
            """)
    }

    private func texts(_ folder: CatalogFolder) -> [String] {
        ["actions/thing.yaml", "models/thing.yaml"].map { folder.text($0) }
    }

    @Test(
        "Returning elements: their place is that of the document, in any number of steps",
        arguments: [
            [["a", "x", "c"], ["a", "b", "x", "c"]], [["a", "x", "c"], ["a", "x", "b", "c"]],
            [["x", "a", "c"], ["x", "a", "b", "c"]], [["a", "x"], ["a", "b", "x", "c"]],
            [["x"], ["a", "b", "x", "c"]], [["a", "c", "x"], ["a", "b", "c", "x"]],
            [["a", "x", "c"], ["a", "x", "y", "c"], ["a", "b", "x", "y", "c"]], [["a", "c"], ["a", "b", "c"]],
        ])
    func place(_ releases: [[String]]) throws {
        let steps = try releases.reduce(Self.folder) { try $0.updated(to: document($1)).folder }
        let leap = try Self.folder.updated(to: document(#require(releases.last))).folder
        #expect(texts(steps) == texts(leap))
        #expect(!texts(steps).joined().contains("removed"))
    }

    @Test("Returning elements: one at another place returns to the document's place") func ownPlace() throws {
        let models = Self.models.replacing("      a: {type: string}\n", with: "").replacing(
            "      c: {type: string}\n", with: "      c: {type: string}\n      a: {type: string, doc: First}\n")
        let start = CatalogFolder.thing(action: Self.action, models: models)
        #expect(try texts(start.updated(to: document(["a", "b", "c"])).folder) == texts(start))
        let gap = try start.updated(to: document(["b", "c"])).folder
        #expect(gap.text("models/thing.yaml").contains("a: {type: string, doc: First, removed: true}\n"))
        let text = try gap.updated(to: document(["a", "b", "c"])).folder.text("models/thing.yaml")
        #expect(text.contains("    fields:\n      a: {type: string, doc: First}\n"))
        #expect(text.contains("      # Above b.\n      b: {type: string, doc: Second}   # beside b\n      c:"))
    }
}
