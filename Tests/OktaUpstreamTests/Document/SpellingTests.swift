import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// Equivalent notations in a document.
@Suite struct SpellingTests {
    private func model(_ properties: String, options: String? = nil) throws -> String {
        let schema = options.map { "oneOf: \($0)" } ?? "type: object\n      properties:\n\(properties)"
        let document = try OpenAPIDocument.valid(
            """
            openapi: 3.0.3
            info: {title: T, version: "1"}
            paths:
              /things:
                get:
                  deprecated: TRUE
                  responses:
                    "200":
                      description: A thing
                      content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
            components:
              schemas:
                Thing:
                  \(schema)
                One: {type: object, properties: {one: {type: string}}}
                Two: {type: object, properties: {two: {type: string}}}
            """)
        let (folder, _) = try CatalogFolder.thing(action: CatalogFolder.getThing).updated(to: document)
        #expect(folder.text("actions/thing.yaml").contains("deprecated: true"))
        return folder.text("models/thing.yaml")
    }

    @Test("Document: booleans and null count in each spelling of YAML")
    func literals() throws {
        let text = try model(
            """
                    a: {type: string, nullable: True, readOnly: TRUE}
                    b: {type: boolean, default: True, deprecated: FALSE}
                    c: {type: string, default: "True"}
                    d: {type: integer, default: Null}
                    e: {type: string, enum: [TRUE, "FALSE"]}
            """)
        #expect(text.contains("a: {type: string, readOnly: true, nullable: true}"))
        #expect(text.contains("b: {type: boolean, default: true}"))
        #expect(text.contains("c: {type: string, default: \"True\"}"))
        #expect(text.contains("d: {type: integer}"))
        #expect(text.contains("\"TRUE\"") && text.contains("\"FALSE\""))
    }

    /// Okta's documents without enumerations keep the values under another key.
    @Test("Document: known values are an enumeration")
    func knownValues() throws {
        let text = try model("        a: {type: string, x-okta-known-values: [ONE, TWO]}\n")
        #expect(try text == model("        a: {type: string, enum: [ONE, TWO]}\n"))
        #expect(text.contains("enum: ThingA") && text.contains("TWO"))
    }

    @Test("Document: an option that wraps a reference is the option that it refers to")
    func wrappedOptions() throws {
        let plain = try model("", options: "[{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]")
        let wrapped = try model(
            "",
            options: "[{allOf: [{$ref: '#/components/schemas/One'}], description: First}, "
                + "{allOf: [{$ref: '#/components/schemas/Two'}]}]")
        #expect(plain.contains("variants: [One, Two]") || plain.contains("- One"))
        #expect(wrapped == plain)
    }
}
