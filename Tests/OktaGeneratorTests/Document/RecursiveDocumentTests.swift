import OktaCatalog
import OktaGenerator
import Testing
import YAML

/// Documents with recursive or endless references.
@Suite(.longCalculation) struct RecursiveDocumentTests {
    private static func reference(_ index: Int) -> String { "{$ref: \"#/components/schemas/S\(index)\"}" }

    private static func chain(_ count: Int, _ link: (Int) -> String, end: String = "{type: string}") -> [String] {
        (0..<count).map { "S\($0): \(link($0))" } + ["S\(count): \(end)"]
    }

    private static let model = "{type: object, properties: {end: {type: string}}}"

    /// Valid documents, with the type of the action's result.
    private static let legal: [(name: String, schemas: [String], type: String)] = [
        ("a model in itself", ["S0: {type: object, properties: {next: \(reference(0))}}"], "S0"),
        ("a list of itself", ["S0: {type: array, items: \(reference(0))}"], "[json]"),
        ("a map of itself", ["S0: {type: object, additionalProperties: \(reference(0))}"], "{map: json}"),
        (
            "a list and a map of each other",
            ["S0: {type: array, items: \(reference(1))}", "S1: {type: object, additionalProperties: \(reference(0))}"],
            "[json]"
        ),
        (
            "a circle that is entered from outside",
            [
                "S0: {type: array, items: \(reference(1))}", "S1: \(reference(2))",
                "S2: {type: array, items: \(reference(1))}",
            ],
            "[[json]]"
        ),
        (
            "a model in a list of itself",
            ["S0: {type: object, properties: {all: {type: array, items: \(reference(0))}}}"], "S0"
        ),
        ("a choice that offers itself", ["S0: {oneOf: [\(reference(0)), \(reference(1))]}", "S1: \(model)"], "S0"),
        (
            "choices that offer each other",
            [
                "S0: {oneOf: [\(reference(1)), \(reference(2))]}", "S1: {oneOf: [\(reference(0)), \(reference(2))]}",
                "S2: \(model)",
            ], "json"
        ),
        (
            "forms that extend the choice of them",
            [
                "S0: {type: object, oneOf: [\(reference(1)), \(reference(2))], discriminator: {propertyName: kind, mapping: {A: S1, B: \"#/components/schemas/S2\"}}}",
                "S1: {allOf: [\(reference(0)), {properties: {a: {type: string}}}]}",
                "S2: {allOf: [\(reference(0)), {properties: {b: {type: string}}}]}",
            ], "S0"
        ),
        (
            "a circle through a place in a schema",
            [
                "S0: {type: object, properties: {list: {type: array, items: {$ref: \"#/components/schemas/S0/properties/list\"}}}}"
            ],
            "S0"
        ),
        ("what is not itself", ["S0: {type: string, not: \(reference(0))}"], "string"),
        ("a long chain of references", chain(1_500) { reference($0 + 1) }, "string"),
        (
            "a long chain of decorations", chain(1_500) { "{allOf: [\(reference($0 + 1))], description: More}" },
            "string"
        ),
        ("a long chain of models", chain(800) { "{type: object, properties: {next: \(reference($0 + 1))}}" }, "S0"),
        (
            "a long circle of models",
            (0..<800).map { "S\($0): {type: object, properties: {next: \(reference(($0 + 1) % 800))}}" }, "S0"
        ),
        (
            "a long circle of lists", (0..<800).map { "S\($0): {type: array, items: \(reference(($0 + 1) % 800))}" },
            "[json]"
        ),
        (
            "a long chain of choices",
            chain(
                300, { "{oneOf: [\(reference($0 + 1)), {type: object, properties: {f\($0): {type: string}}}]}" },
                end: model), "S0"
        ),
        (
            "a long chain of parents",
            chain(100, { "{allOf: [\(reference($0 + 1)), {properties: {f\($0): {type: string}}}]}" }, end: model), "S0"
        ),
        (
            "parents that many share",
            chain(60, { "{allOf: [\(reference($0 + 1)), \(reference($0 + 1))]}" }, end: model), "S0"
        ),
    ]

    @Test("Recursion: reads valid recursion, and a second import changes nothing", arguments: legal.map(\.name))
    func legalDocuments(_ name: String) throws {
        let form = try #require(Self.legal.first { $0.name == name })
        let run = try DocumentRun(DocumentRun.document(form.schemas))
        #expect(run.findings().isEmpty)
        #expect(try run.run("documents") == .success)
        #expect(try run.run("import") == .success)
        let actions = try #require(run.text("actions/thing.yaml"))
        #expect(actions.contains("\n    returns: \(form.type)\n"), "\(actions)")
        #expect(try run.catalogFindings().isEmpty)
        #expect(try run.run("update") == .success)
        try run.writeWords()
        #expect(try run.run("drift") == .success)
        // Long documents skip the second update, to keep the test fast.
        guard form.schemas.count < 10 else { return }
        let before = try run.catalog().texts
        #expect(try run.run("update") == .success)
        #expect(try run.catalog().texts == before)
    }

    /// Invalid documents, with the rule and line of the finding. The schemas start at line 14.
    private static let illegal: [(schemas: [String], rule: String, line: Int)] = [
        (["S0: \(reference(0))"], "circular-reference", 14),
        (
            ["S0: {type: string}", "S1: \(reference(2))", "S2: \(reference(3))", "S3: \(reference(1))"],
            "circular-reference", 17
        ),
        (["S0: {allOf: [\(reference(0)), \(model)]}"], "circular-reference", 14),
        (
            ["S0: {allOf: [\(reference(1))]}", "S1: {allOf: [{allOf: [\(reference(0))]}, \(model)]}"],
            "circular-reference", 15
        ),
        (["S0: \(reference(1))", "S1: {allOf: [\(reference(0))]}"], "circular-reference", 15),
        ((0..<800).map { "S\($0): \(reference(($0 + 1) % 800))" }, "circular-reference", 813),
        (["S0: {$ref: \"other.yaml#/S0\"}"], "external-reference", 14),
        (["S0: {$ref: \"https://example.com/s.json\"}"], "external-reference", 14),
        (["S0: {$ref: other}"], "external-reference", 14),
        (["S0: {$ref: \"#/components/schemas/S1\"}"], "unresolved-reference", 14),
        (["S0: {$ref: \"#/components/schemas\"}"], "unresolved-reference", 14),
        (["S0: {$ref: \"#/definitions/S0\"}"], "unresolved-reference", 14),
        (["S0: {$ref: \"#nowhere\"}"], "unresolved-reference", 14),
        (["S0: {$ref: \"#\"}"], "unresolved-reference", 14),
        (["S0: {$ref: \"\"}"], "external-reference", 14),
        (["S0: {$ref: \"#/paths/~1api~1v1~1things~1{id}/get\"}"], "unresolved-reference", 14),
        (
            ["S0: {discriminator: {propertyName: a, mapping: {A: \"#/components/schemas/S9\"}}}"],
            "unresolved-reference", 14
        ),
        (
            [
                "S0: {type: array, items: {$ref: \"#/components/parameters/P\"}}",
                "  parameters: {P: {name: p, in: query}}",
            ], "yaml-syntax", 15
        ),
        (["S0: \(String(repeating: "{items: ", count: 200))\(String(repeating: "}", count: 200))"], "yaml-depth", 14),
    ]

    @Test("Recursion: reports references that lead nowhere, with their location", arguments: illegal.indices)
    func illegalDocuments(_ index: Int) throws {
        let (schemas, rule, line) = Self.illegal[index]
        let run = try DocumentRun(DocumentRun.document(schemas))
        let findings = run.findings()
        #expect(findings.map(\.rule) == [rule], "\(findings)")
        #expect(findings.first?.location?.start.line == line)
        #expect(findings.first?.hint != nil || rule == "yaml-syntax")
        let before = try run.catalog().texts
        for command in ["import", "update", "drift", "documents"] { #expect(try run.run(command) == .refusal) }
        #expect(try run.catalog().texts == before)
    }

    /// References to other objects than schemas are checked the same way.
    @Test(
        "Recursion: checks references of parameters, bodies and responses",
        arguments: [
            (
                "parameters: [{$ref: \"#/components/parameters/P\"}]",
                "parameters: {P: {$ref: \"#/components/parameters/P\"}}", "circular-reference"
            ),
            (
                "parameters: [{$ref: \"#/components/parameters/Q\"}]", "parameters: {P: {name: p, in: query}}",
                "unresolved-reference"
            ),
            (
                "requestBody: {$ref: \"#/components/requestBodies/B\"}", "responses: {B: {description: x}}",
                "unresolved-reference"
            ),
            (
                "requestBody: {$ref: \"#/components/responses/B\"}", "responses: {B: {description: x}}",
                "unresolved-reference"
            ),
            (
                "parameters: [{name: a, in: query, schema: {$ref: \"#/components/responses/B\"}}]",
                "responses: {B: {description: x}}", "unresolved-reference"
            ),
            ("parameters: []", "pathItems: {A: {$ref: \"./paths.yaml\"}}", "external-reference"),
        ])
    func otherReferences(_ part: String, _ components: String, _ rule: String) throws {
        let text = """
            openapi: 3.1.0
            paths:
              /api/v1/things/{id}:
                get:
                  \(part)
                  responses: {"200": {description: Fine}}
            components:
              \(components)

            """
        #expect(try DocumentRun(text).findings().map(\.rule) == [rule])
    }

    /// Okta publishes documents without examples in which the references to them remain.
    @Test("Recursion: references to missing examples are one warning, and all commands accept the document")
    func missingExamples() throws {
        let missing = "{$ref: \"#/components/examples/Missing\"}"
        let text =
            DocumentRun.document(["S0: {type: object, properties: {a: {type: string}}}"])
            + "  parameters: {P: {name: p, in: query, schema: {type: string}, examples: {A: \(missing), B: \(missing)}}}\n"
            + "  examples: {A: \(missing)}\n"
        let run = try DocumentRun(text)
        let findings = run.findings()
        #expect(findings.map(\.rule) == ["unresolved-reference"])
        #expect(findings.first?.severity == .warning && findings.first?.message.hasPrefix("3 references") == true)
        for command in ["import", "update", "documents"] { #expect(try run.run(command) == .success) }
        try run.writeWords()
        #expect(try run.run("drift") == .success)
    }

    /// Examples, defaults and extensions are data, even if they look like references.
    @Test("Recursion: does not follow references in data")
    func dataIsNotFollowed() throws {
        let schemas = [
            "S0: {type: object, example: {$ref: nowhere}, default: {$ref: \"#/no\"}, x-more: {$ref: a.yaml}, properties: {$ref: {type: string}, a: {enum: [{$ref: x}]}}}"
        ]
        let run = try DocumentRun(DocumentRun.document(schemas))
        #expect(run.findings().isEmpty)
        #expect(try run.run("import") == .success)
        #expect(run.text("models/thing.yaml")?.contains("$ref: {type: string}") == true)
    }
}
