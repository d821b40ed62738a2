import OktaCatalog
import Testing
import YAML

/// An overlay adds variants to a union that Okta's document lists incompletely.
@Suite struct VariantCorrectionTests {
    private static let models = """
        category: Thing
        models:
          - model: Thing
            discriminator: kind
            variants: {A: FirstThing}
            fields: {kind: {type: string}}
          - {model: FirstThing, extends: Thing}
          - {model: SecondThing, extends: Thing}
          - {model: Part, variants: [FirstThing]}
          - {model: Plain, fields: {id: {type: string}}}

        """

    /// The variants of a model after a correction, as `value: model`, and the diagnostics as `rule: message`.
    private func corrected(_ model: String, _ variants: String) throws -> (variants: [String], findings: [String]) {
        let texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
            "actions/thing.yaml": """
            category: Thing
            summary: Things.
            actions:
              - {action: Get Thing, summary: Reads a thing., method: GET, path: /things}

            """,
            "models/thing.yaml": Self.models,
            "overlay.yaml": """
            corrections:
              - {model: \(model), reason: Seen., evidence: GET /things, variants: \(variants)}

            """,
        ]
        var diagnostics = Diagnostics()
        let folder = CatalogFolder(
            files: texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) })
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics))
        let union = catalog.modelFiles.flatMap(\.models).first { $0.name.value == model }
        return (
            union?.variants.map { "\($0.value ?? "-"): \($0.model.value)" } ?? [],
            diagnostics.sorted.map { "\($0.rule): \($0.message)" }
        )
    }

    @Test("Overlay: a variant is added after those of the document, by value or by model")
    func added() throws {
        let byValue = try corrected("Thing", "{B: SecondThing}")
        #expect(byValue.variants == ["A: FirstThing", "B: SecondThing"])
        #expect(byValue.findings.isEmpty)
        let byModel = try corrected("Part", "[SecondThing]")
        #expect(byModel.variants == ["-: FirstThing", "-: SecondThing"])
        #expect(byModel.findings.isEmpty)
    }

    @Test("Overlay: a variant that the document also has is reported, with any model")
    func withoutEffect() throws {
        for model in ["FirstThing", "SecondThing"] {
            let known = try corrected("Thing", "{A: \(model)}")
            #expect(known.variants == ["A: FirstThing"])
            #expect(known.findings == ["overlay-without-effect: `Thing` has a variant for `A` already"])
        }
        #expect(
            try corrected("Part", "[FirstThing]").findings
                == ["overlay-without-effect: `Part` has a variant for `FirstThing` already"])
    }

    @Test("Overlay: a variant needs a union, a known model and, with a discriminator, a value")
    func mistakes() throws {
        let plain = try corrected("Plain", "[FirstThing]")
        #expect(plain.variants.isEmpty)
        #expect(plain.findings == ["overlay-unknown-target: `Plain` is not a union"])
        #expect(
            try corrected("Thing", "{B: ThirdThing}").findings
                == ["unknown-model: there is no model or type `ThirdThing`"])
        #expect(
            try corrected("Thing", "[SecondThing]").findings
                == ["variants-without-values: a discriminator needs variants by value"])
    }
}
