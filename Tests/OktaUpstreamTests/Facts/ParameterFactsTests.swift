import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// Facts about the parameters and the bodies of an operation.
@Suite struct ParameterFactsTests {
    // MARK: Parameters

    @Test("Parameter facts: a list in the query explodes unless the document says otherwise") func explosion() throws {
        func parameter(_ rest: String, in place: String = "query", schema: String = FactSetup.list) -> FactSetup {
            let parameter = #"{"name": "x", "in": "\#(place)", \#(rest) "schema": \#(schema)}"#
            return FactSetup(operation: #""parameters": [\#(parameter)], "# + FactSetup.noContent)
        }
        let cases = [
            (parameter(""), true), (parameter(#""style": "form", "explode": true,"#), true),
            (parameter(#""style": "form", "explode": false,"#), false), (parameter("", in: "header"), false),
            (parameter("", schema: #"{"type": "string"}"#), false),
        ]
        for (setup, explodes) in cases {
            #expect(try setup.action().action.parameters.map(\.explodes) == [explodes])
        }
        #expect(try parameter("").updated().text?.contains("x: {in: query, type: [string], explode: true}") == true)
    }

    @Test(
        "Parameter facts: a fact that the catalog cannot express is an error",
        arguments: [
            #"{"name": "x", "in": "cookie", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "style": "deepObject", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "style": "pipeDelimited", "schema": \#(FactSetup.list)}"#,
            #"{"name": "x", "in": "query", "style": "simple", "schema": \#(FactSetup.list)}"#,
            #"{"name": "x", "in": "header", "style": "form", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "allowReserved": true, "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "content": {"application/json": {"schema": {"type": "string"}}}}"#,
            #"{"name": "x", "in": "query", "schema": \#(object)}"#,
            #"{"name": "x", "in": "query", "schema": {"type": "object", "additionalProperties": {"type": "string"}}}"#,
            ##"{"name": "x", "in": "query", "schema": {"oneOf": [\##(object), {"$ref": "#/components/schemas/Thing"}]}}"##,
            #"{"name": "x", "in": "query", "schema": {"type": "array", "items": \#(FactSetup.list)}}"#,
            #"{"name": "x", "in": "query", "schema": {"type": "array", "items": \#(object)}}"#,
            ##"{"name": "x", "in": "header", "schema": {"$ref": "#/components/schemas/Thing"}}"##,
            #"{"name": "authorization", "in": "header", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "path", "required": true, "schema": {"type": "string"}}"#,
        ])
    func otherParameters(_ parameter: String) throws {
        let setup = FactSetup(
            operation: #""parameters": [\#(parameter)], "# + FactSetup.noContent,
            components: #"{"schemas": {"Thing": \#(Self.object)}}"#)
        #expect(try setup.action().unsupported.count == 1)
        #expect(try setup.updated().errors.map(\.rule) == ["unsupported-fact"])
    }

    @Test("Parameter facts: a value with members is sent as the pinned type") func pinnedMembers() throws {
        let parameter = #"{"name": "x", "in": "query", "schema": \#(Self.object)}"#
        var setup = FactSetup(operation: #""parameters": [\#(parameter)], "# + FactSetup.noContent)
        setup.facts = "params: {x: {in: query, type: string, pinned: [type]}}"
        #expect(try setup.updated().errors.isEmpty)
        #expect(try setup.action().action.parameters.map(\.type.notation) == ["string"])
    }

    /// The case occurs in the parameter `domain` of Okta's document of Privileged Access 1.0.0. OpenAPI does not permit
    /// this style in the query.
    @Test("Parameter facts: the style of a single value in the query does not matter") func simpleStyle() throws {
        let parameter = #"{"name": "x", "in": "query", "style": "simple", "schema": {"type": "string"}}"#
        let action = try FactSetup(operation: #""parameters": [\#(parameter)], "# + FactSetup.noContent).action()
        #expect(action.unsupported.isEmpty)
        #expect(action.action.parameters.map(\.name.value) == ["x"])
    }

    /// These cases occur in `/api/v1/hook-keys/{id}` since 2024.08.0, and in several enumerations.
    @Test("Parameter facts: a path parameter is required without `required`, and repeated values count once")
    func slipsOfTheDocument() throws {
        let parameters = """
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}},
            {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["A", "B", "A"]}}],
            """
        var setup = FactSetup(operation: parameters + FactSetup.noContent)
        setup.path = "/things/{id}"
        setup.facts = "params: {id: {in: path, type: string}}"
        let (action, unsupported) = try setup.action()
        #expect(action.parameters.map(\.isRequired) == [true, false])
        #expect(unsupported.isEmpty)
        let (files, errors) = try setup.files()
        #expect(errors.isEmpty)
        #expect(files["models/thing.yaml"]?.contains("- A\n      - B\n") == true, "\(files)")
    }

    @Test("Operation facts: callbacks are an error") func callbacks() throws {
        let callback = #""callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {}}}}}, "#
        #expect(try FactSetup(method: "post", operation: callback + FactSetup.noContent).updated().errors.count == 1)
    }

    @Test("Operation facts: a lifecycle of the path applies to its operations") func lifecycle() throws {
        let item = #""x-okta-lifecycle": {"lifecycle": "LIMITED_GA"}, "#
        #expect(try FactSetup(item: item).action().action.lifecycle == .limited)
        let own = #""x-okta-lifecycle": {"lifecycle": "EA"}, "#
        #expect(
            try FactSetup(operation: own + FactSetup.noContent, item: item).action().action.lifecycle == .earlyAccess)
    }

    // MARK: Bodies

    private func body(_ media: String, _ schema: String, _ rest: String = "") -> FactSetup {
        FactSetup(
            method: "post",
            operation: #""requestBody": {"content": {"\#(media)": {\#(rest) "schema": \#(schema)}}}, "#
                + FactSetup.noContent
        )
    }

    private static let object = #"{"type": "object", "properties": {"token": {"type": "string"}}}"#
    private static let upload = #"{"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}"#

    @Test("Body facts: a form has a model and its media type") func forms() throws {
        let text = try #require(try body("application/x-www-form-urlencoded", Self.object).updated().text)
        #expect(text.contains("body: {type: CallThingRequest, media: [application/x-www-form-urlencoded]}"))
    }

    @Test(
        "Body facts: parameters of a media type are kept, even after a comma",
        arguments: ["application/json;okta-version=1.0.0", "application/json, okta-version=1.0.0"])
    func mediaParameters(_ media: String) throws {
        let text = try #require(try body(media, Self.object).updated().text)
        let written = #"body: {type: CallThingRequest, media: ["application/json; okta-version=1.0.0"]}"#
        #expect(text.contains(written), "\(text)")
    }

    @Test("Body facts: a multipart form is one file, and any other is an error") func multipart() throws {
        let upload = try #require(try body("multipart/form-data", Self.upload).updated().text)
        #expect(upload.contains("body: {type: file, media: [multipart/form-data]}"))
        #expect(try body("multipart/form-data", Self.object).updated().errors.count == 1)
        let encoding = #""encoding": {"file": {"contentType": "image/png"}},"#
        #expect(try body("multipart/form-data", Self.upload, encoding).updated().errors.count == 1)
    }

    @Test(
        "Body facts: a required body without a media type is an error, unless it is pinned",
        arguments: ["", #", "content": {}"#])
    func withoutMedia(_ content: String) throws {
        var setup = FactSetup(
            method: "post", operation: #""requestBody": {"required": true\#(content)}, "# + FactSetup.noContent)
        #expect(try setup.updated().errors.map(\.rule) == ["unsupported-fact"])
        setup.facts = "pinned: [body]"
        #expect(try setup.updated().errors.isEmpty)
        #expect(try setup.action().action.body == nil)
    }

    /// The case occurs in the operation `createMFAApproval` of Okta's document of Privileged Access 1.0.0.
    @Test(
        "Body facts: a body without a media type is not sent if it is not required",
        arguments: [#"{"content": {}}"#, #"{"required": false, "content": {}}"#, #"{"description": "D"}"#])
    func optionalWithoutMedia(_ body: String) throws {
        var setup = FactSetup(method: "post", operation: #""requestBody": \#(body), "# + FactSetup.noContent)
        #expect(try setup.updated().errors.isEmpty)
        #expect(try setup.action().action.body == nil)
        let warnings = try setup.document().unheldFacts.map(\.message)
        #expect(warnings.count == 1 && warnings[0].contains("bodies without a media type"), "\(warnings)")
        setup.facts = "body: json\npinned: [body]"
        #expect(try setup.action().action.body?.type.notation == "json")
    }

    @Test("Body facts: the entry of a new action needs only its identity and the pinned fact") func newEntry() throws {
        let setup = FactSetup(
            method: "post", operation: #""requestBody": {"required": true}, "# + FactSetup.noContent,
            facts: "body: [string]\npinned: [body]")
        let text = try #require(try setup.updated().text)
        #expect(text.contains("body: [string]\n") && text.contains("success: [204]\n"), "\(text)")
    }

    @Test("Body facts: a range of media types is an error", arguments: ["*/*", "image/*"])
    func ranges(_ media: String) throws {
        #expect(try body(media, #"{"type": "string"}"#).updated().errors.map(\.rule) == ["unsupported-fact"])
    }

    @Test("Response facts: bytes of one status remain beside JSON of another") func bytesAndJSON() throws {
        let operation = """
            "responses": {"200": {"description": "R", "content": {"text/csv": {"schema": {"type": "string"}}}},
            "202": {"description": "R", "content": {"application/json": {"schema": \(Self.object)}}}}
            """
        let (action, _) = try FactSetup(operation: operation).action()
        #expect(action.returns?.notation == "CallThingResponse")
        #expect(action.alternatives.map(\.media.value) == ["text/csv"])
    }

    @Test("Body facts: a form is required unless the document says otherwise", arguments: [nil, true, false])
    func requiredForms(_ isRequired: Bool?) throws {
        let required = isRequired.map { #""required": \#($0), "# } ?? ""
        let content = #"{"application/x-www-form-urlencoded": {"schema": \#(Self.object)}}"#
        let setup = FactSetup(
            method: "post",
            operation: #""requestBody": {\#(required)"content": \#(content)}, "# + FactSetup.noContent)
        #expect(try setup.action().action.body?.isOptional == (isRequired == false))
    }

    @Test("Response facts: a list with a version of its media type is paged") func versionedList() throws {
        let operation = """
            "responses": {"200": {"description": "R", "content": {"application/json;okta-version=1.0.0":
            {"schema": \(FactSetup.list)}}}}
            """
        let (action, _) = try FactSetup(operation: operation).action()
        #expect(action.accept == "application/json; okta-version=1.0.0")
        #expect(action.paging == .link)
    }

    @Test(
        "Response facts: a version is requested although the response has no schema",
        arguments: [
            ("application/json;okta-version=1.0.0", "application/json; okta-version=1.0.0"),
            ("application/json", nil),
        ] as [(String, String?)])
    func versionWithoutSchema(_ media: String, _ accept: String?) throws {
        let operation = #""responses": {"204": {"description": "R", "content": {"\#(media)": {"examples": {}}}}}"#
        let setup = FactSetup(method: "delete", operation: operation)
        let (action, _) = try setup.action()
        #expect(action.accept == accept)
        #expect(action.returns == nil)
        #expect(try setup.updated().text?.contains("accept:") ?? false == (accept != nil))
    }
}
