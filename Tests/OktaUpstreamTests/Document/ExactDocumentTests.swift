import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// Names and values of documents are compared by bytes.
@Suite struct ExactDocumentTests {
    @Test("Documents: schemas, properties, values and parameters differ despite Unicode equivalence")
    func documentsAreBytes() throws {
        let (one, other) = ("caf\u{E9}", "cafe\u{301}")
        func both(_ value: String, _ second: String? = nil) -> String {
            "{\"\(one)\": \(value), \"\(other)\": \(second ?? value)}"
        }
        func parameter(_ name: String) -> String {
            "{\"name\": \"\(name)\", \"in\": \"query\", \"schema\": {\"type\": \"string\"}}"
        }
        func reference(_ name: String) -> String { "{\"$ref\": \"#/components/schemas/\(name)\"}" }
        let document = """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
            "parameters": [\(parameter(one)), \(parameter(other))], "responses": {"200": {"description": "A thing",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
            "components": {"schemas": {"Thing": {"type": "object", "properties": \(both(reference(one), reference(other)))},
            "\(one)": {"type": "string", "enum": ["\(one)", "\(other)"]},
            "\(other)": {"type": "object", "properties": \(both("{\"type\": \"string\"}", "{\"type\": \"integer\"}"))}}}}
            """
        let texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
            "actions/thing.yaml": """
            category: Thing
            summary: Things.
            actions:
              - action: Get Thing
                summary: Reads a thing.
                method: GET
                path: /things

            """,
        ]
        let files = texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) }
        var diagnostics = Diagnostics()
        let read = OpenAPIDocument(SourceFile(path: "openapi.json", text: document), reporting: &diagnostics)
        let update = CatalogUpdate(document: try #require(read, "\(diagnostics.all)"))
        let result = try #require(
            update.update(CatalogFolder(files: files), reporting: &diagnostics), "\(diagnostics.all)")
        let actions = try #require(result.files["actions/thing.yaml"])
        let models = try #require(result.files["models/thing.yaml"])
        for name in [one, other] {
            #expect(actions.utf8.count(of: "\"\(name)\": {in: query") == 1)
            #expect(models.utf8.count(of: "- \"\(name)\"\n") == 1)
            #expect(models.utf8.count(of: "upstream: \"\(name)\"\n") == 1)
            #expect(models.utf8.count(of: "    \"\(name)\": {type: ") == 2)
        }
        #expect(models.utf8.count(of: "\"\(one)\": {type: string}") == 1)
        #expect(models.utf8.count(of: "\"\(other)\": {type: integer}") == 1)
    }
}

extension String.UTF8View {
    /// The number of occurrences of a text's bytes.
    fileprivate func count(of text: String) -> Int {
        let (all, wanted) = (Array(self), Array(text.utf8))
        guard all.count >= wanted.count else { return 0 }
        return (0...(all.count - wanted.count)).count { all[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
