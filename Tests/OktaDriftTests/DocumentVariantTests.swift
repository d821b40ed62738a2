import OktaDrift
import Testing
import YAML

/// Okta publishes each document in several variants, which describe the same API.
@Suite struct DocumentVariantTests {
    private static let mapping =
        "discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}"
    private static let choice =
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \(mapping)}"
    private static let reference = "{$ref: '#/components/schemas/Pet'}"

    /// A document whose operation returns some schema.
    private func document(_ schema: String, catExtends base: String = "Pet", others: String = "") -> SourceFile {
        let text = """
            openapi: 3.0.3
            info: {title: Pets, version: "1"}
            paths:
              /api/v1/pets:
                get:
                  responses:
                    "200":
                      description: The pets
                      content: {application/json: {schema: {type: array, items: \(schema)}}}
            components:
              schemas:
                \(others)
                Named: {type: object, properties: {name: {type: string}}}
                Pet:
                  type: object
                  properties: {kind: {type: string}, age: {type: integer}}
                  \(Self.mapping)
                Cat: {allOf: [{$ref: '#/components/schemas/\(base)'}, {type: object, properties: {lives: {type: integer}}}]}
                Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {tricks: {type: string}}}]}
            """
        return SourceFile(path: "pets.yaml", text: text)
    }

    private func rules(_ old: SourceFile, _ new: SourceFile) throws -> Set<String> {
        let result = DescriptionComparison(
            from: try DriftCase.description(old), to: try DriftCase.description(new), names: .ignored
        ).run()
        return Set(result.changes.map(\.rule.id))
    }

    @Test("Document variants: a choice of all schemas that extend a schema with the same discriminator is that schema")
    func choiceOfExtendingSchemas() throws {
        #expect(try rules(document(Self.reference), document(Self.choice)).isEmpty)
        #expect(try rules(document(Self.choice), document(Self.reference)).isEmpty)
    }

    @Test("Document variants: a choice of schemas of which one does not extend the schema differs from it")
    func choiceOfOtherSchemas() throws {
        let (old, new) = (
            document(Self.reference, catExtends: "Named"), document(Self.choice, catExtends: "Named")
        )
        #expect(try rules(old, new).contains("field-removed"))
    }

    @Test("Document variants: a choice is no schema if several have its discriminator")
    func choiceOfSeveralSchemas() throws {
        let other = "Animal: {type: object, properties: {kind: {type: string}}, \(Self.mapping)}"
        let (old, new) = (document(Self.reference, others: other), document(Self.choice, others: other))
        #expect(try rules(old, new).contains("field-removed"))
    }

    @Test("Document variants: a choice of some variants differs from the schema with all of them")
    func choiceOfSomeVariants() throws {
        let some = Self.choice.replacing("{$ref: '#/components/schemas/Cat'}, ", with: "")
        #expect(try !rules(document(Self.reference), document(some)).isEmpty)
    }
}
