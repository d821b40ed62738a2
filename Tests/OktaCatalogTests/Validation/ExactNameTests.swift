import OktaCatalog
import Testing
import YAML

/// Names and values are compared by their bytes, as the compiler and JSON do, where Swift's `==` is more lenient.
@Suite struct ExactNameTests {
    /// The diagnostics of a catalog with one action and some models, as `rule: message (hint)`.
    private func findings(_ models: String, overlay: String? = nil) -> [String] {
        var files = [
            "catalog.yaml": """
            grammar: 1
            service: Test
            module: Test
            reference: https://example.com/
            categories: [Thing]
            """,
            "actions/thing.yaml": """
            category: Thing
            summary: Things.
            actions:
              - action: Get Thing
                summary: Reads a thing.
                method: GET
                path: /things
            """,
            "models/thing.yaml": "category: Thing\nmodels:\n\(models)",
        ]
        files["overlay.yaml"] = overlay
        var diagnostics = Diagnostics()
        let sources = files.map { ($0, SourceFile(path: $0, text: $1 + "\n")) }
        _ = CatalogDecoder().decode(
            CatalogFolder(files: Dictionary(uniqueKeysWithValues: sources)), reporting: &diagnostics)
        return diagnostics.sorted.map { "\($0.rule): \($0.message)\($0.hint.map { " (\($0))" } ?? "")" }
    }

    @Test("Names: a reference with a Kelvin sign names no model with a K")
    func referencesAreBytes() {
        #expect("\u{212A}ey" == "Key")
        for place in ["fields: {k: {type: \u{212A}ey}}", "extends: \u{212A}ey", "variants: [\u{212A}ey]"] {
            #expect(
                findings("  - model: Key\n  - model: Other\n    \(place)") == [
                    "unknown-model: there is no model or type `\u{212A}ey` (did you mean `Key`?)"
                ])
        }
    }

    @Test("Values: two that Unicode calls equal are two, and the same bytes twice are a duplicate")
    func valuesAreBytes() {
        let one = "{value: caf\u{E9}, swift: composed}"
        let other = "{value: cafe\u{301}, swift: decomposed}"
        #expect(findings("  - enum: Place\n    values: [\(one), \(other)]").isEmpty)
        let twice = findings("  - enum: Place\n    values: [\(one), \(one)]")
        #expect(twice.map { String($0.prefix(16)) } == ["duplicate-value:"])
    }

    @Test("Overlay: adds a value or field that Unicode calls equal to one that is there")
    func correctionsAreBytes() {
        let models =
            "  - enum: Place\n    values: [caf\u{E9}]\n  - model: Thing\n    fields: {caf\u{E9}: {type: string}}"
        func overlay(_ accent: String) -> String {
            """
            corrections:
              - enum: Place
                reason: Seen.
                evidence: GET /things
                values: [caf\(accent)]
              - model: Thing
                reason: Seen.
                evidence: GET /things
                fields: {caf\(accent): {type: string}}
            """
        }
        #expect(findings(models, overlay: overlay("e\u{301}")).isEmpty)
        #expect(findings(models, overlay: overlay("\u{E9}")).count == 2)
    }

    @Test("Categories: one that is listed in another form of Unicode is not listed")
    func categoriesAreBytes() {
        let files = [
            "catalog.yaml": "grammar: 1\nservice: T\nmodule: T\nreference: r\ncategories: [caf\u{E9}]",
            "actions/a.yaml": """
            category: cafe\u{301}
            summary: Places.
            actions:
              - {action: Get caf\u{E9}, summary: Reads one., method: GET, path: /a}
              - {action: Get cafe\u{301}, summary: Reads one., method: GET, path: /b, swift: other}
            """,
        ]
        var diagnostics = Diagnostics()
        let sources = files.map { ($0, SourceFile(path: $0, text: $1 + "\n")) }
        _ = CatalogDecoder().decode(
            CatalogFolder(files: Dictionary(uniqueKeysWithValues: sources)), reporting: &diagnostics)
        #expect(diagnostics.all.map(\.rule).sorted() == ["unknown-category", "unlisted-category"])
    }

    @Test("Documents: what Unicode calls equal are two schemas, properties, values and parameters")
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
    /// How often the bytes of a text occur.
    fileprivate func count(of text: String) -> Int {
        let (all, wanted) = (Array(self), Array(text.utf8))
        guard all.count >= wanted.count else { return 0 }
        return (0...(all.count - wanted.count)).count { all[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
