import OktaCatalog
import Testing
import YAML

/// Names and values are compared by bytes, as in the compiler and JSON; Swift's `==` is more lenient.
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
        _ = CatalogLoader().load(CatalogFolder(texts: files.mapValues { $0 + "\n" }), reporting: &diagnostics)
        return diagnostics.sorted.map { "\($0.rule): \($0.message)\($0.hint.map { " (\($0))" } ?? "")" }
    }

    @Test("Names: a reference with a Kelvin sign does not match a model with a K")
    func referencesAreBytes() {
        #expect("\u{212A}ey" == "Key")
        for place in ["fields: {k: {type: \u{212A}ey}}", "extends: \u{212A}ey", "variants: [\u{212A}ey]"] {
            #expect(
                findings("  - model: Key\n  - model: Other\n    \(place)") == [
                    "unknown-model: there is no model or type `\u{212A}ey` (did you mean `Key`?)"
                ])
        }
    }

    @Test("Values: texts that are equal by Unicode equivalence differ, and equal bytes are a duplicate")
    func valuesAreBytes() {
        let one = "{value: caf\u{E9}, swift: composed}"
        let other = "{value: cafe\u{301}, swift: decomposed}"
        #expect(findings("  - enum: Place\n    values: [\(one), \(other)]").isEmpty)
        let twice = findings("  - enum: Place\n    values: [\(one), \(one)]")
        #expect(twice.map { String($0.prefix(16)) } == ["duplicate-value:"])
    }

    @Test("Overlay: adds a value or field that is equal to an existing one by Unicode equivalence only")
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

    @Test("Categories: a category in another Unicode form does not match the listed one")
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
        _ = CatalogLoader().load(CatalogFolder(texts: files.mapValues { $0 + "\n" }), reporting: &diagnostics)
        #expect(diagnostics.all.map(\.rule).sorted() == ["unknown-category", "unlisted-category"])
    }
}
