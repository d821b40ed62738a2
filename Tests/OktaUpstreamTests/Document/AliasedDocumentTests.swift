import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// Some tools write repeated values as anchors and aliases.
@Suite struct AliasedDocumentTests {
    private static let plain = """
        openapi: 3.0.3
        info: {title: T, version: "1"}
        paths:
          /things:
            get:
              parameters:
                - {name: size, in: query, schema: {type: integer, maximum: 5}}
              responses:
                "200":
                  description: A thing
                  content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
            put:
              parameters:
                - {name: size, in: query, schema: {type: integer, maximum: 5}}
              responses:
                "200":
                  description: A thing
                  content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
        components:
          schemas:
            Thing:
              type: object
              properties:
                first: {type: object, properties: {name: {type: string}}}
                second: {type: object, properties: {name: {type: string}}}
        """

    private static let aliased = """
        openapi: 3.0.3
        info: {title: T, version: "1"}
        paths:
          /things:
            get: &operation
              parameters: &parameters
                - {name: size, in: query, schema: &size {type: integer, maximum: 5}}
              responses:
                "200": &thing
                  description: A thing
                  content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
            put:
              parameters: *parameters
              responses:
                "200": *thing
        components:
          schemas:
            Thing:
              type: object
              properties:
                first: &part {type: object, properties: {name: {type: string}}}
                second: *part
        """

    private static let action = """
        action: Get Thing
        summary: Reads a thing.
        method: GET
        path: /things
        """

    @Test("Documents: aliases are read as their values") func aliases() throws {
        let documents = try [Self.plain, Self.aliased].map { try OpenAPIDocument.valid($0) }
        #expect(documents[0].contentHash == documents[1].contentHash)
        let catalogs = try documents.map { try CatalogFolder.thing(action: Self.action).updated(to: $0).folder }
        #expect(catalogs[0].text("models/thing.yaml") == catalogs[1].text("models/thing.yaml"))
        #expect(catalogs[0].text("actions/thing.yaml") == catalogs[1].text("actions/thing.yaml"))
        #expect(catalogs[1].text("models/thing.yaml").contains("second: {type: ThingSecond}"))
    }

    @Test("Documents: findings in an aliased value have a location") func findings() {
        var diagnostics = Diagnostics()
        let text = Self.aliased.replacing("type: string", with: "type: strung")
        #expect(OpenAPIDocument(SourceFile(path: "a.yaml", text: text), reporting: &diagnostics) == nil)
        #expect(Set(diagnostics.all.map(\.rule)) == ["unknown-schema-type"])
        #expect(diagnostics.all.contains { $0.message.contains("#/components/schemas/Thing/properties/second") })
    }
}
