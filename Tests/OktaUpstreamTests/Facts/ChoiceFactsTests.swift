import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The facts of choices (`oneOf`, `anyOf`) in a document, for a catalog with one action that returns `Thing`.
@Suite struct ChoiceFactsTests {
    private func facts(_ schemas: String) throws -> Catalog {
        let document = try OpenAPIDocument.valid(
            """
            openapi: 3.0.3
            info: {title: T, version: "1"}
            paths:
              /things:
                get:
                  operationId: getThing
                  responses:
                    "200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
            components:
              schemas:
            \(schemas)
            """)
        let folder = CatalogFolder.thing(action: "{action: Get Thing, summary: Words., method: GET, path: /things}")
        var diagnostics = Diagnostics()
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
        return UpstreamFacts.catalog(catalog, from: document).catalog
    }

    private func model(_ name: String, of catalog: Catalog) throws -> CatalogModel {
        try #require(catalog.modelFiles.flatMap(\.models).first { $0.name.value == name })
    }

    @Test("Choice: inline options require only what all of them require")
    func requiredByAll() throws {
        let catalog = try facts(
            """
                Thing:
                  oneOf:
                    - {type: object, required: [kind, a], properties: {kind: {type: string}, a: {type: string}}}
                    - {type: object, required: [kind, b], properties: {kind: {type: string}, b: {type: string}}}
            """)
        let fields = try model("Thing", of: catalog).fields
        #expect(fields.filter(\.isRequired).map(\.name.value) == ["kind"])
        #expect(fields.count == 3)
    }

    @Test("Choice: the enumeration of a member has the values of all inline options")
    func valuesOfAllOptions() throws {
        let catalog = try facts(
            """
                Thing:
                  oneOf:
                    - {type: object, properties: {kind: {type: string, enum: [A, B]}}}
                    - {type: object, properties: {kind: {type: string, enum: [B, C]}}}
            """)
        let kinds = catalog.modelFiles.flatMap(\.enumerations)
        #expect(kinds.map { $0.values.map(\.value.value) } == [["A", "B", "C"]])
    }

    @Test("Choice: a union of one named schema is not that schema")
    func choiceOfOne() throws {
        let catalog = try facts(
            """
                Thing:
                  discriminator: {propertyName: kind, mapping: {ONLY: "#/components/schemas/Only"}}
                  oneOf: [{$ref: "#/components/schemas/Only"}]
                Only:
                  type: object
                  required: [kind, id]
                  properties: {kind: {type: string}, id: {type: string}}
            """)
        #expect(try model("Thing", of: catalog).variants.map(\.model.value) == ["Only"])
        #expect(try model("Only", of: catalog).fields.map(\.name.value) == ["kind", "id"])
    }
}
