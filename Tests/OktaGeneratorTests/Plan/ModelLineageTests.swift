import OktaCatalog
import Testing
import YAML

@testable import OktaGenerator

/// What models have from those that they extend.
@Suite(.longCalculation) struct ModelLineageTests {
    private func plan(_ models: [String], file: String = #filePath) throws -> [String: PlannedModel] {
        let texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
            "actions/thing.yaml": """
            category: Thing
            summary: Things.
            actions:
              - {action: Get Thing, summary: Reads a thing., method: GET, path: /things}

            """,
            "models/thing.yaml": "category: Thing\nmodels:\n" + models.map { "  - {\($0)}\n" }.joined(),
        ]
        let files = texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) }
        var diagnostics = Diagnostics()
        let output = try #require(
            Generation().run(CatalogFolder(files: files), reporting: &diagnostics), "\(diagnostics.all)")
        let all = output.plan.modelFiles.flatMap(\.types).compactMap { type in
            if case .model(let model) = type { model } else { nil }
        }
        return Dictionary(all.map { ($0.name.bare, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("Extends: fields come from the outermost model first, and the nearest declaration counts")
    func fields() throws {
        let models = try plan([
            "model: Leaf, extends: Middle, init: [c], fields: {a: {type: number}, c: {type: string}}",
            "model: Root, init: [b], fields: {a: {type: string}, b: {type: string}, id: {type: string}}",
            "model: Middle, extends: Root, fields: {id: {type: string}, d: {type: string}}",
        ])
        #expect(models["Root"]?.allFields.map(\.wireName) == ["a", "b", "id"])
        #expect(models["Middle"]?.allFields.map(\.wireName) == ["a", "b", "id", "d"])
        #expect(models["Leaf"]?.allFields.map(\.wireName) == ["b", "id", "d", "a", "c"])
        #expect(models["Leaf"]?.allFields[3].type == .number)
        #expect(models["Leaf"]?.initializer.map(\.field.wireName) == ["b", "c", "id", "d", "a"])
        #expect(models["Root"]?.addsID == true)
        #expect(models["Middle"]?.addsID == false)
    }

    @Test("Extends: a chain of thousands of models is planned")
    func longChain() throws {
        let models = try plan(
            ["model: M0, init: [a], fields: {a: {type: string}}"]
                + (1..<3000).map { "model: M\($0), extends: M\($0 - 1), fields: {}" })
        #expect(models.count == 3000)
        #expect(models["M2999"]?.allFields.map(\.wireName) == ["a"])
        #expect(models["M2999"]?.initializer.map(\.defaultValue) == [nil])
    }
}
