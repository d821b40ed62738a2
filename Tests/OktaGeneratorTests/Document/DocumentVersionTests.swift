import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// OpenAPI versions, and documents in YAML and JSON.
@Suite(.longCalculation) struct DocumentVersionTests {
    /// The field that an import creates for a property.
    private func field(_ schema: String, version: String, more: [String] = []) throws -> String? {
        let run = try DocumentRun(
            DocumentRun.document(["S0: {type: object, properties: {a: \(schema)}}"] + more, version: version))
        #expect(run.findings().isEmpty, "\(run.findings())")
        guard try run.run("import") == .success else { return nil }
        let models = run.text("models/thing.yaml")
        try run.writeWords()
        #expect(try run.catalogFindings().isEmpty)
        return models?.split(separator: "\n").first { $0.hasPrefix("      a: ") }.map { String($0.dropFirst(9)) }
    }

    /// A schema in 3.1, the equivalent in 3.0, and the field in the catalog.
    private static let pairs: [(v31: String, v30: String, field: String)] = [
        ("{type: [string, \"null\"]}", "{type: string, nullable: true}", "{type: string, nullable: true}"),
        (
            "{type: [\"null\", integer], minimum: 1}", "{type: integer, nullable: true, minimum: 1}",
            "{type: integer, nullable: true, minimum: 1}"
        ),
        ("{type: [string]}", "{type: string}", "{type: string}"),
        ("{type: [number, integer]}", "{type: number}", "{type: number}"),
        (
            "{anyOf: [{type: string}, {type: \"null\"}]}", "{type: string, nullable: true}",
            "{type: string, nullable: true}"
        ),
        (
            "{oneOf: [{$ref: \"#/components/schemas/M\"}, {type: \"null\"}]}",
            "{allOf: [{$ref: \"#/components/schemas/M\"}], nullable: true}", "{type: M, nullable: true}"
        ),
        ("{const: ONE}", "{enum: [ONE]}", "{type: S0A}"),
        ("{const: 5}", "{type: integer, enum: [5]}", "{type: integer}"),
        ("{enum: [A, null]}", "{enum: [A], nullable: true}", "{type: S0A, nullable: true}"),
        (
            "{type: integer, exclusiveMinimum: 0, exclusiveMaximum: 10}",
            "{type: integer, minimum: 0, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: true}",
            "{type: integer, minimum: 1, maximum: 9}"
        ),
        ("{type: number, exclusiveMinimum: 0}", "{type: number, minimum: 0, exclusiveMinimum: true}", "{type: number}"),
        ("{type: string, examples: [a, b]}", "{type: string, example: a}", "{type: string}"),
        ("{type: string, contentEncoding: base64}", "{type: string, format: byte}", "{type: base64}"),
        ("{type: array, items: true}", "{type: array, items: {}}", "{type: [json]}"),
        ("true", "{}", "{type: json}"),
        (
            "{type: array, prefixItems: [{type: string}], items: {type: string}}",
            "{type: array, items: {type: string}}", "{type: [string]}"
        ),
        (
            "{type: object, patternProperties: {\"^x\": {type: integer}}}",
            "{type: object, additionalProperties: {type: integer}}", "{type: {map: integer}}"
        ),
        (
            "{$ref: \"#/components/schemas/M\", description: More, deprecated: true}",
            "{$ref: \"#/components/schemas/M\", deprecated: true}", "{type: M, deprecated: true}"
        ),
        ("{$ref: \"#m\"}", "{$ref: \"#/components/schemas/M\"}", "{type: M}"),
        ("{$dynamicRef: \"#m\"}", "{$ref: \"#/components/schemas/M\"}", "{type: M}"),
        ("{$ref: \"#/components/schemas/M/$defs/Inner\"}", "{type: string}", "{type: string}"),
        ("{items: {type: string}}", "{type: array, items: {type: string}}", "{type: [string]}"),
    ]

    @Test("OpenAPI 3.1: a schema has the same result as its 3.0 equivalent", arguments: pairs.indices)
    func forms(_ index: Int) throws {
        let form = Self.pairs[index]
        let more = ["M: {$anchor: m, type: object, properties: {b: {type: string}}, $defs: {Inner: {type: string}}}"]
        #expect(try field(form.v31, version: "3.1.0", more: more) == form.field)
        #expect(try field(form.v30, version: "3.0.3", more: more) == form.field)
    }

    @Test("OpenAPI 3.1: siblings of a reference apply, as in an allOf")
    func siblings() throws {
        let schemas = [
            "S0: {$ref: \"#/components/schemas/M\", properties: {own: {type: integer}}, required: [own]}",
            "M: {type: object, properties: {base: {type: string}}}",
        ]
        let run = try DocumentRun(DocumentRun.document(schemas, version: "3.1.0"))
        #expect(try run.run("import") == .success)
        let models = try #require(run.text("models/thing.yaml"))
        #expect(
            models.contains(
                "  - model: S0\n    upstream: S0\n    doc: TODO\n    extends: M\n    fields:\n      own: {type: integer, required: true}\n"
            ))
    }

    @Test("OpenAPI 3.1: reads webhooks and reusable path items, and does not require paths")
    func webhooks() throws {
        let webhooks =
            "openapi: 3.1.1\ninfo: {title: T, version: \"1\"}\nwebhooks: {created: {post: {responses: {\"200\": {description: x}}}}}\n"
        let run = try DocumentRun(webhooks)
        #expect(run.findings().isEmpty)
        #expect(try run.run("import") == .success)
        let items = """
            openapi: 3.1.0
            paths: {"/api/v1/things/{id}": {$ref: "#/components/pathItems/Thing"}}
            components:
              pathItems:
                Thing:
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  get: {responses: {"200": {description: x, content: {application/json: {schema: {type: integer}}}}}}

            """
        let other = try DocumentRun(items)
        #expect(try other.run("import") == .success)
        #expect(other.text("actions/thing.yaml")?.contains("returns: integer") == true)
    }

    @Test(
        "OpenAPI: rejects other versions by name",
        arguments: [
            ("swagger: \"2.0\"\npaths: {}\n", "openapi-version", "Swagger 2.0"),
            ("openapi: 3.2.0\npaths: {}\n", "openapi-version", "OpenAPI 3.2.0"),
            ("openapi: 2.0\npaths: {}\n", "openapi-version", "OpenAPI 2.0"),
            ("openapi: 4.0.0\npaths: {}\n", "openapi-version", "OpenAPI 4.0.0"),
            ("openapi: [3]\npaths: {}\n", "openapi-version", "OpenAPI a list"),
            ("openapi: 3.10.0\npaths: {}\n", "openapi-version", "3.10.0"),
            ("{\"swagger\": \"2.0\", \"paths\": {}}", "openapi-version", "Swagger 2.0"),
            ("openapi: 3.0.3\n", "not-openapi", "`paths` is missing"),
            ("a: 1\n", "not-openapi", "`openapi` is missing"), ("[]", "not-openapi", "`openapi` is missing"),
            ("text", "not-openapi", "`openapi` is missing"),
        ])
    func versions(_ text: String, _ rule: String, _ words: String) throws {
        let run = try DocumentRun(text)
        let findings = run.findings()
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.first?.message.contains(words) == true)
        #expect(findings.first?.hint != nil && findings.first?.location != nil)
        for command in ["import", "update", "drift"] { #expect(try run.run(command) == .refusal) }
    }

    @Test(
        "OpenAPI: reports an invalid schema with its JSON path",
        arguments: [
            ("S0: {type: strng}", "unknown-schema-type", "`#/components/schemas/S0`"),
            ("S0: {type: {a: b}}", "unknown-schema-type", "schemas/S0`"),
            ("S0: {type: object, properties: [a]}", "openapi-form", "`#/components/schemas/S0/properties`"),
            (
                "S0: {type: object, properties: {a/b: text}}", "openapi-form",
                "`#/components/schemas/S0/properties/a~1b`"
            ),
            ("S0: {allOf: {a: b}}", "openapi-form", "`#/components/schemas/S0/allOf`"),
            ("S0: {type: array, items: [{type: string}]}", "openapi-form", "S0/items`"),
            ("S0: {enum: A}", "openapi-form", "S0`"), ("S0: {type: object, required: a}", "openapi-form", "S0`"),
            ("S0: nothing", "openapi-form", "schemas/S0`"),
            (
                "S0: {type: object, properties: {\(String(repeating: "a", count: 1001)): {type: string}}}",
                "openapi-form", "S0/properties`"
            ),
        ])
    func malformedSchemas(_ schema: String, _ rule: String, _ path: String) throws {
        let run = try DocumentRun(DocumentRun.document([schema]))
        #expect(run.findings().map(\.rule) == [rule])
        #expect(run.findings().first?.message.contains(path) == true, "\(run.findings())")
        #expect(try run.run("import") == .refusal)
    }

    /// Schemas that the catalog cannot express are imported as `json` and reported.
    @Test(
        "OpenAPI: reports a schema that is imported as json, with its JSON path",
        arguments: [
            ("{oneOf: [{type: string}, {type: integer}]}", true),
            ("{anyOf: [{type: string}, {type: object, properties: {b: {type: string}}}]}", true),
            ("{type: [string, integer]}", true), ("{enum: [A, 1]}", true), ("{pattern: a}", true),
            ("{type: array, items: {not: {type: string}}}", true),
            ("{}", false), ("{description: Anything}", false), ("{type: object}", false), ("{type: array}", false),
            ("{type: array, items: {}}", false),
        ])
    func schemasAsJSON(_ schema: String, _ isTold: Bool) throws {
        let run = try DocumentRun(DocumentRun.document(["S0: {type: object, properties: {a: \(schema)}}"]))
        var diagnostics = Diagnostics()
        let text = try #require(run.folder.text(of: "openapi.yaml"))
        let document = try #require(
            OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics))
        _ = CatalogImport(document: document).fill(try run.catalog(), reporting: &diagnostics)
        #expect(diagnostics.all.map(\.rule) == (isTold ? ["schema-as-json"] : []))
        #expect(!diagnostics.hasErrors)
        #expect(
            diagnostics.all.allSatisfy {
                $0.message.contains("`#/components/schemas/S0/properties/a") && $0.location?.start.line == 14
            })
        // A schema that is already in the catalog is not reported again.
        #expect(try run.run("update") == .success)
        diagnostics = Diagnostics()
        _ = CatalogUpdate(document: document).update(try run.catalog(), reporting: &diagnostics)
        #expect(diagnostics.all.isEmpty)
    }

    /// libyaml rejects these texts.
    @Test("OpenAPI: reads documents from any JSON writer")
    func documentsInJSON() throws {
        let key = String(repeating: "k", count: 2_000)
        let text = """
            {\t"openapi": "3.0.3",\t"info": {"title": "\\ud83d\\ude00", "version": "1", "x-\(key)": "\\/"},
            \t"paths": {"\\/api\\/v1\\/things\\/{id}": {"get": {"operationId": "getThing", "parameters":
            \t\t[{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            \t\t"responses": {"200": {"description": "\\u2028", "content": {"application\\/json": {"schema":
            \t\t\t{"type": "object", "properties": {"\\ud83d\\ude00": {"type": "string", "enum": ["\\u0000", "\\u2028", "é"]}}}}}}}}}}}
            """
        for name in ["openapi.json", "openapi.yaml"] {
            let run = try DocumentRun(text, named: name)
            #expect(run.findings().isEmpty)
            #expect(try run.run("import") == .success)
            let models = try #require(run.text("models/thing.yaml"))
            #expect(models.contains("\"😀\": {type: GetThingResponse2}"), "\(models)")
            #expect(models.contains("- \"\\x00\"\n      - \"\\u2028\"\n      - \"é\"\n"), "\(models)")
            #expect(try run.run("update") == .success)
        }
    }

    @Test("OpenAPI: reads equal documents from YAML and JSON")
    func sameContent() throws {
        let yaml = try DocumentRun(
            "openapi: 3.0.3\npaths: {}\ninfo: {version: \"1.0\", x: 1.0, y: ~, z: \"a\\u2028\"}\n")
        let json = try DocumentRun(
            "{\"openapi\": \"3.0.3\", \"paths\": {}, \"info\": {\"y\": null, \"x\": 1, \"z\": \"a\\u2028\", \"version\": \"1.0\"}}",
            named: "x.json")
        var hashes: [String] = []
        for (run, name) in [(yaml, "openapi.yaml"), (json, "x.json")] {
            var diagnostics = Diagnostics()
            let file = SourceFile(path: name, text: try #require(run.folder.text(of: name)))
            hashes.append(try #require(OpenAPIDocument(file, reporting: &diagnostics)).contentHash)
        }
        #expect(hashes[0] == hashes[1])
    }
}
