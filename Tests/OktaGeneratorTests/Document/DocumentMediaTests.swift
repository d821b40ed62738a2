import OktaCatalog
import OktaGenerator
import Testing

/// Status ranges and dialects of JSON in documents: import, update, drift and generator agree about them.
@Suite struct DocumentMediaTests {
    private static let user = "{application/json: {schema: {$ref: \"#/components/schemas/S0\"}}}"
    private static let other = "{application/json: {schema: {$ref: \"#/components/schemas/S1\"}}}"

    private func run(responses: String, body: String? = nil) throws -> DocumentRun {
        let schemas = [
            "S0: {type: object, properties: {a: {type: string}}}",
            "S1: {type: object, properties: {b: {type: string}}}",
        ]
        var lines = DocumentRun.document(schemas).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        let start = try #require(lines.firstIndex { $0.contains("responses:") })
        let end = try #require(lines.firstIndex { $0.hasPrefix("components:") })
        lines.replaceSubrange(
            start..<end,
            with: ["      responses: \(responses)"] + [body.map { "      requestBody: \($0)" }].compactMap { $0 })
        return try DocumentRun(lines.joined(separator: "\n"))
    }

    private func facts(_ run: DocumentRun) throws -> String {
        #expect(try run.run("import") == .success)
        let texts = try run.catalog().texts
        #expect(try run.run("update") == .success)
        let updated = try run.catalog().texts
        for (path, text) in texts { #expect(updated[path] == text, "\(path)") }
        try run.writeWords()
        #expect(try run.run("drift") == .success)
        #expect(try run.catalogFindings().isEmpty)
        let action = try #require(texts["actions/thing.yaml"])
        let keys = ["body", "returns", "otherReturns", "alternatives", "accept", "success", "paging"]
        return action.split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { line in keys.contains { line.hasPrefix("\($0): ") } }.joined(separator: "; ")
    }

    @Test(
        "Responses: a range or default counts where no status of success has a response",
        arguments: [
            ("{\"2XX\": {description: x, content: \(user)}}", "returns: S0; success: [200]"),
            ("{default: {description: x, content: \(user)}}", "returns: S0; success: [200]"),
            (
                "{\"2XX\": {description: x, content: \(user)}, default: {description: x, content: \(other)}}",
                "returns: S0; success: [200]"
            ),
            (
                "{\"201\": {description: x, content: \(user)}, \"2XX\": {description: x, content: \(other)}}",
                "returns: S0; success: [201]"
            ),
            (
                "{\"204\": {description: x}, default: {description: x, content: \(other)}}", "success: [204]"
            ),
            ("{\"302\": {description: x}, default: {description: x, content: \(other)}}", "success: [302]"),
            ("{\"404\": {description: x}, default: {description: x, content: \(user)}}", "returns: S0; success: [200]"),
            ("{\"4XX\": {description: x, content: \(user)}}", "success: []"),
        ])
    func ranges(_ responses: String, _ expected: String) throws {
        #expect(try facts(try run(responses: responses)) == expected)
    }

    private static func content(_ names: String...) -> String {
        let schema = "{schema: {$ref: \"#/components/schemas/S0\"}}"
        return "{\(names.map { "\"\($0)\": \(schema)" }.joined(separator: ", "))}"
    }

    @Test(
        "Responses: JSON is JSON in every dialect and with every parameter",
        arguments: [
            (content("application/json; charset=utf-8"), "returns: S0; success: [200]"),
            (content("Application/JSON"), "returns: S0; success: [200]"),
            (content("application/hal+json"), "returns: S0; accept: application/hal+json; success: [200]"),
            (
                content("application/hal+json", "application/json"),
                "returns: S0; alternatives: {\"application/hal+json\": bytes}; success: [200]"
            ),
            (content("application/json;charset=UTF-8", "application/json"), "returns: S0; success: [200]"),
            (
                content("text/csv", "application/scim+json;charset=utf-8"),
                "returns: S0; alternatives: {text/csv: bytes}; accept: application/scim+json; success: [200]"
            ),
            (content("application/json-seq"), "returns: bytes; accept: application/json-seq; success: [200]"),
        ])
    func dialects(_ content: String, _ expected: String) throws {
        let run = try run(responses: "{\"200\": {description: x, content: \(content)}}")
        #expect(try facts(run).replacing("\"", with: "") == expected.replacing("\"", with: ""))
    }

    @Test("Responses: a list in a dialect of JSON has pages, which are requested in that dialect")
    func lists() throws {
        let list = "{schema: {type: array, items: {$ref: \"#/components/schemas/S0\"}}}"
        for (name, expected) in [
            ("application/json; charset=utf-8", "returns: [S0]; success: [200]; paging: link"),
            ("application/hal+json", "returns: [S0]; accept: application/hal+json; success: [200]; paging: link"),
        ] {
            let run = try run(responses: "{\"200\": {description: x, content: {\"\(name)\": \(list)}}}")
            #expect(try facts(run) == expected)
        }
    }

    @Test(
        "Bodies: JSON is JSON in every dialect and with every parameter",
        arguments: [
            ("application/json; charset=utf-8", "body: S0"),
            ("application/scim+json; charset=utf-8", "body: {type: S0, media: [\"application/scim+json\"]}"),
        ])
    func bodies(_ name: String, _ expected: String) throws {
        let body = "{required: true, content: {\"\(name)\": {schema: {$ref: \"#/components/schemas/S0\"}}}}"
        let run = try run(responses: "{\"204\": {description: x}}", body: body)
        #expect(try facts(run).replacing("\"", with: "") == "\(expected.replacing("\"", with: "")); success: [204]")
    }
}
