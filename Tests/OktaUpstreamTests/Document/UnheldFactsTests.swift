import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// Facts that the catalog has no key for, although the calls are right without them.
@Suite struct UnheldFactsTests {
    private func warnings(_ setup: FactSetup, version: String = "3.0.3") throws -> [Diagnostic] {
        let found = try setup.document(version: version).unheldFacts
        #expect(found.allSatisfy { $0.severity == .warning && $0.rule == "unheld-fact" })
        return found
    }

    private func field(_ schema: String) -> FactSetup {
        FactSetup(
            operation: """
                "responses": {"200": {"description": "R", "content": {"application/json": {"schema":
                {"type": "object", "properties": {"x": \(schema)}}}}}}
                """)
    }

    @Test(
        "Unheld facts: each limit without a key is a warning",
        arguments: [
            (#"{"type": "array", "items": {"type": "string"}, "minItems": 1}"#, "`minItems`"),
            (#"{"type": "array", "items": {"type": "string"}, "uniqueItems": true}"#, "`uniqueItems`"),
            (#"{"type": "integer", "multipleOf": 5}"#, "`multipleOf`"),
            (#"{"type": "string", "not": {"enum": ["a"]}}"#, "`not`"),
            (#"{"type": "string", "maxLenght": 5}"#, "`maxLenght`"),
            (#"{"type": "integer", "enum": [1, 2]}"#, "`enum` of numbers and booleans"),
            (#"{"enum": [true]}"#, "`enum` of numbers and booleans"),
            (#"{"type": "string", "format": "email"}"#, "formats of texts"),
            (#"{"type": "string", "format": "date-time", "pattern": "Z$"}"#, "limits of the text of dates"),
            (#"{"type": "array", "items": {"type": "string"}, "default": ["a"]}"#, "defaults of lists and objects"),
            (#"{"properties": {"a": {}}, "additionalProperties": {"type": "string"}}"#, "types of additional members"),
            (#"{"type": "number", "minimum": 0.5, "exclusiveMinimum": true}"#, "exclusive limits of fractions"),
            (#"{"type": "array", "items": {"type": "string", "maxLength": 5}}"#, "limits of elements"),
            (#"{"type": "object", "additionalProperties": {"type": "string", "pattern": "a"}}"#, "limits of elements"),
            (#"{"type": "string", "x-okta-lifecycle": {"lifecycle": "EA"}}"#, "stages of single fields"),
            (#"{"type": "object", "properties": {"a": {}}, "required": ["b"]}"#, "`required` for members of other"),
            (#"{"type": "string", "contentEncoding": "quoted-printable"}"#, "encodings of texts"),
        ])
    func limits(_ schema: String, _ what: String) throws {
        let found = try warnings(field(schema))
        #expect(found.count == 1)
        #expect(found.first?.message.contains("no key for \(what)") == true, "\(found.map(\.message))")
        #expect(found.first?.message.contains("1 place, the first at `#/paths/") == true)
    }

    @Test(
        "Unheld facts: the keywords of OpenAPI 3.1 are known",
        arguments: [
            (#"{"type": "object", "patternProperties": {"^a": {"type": "string"}}}"#, "`patternProperties`"),
            (#"{"type": "array", "prefixItems": [{"type": "string"}]}"#, "`prefixItems`"),
            (#"{"properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"required": ["b"]}}"#, "`if`"),
            (#"{"properties": {"a": {}}, "dependentRequired": {"a": ["b"]}}"#, "`dependentRequired`"),
            (#"{"const": 3}"#, "`enum` of numbers and booleans"),
            (#"{"type": "number", "exclusiveMinimum": 0.5}"#, "exclusive limits of fractions"),
        ])
    func laterKeywords(_ schema: String, _ what: String) throws {
        let found = try warnings(field(schema), version: "3.1.0").map(\.message)
        #expect(found.contains { $0.contains("no key for \(what)") }, "\(found)")
    }

    @Test(
        "Unheld facts: limits that the catalog has are no warnings",
        arguments: [
            #"{"type": "string", "minLength": 1, "maxLength": 5, "pattern": "a", "default": "a", "nullable": true}"#,
            #"{"type": "integer", "minimum": 1, "exclusiveMinimum": true, "format": "int32"}"#,
            #"{"type": "string", "enum": ["A"], "format": "date-time", "deprecated": true, "readOnly": true}"#,
            #"{"type": "array", "items": {"type": "string", "enum": ["A"]}, "uniqueItems": false}"#,
            #"{"type": "object", "properties": {"a": {}}, "additionalProperties": false, "required": ["a"]}"#,
            #"{"type": "string", "x-okta-lifecycle": {"lifecycle": "GA"}, "x-other": 1, "title": "T"}"#,
        ])
    func heldLimits(_ schema: String) throws {
        #expect(try warnings(field(schema)).isEmpty)
    }

    @Test(
        "Unheld facts: a requirement counts only if the catalog cannot have it",
        arguments: [
            (##"{"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["a"]}]}"##, 1),
            (##"{"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["b"]}]}"##, 0),
            (##"{"allOf": [{"$ref": "#/components/schemas/Base"}], "required": ["c"], "properties": {"c": {}}}"##, 0),
        ] as [(String, Int)])
    func requirements(_ schema: String, _ count: Int) throws {
        var setup = field(schema)
        setup.components =
            #"{"schemas": {"Base": {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["b"]}}}"#
        #expect(try warnings(setup).count == count)
    }

    @Test("Unheld facts: facts of operations and responses are named once, with the number of places")
    func operations() throws {
        let operation = """
            "x-okta-lifecycle": {"lifecycle": "GA", "SKUs": ["Things"]}, "parametres": [],
            "parameters": [{"name": "x", "in": "query", "allowEmptyValue": true, "schema": {"type": "string"}}],
            "responses": {"204": {"description": "R", "headers": {"Location": {}, "Link": {}, "X-Rate-Limit-Limit": {}},
            "links": {"next": {}}}, "404": {"description": "R", "headers": {"Retry-After": {}}},
            "302": {"description": "R"}, "200": {"description": "R", "content": {"application/xml": {"schema":
            {"type": "object", "properties": {"a": {"type": "string"}}}}, "text/csv": {"schema": {"type": "string"}}}}}
            """
        let found = try warnings(FactSetup(operation: operation, root: #""x-webhooks": {"a": {}},"#)).map(\.message)
        #expect(found.count == 8, "\(found)")
        #expect(found.contains { $0.hasPrefix("the catalog has no key for headers of responses: 2 places") })
        #expect(found.contains { $0.hasPrefix("the catalog has no key for `SKUs` and `features` of an operation: 1") })
        #expect(try warnings(FactSetup()).isEmpty)
    }

    @Test(
        "Unheld facts: a parameter without a name or location is an error",
        arguments: [#"{"name": "x", "schema": {}}"#, #"{"in": "query", "schema": {}}"#])
    func incompleteParameters(_ parameter: String) throws {
        var diagnostics = Diagnostics()
        let text = """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"},
            "paths": {"/things": {"get": {"parameters": [\(parameter)], "responses": {}}}}}
            """
        let document = OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics)
        #expect(document == nil)
        #expect(diagnostics.all.map(\.rule) == ["openapi-form"])
    }

    @Test("Unheld facts: a path with an unknown method is an error", arguments: ["query", "parameter"])
    func unknownMethods(_ key: String) throws {
        var diagnostics = Diagnostics()
        let text = """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"},
            "paths": {"/things": {"\(key)": {"responses": {}}, "x-other": 1, "summary": "S", "get": {"responses": {}}}}}
            """
        let document = OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics)
        #expect(document == nil)
        #expect(diagnostics.all.map(\.message) == ["`\(key)` is not a method of a path"])
    }
}
