import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// Facts of an operation that a call depends on: its host, its credentials, its pages, and the form of its parameters.
@Suite struct SpecialFactsTests {
    /// A document with one operation, and a catalog with its action.
    private struct Setup {
        var method = "get"
        var path = "/things"
        var operation = #""responses": {"204": {"description": "Nothing"}}"#
        var item = ""
        var root = ""
        var components = "{}"
        var facts = ""

        func document() throws -> OpenAPIDocument {
            let text = """
                {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, \(root) "components": \(components),
                "paths": {"\(path)": {\(item) "\(method)": {\(operation)}}}}
                """
            var diagnostics = Diagnostics()
            let file = SourceFile(path: "openapi.json", text: text)
            return try #require(OpenAPIDocument(file, reporting: &diagnostics), "\(diagnostics.all)")
        }

        var folder: CatalogFolder {
            let texts = [
                "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
                "actions/thing.yaml": """
                category: Thing
                summary: Things.
                actions:
                  - action: Call Thing
                    summary: Calls a thing.
                    method: \(method.uppercased())
                    path: \(path)
                \(facts)
                """,
            ]
            return CatalogFolder(
                files: texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) })
        }

        /// The facts as the catalog's action, and those that it cannot hold.
        func action() throws -> (action: CatalogAction, unsupported: [String]) {
            var diagnostics = Diagnostics()
            let catalog = try #require(
                CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
            let (result, unsupported) = UpstreamFacts.catalog(catalog, from: try document())
            return (try #require(result.categories.first?.actions.first), unsupported.map(\.fact.message))
        }

        /// The text of the action after an update; nil when the update reports an error.
        func updated() throws -> (text: String?, errors: [Diagnostic]) {
            let (files, errors) = try files()
            return (files["actions/thing.yaml"], errors)
        }

        /// The texts of the files that an update changes, and its errors.
        func files() throws -> (files: [String: String], errors: [Diagnostic]) {
            var diagnostics = Diagnostics()
            let result = CatalogUpdate(document: try document()).update(folder, reporting: &diagnostics)
            return (result?.files ?? [:], diagnostics.all.filter { $0.severity == .error })
        }
    }

    // MARK: Hosts

    private static let noContent = #""responses": {"204": {"description": "Nothing"}}"#

    @Test(
        "Host facts: the spellings of the org's host are known",
        arguments: [
            ("https://{yourOktaDomain}", nil), ("https://{yourOktaDomain}/", nil),
            ("https://{subdomain}.okta.com", nil), ("https://subdomain.okta.com", nil),
            ("https://drapp.yourOrgSubDomain.okta.com", "drapp"), ("https://drapp.yourOktaDomain.okta.com", "drapp"),
            ("https://drapp.{yourOktaDomain}", "drapp"), ("https://drapp.{org}.oktapreview.com", "drapp"),
        ] as [(String, String?)])
    func hosts(_ url: String, _ prefix: String?) throws {
        let servers = #""servers": [{"url": "\#(url)"}], "#
        for setup in [Setup(operation: servers + Self.noContent), Setup(item: servers)] {
            let (action, unsupported) = try setup.action()
            #expect(action.hostPrefix?.value == prefix)
            #expect(unsupported.isEmpty)
            #expect(try setup.updated().text?.contains("hostPrefix: drapp") ?? false == (prefix != nil))
        }
    }

    @Test(
        "Host facts: another host is an error",
        arguments: [
            "https://things.example.com", "http://drapp.{yourOktaDomain}", "https://a.b.{yourOktaDomain}",
            "https://drapp.{yourOktaDomain}/api", "https://Drapp.{yourOktaDomain}", "https://acme.okta.com", "/api", "",
        ])
    func otherHosts(_ url: String) throws {
        let setup = Setup(operation: #""servers": [{"url": "\#(url)"}], "# + Self.noContent)
        #expect(try setup.action().unsupported.count == 1)
        let errors = try setup.updated().errors
        #expect(errors.map(\.rule) == ["unsupported-fact"])
        #expect(errors.first?.hint?.contains("pinned: [hostPrefix]") == true)
        // A pinned value of the catalog decides.
        var pinned = setup
        pinned.facts = "    hostPrefix: things\n    pinned: [hostPrefix]\n"
        let (action, unsupported) = try pinned.action()
        #expect(action.hostPrefix?.value == "things")
        #expect(unsupported.isEmpty)
        #expect(try pinned.updated().errors.isEmpty)
    }

    @Test("Host facts: a document below a path of its server is an error") func documentServers() throws {
        #expect(try Setup(root: #""servers": [{"url": "https://{yourOktaDomain}"}],"#).action().unsupported.isEmpty)
        #expect(try Setup(root: #""servers": [{"url": "https://{org}.okta.com/api/v1"}],"#).updated().errors.count == 1)
    }

    // MARK: Authorization

    private static let schemes = """
        {"securitySchemes": {"apiToken": {"type": "apiKey", "in": "header", "name": "Authorization"},
        "oauth2": {"type": "oauth2", "flows": {}}, "OAuth2": {"type": "oauth2", "flows": {}},
        "basic": {"type": "http", "scheme": "basic"}, "post": {"type": "http", "scheme": "postBody"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"}}}
        """

    @Test(
        "Authorization facts: what a call authenticates with",
        arguments: [
            (#""security": [{"apiToken": []}, {"oauth2": ["a.read"]}],"#, nil),
            (#""security": [{"oauth2": ["a.read"]}],"#, .oauth2), (#""security": [{"OAuth2": ["a.read"]}],"#, .oauth2),
            (#""security": [{"apiToken": []}],"#, .apiToken), (#""security": [{"basic": []}, {"post": []}],"#, .client),
            (#""security": [],"#, .anonymous), (#""security": [{}],"#, .anonymous), ("", .anonymous),
        ] as [(String, CatalogAction.Authorization?)])
    func authorization(_ security: String, _ expected: CatalogAction.Authorization?) throws {
        let setup = Setup(operation: security + Self.noContent, components: Self.schemes)
        let (action, unsupported) = try setup.action()
        #expect(action.authorization == expected)
        #expect(action.scopes == (security.contains("a.read") ? ["a.read"] : []))
        #expect(unsupported.isEmpty)
        let text = try setup.updated().text ?? ""
        #expect(text.contains("authorization: \(expected?.rawValue ?? "")") == (expected != nil))
    }

    @Test("Authorization facts: a document without schemes says nothing") func withoutSchemes() throws {
        #expect(try Setup().action().action.authorization == nil)
    }

    @Test(
        "Authorization facts: requirements without a word in the catalog are errors",
        arguments: [
            #"[{"apiToken": [], "oauth2": []}]"#, #"[{"cookie": []}]"#, #"[{"other": []}]"#, #"[{}, {"oauth2": []}]"#,
            #"[{"basic": []}, {"oauth2": []}]"#,
        ])
    func otherRequirements(_ security: String) throws {
        let setup = Setup(operation: #""security": \#(security), "# + Self.noContent, components: Self.schemes)
        #expect(try setup.action().unsupported.count == 1)
        #expect(try setup.updated().errors.map(\.rule) == ["unsupported-fact"])
        var pinned = setup
        pinned.facts = "    authorization: none\n    pinned: [authorization]\n"
        #expect(try pinned.updated().errors.isEmpty)
    }

    // MARK: Pages

    private func response(_ schema: String, _ parameters: String = "[]") -> String {
        """
        "parameters": \(parameters),
        "responses": {"200": {"description": "R", "content": {"application/json": {"schema": \(schema)}}}}
        """
    }

    private func object(_ members: String) -> String { #"{"type": "object", "properties": {\#(members)}}"# }

    private static let links = """
        "_links": {"type": "object", "properties":
        {"next": {"type": "object", "properties": {"href": {"type": "string"}}}}}
        """
    private static let list = #"{"type": "array", "items": {"type": "string"}}"#

    @Test("Paging facts: a list is an array, or the only array of an object with a next page") func paging() throws {
        let after = #"[{"name": "after", "in": "query", "schema": {"type": "string"}}]"#
        let inParts =
            #"{"allOf": [{"type": "object", "properties": {\#(Self.links)}}, \#(object(#""roles": \#(Self.list)"#))]}"#
        let cases: [(operation: String, written: String?)] = [
            (response(Self.list), "paging: link"),
            (response(object(#""roles": \#(Self.list), \#(Self.links)"#)), "paging: {items: roles}"),
            (response(object(#""roles": \#(Self.list), "n": {"type": "integer"}"#), after), "paging: {items: roles}"),
            (response(inParts), "paging: {items: roles}"),
            (response(object(#""roles": \#(Self.list)"#)), nil),
            (response(object(#""a": \#(Self.list), "b": \#(Self.list), \#(Self.links)"#)), nil),
            (response(object(#""id": {"type": "string"}, \#(Self.links)"#)), nil),
        ]
        for (operation, written) in cases {
            let setup = Setup(operation: operation)
            #expect(try setup.action().unsupported.isEmpty)
            let text = try #require(try setup.updated().text)
            #expect(text.contains("paging:") == (written != nil), "\(text)")
            if let written { #expect(text.contains(written), "\(text)") }
        }
        let change = Setup(method: "post", operation: response(Self.list))
        #expect(try change.action().action.paging == nil)
    }

    // MARK: Parameters

    @Test("Parameter facts: a list in the query explodes unless the document says otherwise") func explosion() throws {
        func parameter(_ rest: String, in place: String = "query", schema: String = Self.list) -> Setup {
            let parameter = #"{"name": "x", "in": "\#(place)", \#(rest) "schema": \#(schema)}"#
            return Setup(operation: #""parameters": [\#(parameter)], "# + Self.noContent)
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
        "Parameter facts: what the catalog has no word for is an error",
        arguments: [
            #"{"name": "x", "in": "cookie", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "style": "deepObject", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "style": "pipeDelimited", "schema": \#(list)}"#,
            #"{"name": "x", "in": "query", "style": "simple", "schema": \#(list)}"#,
            #"{"name": "x", "in": "header", "style": "form", "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "allowReserved": true, "schema": {"type": "string"}}"#,
            #"{"name": "x", "in": "query", "content": {"application/json": {"schema": {"type": "string"}}}}"#,
        ])
    func otherParameters(_ parameter: String) throws {
        let setup = Setup(operation: #""parameters": [\#(parameter)], "# + Self.noContent)
        #expect(try setup.action().unsupported.count == 1)
        #expect(try setup.updated().errors.map(\.rule) == ["unsupported-fact"])
    }

    /// As the parameter `domain` of Okta's document of Privileged Access 1.0.0; the style is not permitted in the query.
    @Test("Parameter facts: the style of a single value in the query does not matter") func simpleStyle() throws {
        let parameter = #"{"name": "x", "in": "query", "style": "simple", "schema": {"type": "string"}}"#
        let action = try Setup(operation: #""parameters": [\#(parameter)], "# + Self.noContent).action()
        #expect(action.unsupported.isEmpty)
        #expect(action.action.parameters.map(\.name.value) == ["x"])
    }

    /// As `/api/v1/hook-keys/{id}` since 2024.08.0, and several enumerations.
    @Test("Parameter facts: a path parameter is required without `required`, and repeated values count once")
    func slipsOfTheDocument() throws {
        let parameters = """
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}},
            {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["A", "B", "A"]}}],
            """
        var setup = Setup(operation: parameters + Self.noContent)
        setup.path = "/things/{id}"
        setup.facts = "    params: {id: {in: path, type: string}}\n"
        let (action, unsupported) = try setup.action()
        #expect(action.parameters.map(\.isRequired) == [true, false])
        #expect(unsupported.isEmpty)
        let (files, errors) = try setup.files()
        #expect(errors.isEmpty)
        #expect(files["models/thing.yaml"]?.contains("- A\n      - B\n") == true, "\(files)")
    }

    @Test("Operation facts: callbacks are an error") func callbacks() throws {
        let callback = #""callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {}}}}}, "#
        #expect(try Setup(method: "post", operation: callback + Self.noContent).updated().errors.count == 1)
    }

    @Test("Operation facts: a lifecycle of the path holds for its operations") func lifecycle() throws {
        let item = #""x-okta-lifecycle": {"lifecycle": "LIMITED_GA"}, "#
        #expect(try Setup(item: item).action().action.lifecycle == .limited)
        let own = #""x-okta-lifecycle": {"lifecycle": "EA"}, "#
        #expect(try Setup(operation: own + Self.noContent, item: item).action().action.lifecycle == .earlyAccess)
    }

    // MARK: Bodies

    private func body(_ media: String, _ schema: String, _ rest: String = "") -> Setup {
        Setup(
            method: "post",
            operation: #""requestBody": {"content": {"\#(media)": {\#(rest) "schema": \#(schema)}}}, "# + Self.noContent
        )
    }

    private static let object = #"{"type": "object", "properties": {"token": {"type": "string"}}}"#
    private static let upload = #"{"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}"#

    @Test("Body facts: a form has a model and its media type") func forms() throws {
        let text = try #require(try body("application/x-www-form-urlencoded", Self.object).updated().text)
        #expect(text.contains("body: {type: CallThingRequest, media: [application/x-www-form-urlencoded]}"))
    }

    @Test(
        "Body facts: parameters of a media type are kept, also behind a comma",
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

    @Test("Response facts: a list with a version of its media type is paged") func versionedList() throws {
        let operation = """
            "responses": {"200": {"description": "R", "content": {"application/json;okta-version=1.0.0":
            {"schema": \(Self.list)}}}}
            """
        let (action, _) = try Setup(operation: operation).action()
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
        let setup = Setup(method: "delete", operation: operation)
        let (action, _) = try setup.action()
        #expect(action.accept == accept)
        #expect(action.returns == nil)
        #expect(try setup.updated().text?.contains("accept:") ?? false == (accept != nil))
    }
}
