import OktaCatalog
import OktaGenerator
import OktaUpstream
import Testing
import YAML

@Suite struct CatalogImportTests {
    private let golden = GoldenCase(name: "import", isOverlay: false)

    private func document() throws -> OpenAPIDocument {
        try UpdateCase.document(at: "\(golden.path)/openapi.yaml")
    }

    private func fill(_ folder: CatalogFolder) throws -> CatalogImport.Result {
        var diagnostics = Diagnostics()
        let result = CatalogImport(document: try document()).fill(folder, reporting: &diagnostics)
        #expect(!diagnostics.hasErrors)
        return try #require(result)
    }

    private func applying(_ result: CatalogImport.Result, to folder: CatalogFolder) -> CatalogFolder {
        var filled = folder
        for (path, text) in result.files { filled.files[path] = SourceFile(path: "spec/\(path)", text: text) }
        return filled
    }

    /// Keeps existing facts and adds missing ones.
    @Test("Import: adds missing facts") func factsAreFilledIn() throws {
        let result = try fill(golden.folder())
        #expect(result.unmatched == ["GET /api/v1/nothing"])
        #expect(result.addedDeclarations > 0)
        for (path, text) in result.files {
            #expect(try text == GoldenCase.expected(at: "\(golden.path)/expected/\(path)", updatingTo: text))
        }
    }

    @Test("Import: a second run changes nothing") func aSecondRunChangesNothing() throws {
        let folder = golden.folder()
        let filled = applying(try fill(folder), to: folder)
        let again = try fill(filled)
        #expect(again.files.isEmpty, "\(again.files)")
        #expect(again.addedDeclarations == 0)
    }

    @Test("Import: omits response keys that are not status codes")
    func responseKeys() throws {
        let document = """
            openapi: 3.0.3
            info: {version: "1"}
            paths:
              /a:
                post:
                  operationId: createA
                  responses: {"092": {description: x}, "2XX": {description: x}, default: {description: x}, "201": {description: x}}
            """
        let folder = CatalogFolder(texts: [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: S\nreference: x\ncategories: [A]\n",
            "actions/a.yaml": """
            category: A
            summary: X.
            actions:
              - action: Create A
                summary: X.
                method: POST
                path: /a

            """,
        ])
        var diagnostics = Diagnostics()
        let result = CatalogImport(document: try UpdateCase.document(document)).fill(folder, reporting: &diagnostics)
        #expect(!diagnostics.hasErrors)
        #expect(try #require(result?.files["actions/a.yaml"]).contains("success: [201]"))
    }

    /// An import never removes or changes a line of the catalog.
    @Test("Import: keeps every existing line") func keepsEveryExistingLine() throws {
        let folder = golden.folder()
        let filled = applying(try fill(folder), to: folder)
        for (path, file) in folder.files {
            var rest = (filled.files[path]?.bytes ?? []).split(separator: UInt8(ascii: "\n"))[...]
            for line in file.bytes.split(separator: UInt8(ascii: "\n")) {
                let index = rest.firstIndex { $0.elementsEqual(line) }
                let found = try #require(index, "\(path): \(String(decoding: line, as: UTF8.self))")
                rest = rest[(found + 1)...]
            }
        }
    }

    /// The result of an import is a valid catalog once an author has documented the new models.
    @Test("Import: the result generates") func theResultGenerates() throws {
        let folder = golden.folder()
        var filled = applying(try fill(folder), to: folder)
        var diagnostics = Diagnostics()
        #expect(Generation().run(filled, reporting: &diagnostics) == nil)
        #expect(Set(diagnostics.all.map(\.rule)) == ["missing-doc"])
        for (path, text) in filled.texts {
            filled.files[path] = SourceFile(
                path: "spec/\(path)", text: text.replacing("doc: TODO", with: "doc: A thing"))
        }
        diagnostics = Diagnostics()
        let output = Generation().run(filled, reporting: &diagnostics)
        #expect(output != nil, "\(DiagnosticRenderer(files: filled.files.values).render(diagnostics.sorted))")
    }

    @Test(
        "Import: a document that is not OpenAPI 3 is rejected",
        arguments: ["a: 1", "openapi: 3.0.3", "paths: {}", "[]"])
    func anotherDocumentIsRefused(_ text: String) {
        var diagnostics = Diagnostics()
        #expect(OpenAPIDocument(SourceFile(path: "x.yaml", text: text), reporting: &diagnostics) == nil)
        #expect(diagnostics.all.map(\.rule) == ["not-openapi"])
    }
}
