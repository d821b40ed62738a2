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
        let folder = CatalogFolder.thing(
            action: "action: Get Thing\nsummary: Reads a thing.\nmethod: GET\npath: /things")
        var diagnostics = Diagnostics()
        let update = CatalogUpdate(document: try .valid(document))
        let result = try #require(update.update(folder, reporting: &diagnostics), "\(diagnostics.all)")
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
