import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// Facts of an operation that affect its calls: the host, the credentials, the pages, and the style of its parameters.
@Suite struct SpecialFactsTests {
    // MARK: Hosts

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
        for setup in [FactSetup(operation: servers + FactSetup.noContent), FactSetup(item: servers)] {
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
        let setup = FactSetup(operation: #""servers": [{"url": "\#(url)"}], "# + FactSetup.noContent)
        #expect(try setup.action().unsupported.count == 1)
        let errors = try setup.updated().errors
        #expect(errors.map(\.rule) == ["unsupported-fact"])
        #expect(errors.first?.hint?.contains("pinned: [hostPrefix]") == true)
        // A pinned value in the catalog takes precedence.
        var pinned = setup
        pinned.facts = "hostPrefix: things\npinned: [hostPrefix]"
        let (action, unsupported) = try pinned.action()
        #expect(action.hostPrefix?.value == "things")
        #expect(unsupported.isEmpty)
        #expect(try pinned.updated().errors.isEmpty)
    }

    @Test("Host facts: a document below a path of its server is an error") func documentServers() throws {
        #expect(try FactSetup(root: #""servers": [{"url": "https://{yourOktaDomain}"}],"#).action().unsupported.isEmpty)
        #expect(
            try FactSetup(root: #""servers": [{"url": "https://{org}.okta.com/api/v1"}],"#).updated().errors.count == 1)
    }

    @Test(
        "Host facts: a document of another server than the org is an error, unless the catalog states the server",
        arguments: [
            ("https://{yourOktaDomain}", "subdomain.okta.com", true), ("https://{org}", "yourOrg", true),
            ("https://acme.okta.com", "", true), ("https://{org}.oktapreview.com", "acme", true), ("/", "", true),
            ("https://{team}.things.okta.com", "acme", false), ("https://{gateway}", "gateway.example.org", false),
            ("https://things.example.com", "", false), ("http://{yourOktaDomain}", "subdomain.okta.com", false),
        ])
    func documentOfAnotherServer(_ url: String, _ usual: String, _ isOrg: Bool) throws {
        let name = url.split(separator: "{").last?.split(separator: "}").first ?? "x"
        let variables = #""variables": {"\#(name)": {"default": "\#(usual)"}}"#
        let setup = FactSetup(root: #""servers": [{"url": "\#(url)", \#(variables)}],"#)
        let errors = try setup.updated().errors
        #expect(errors.map(\.rule) == (isOrg ? [] : ["unsupported-fact"]))
        #expect(try setup.action().unsupported.count == errors.count)
        var stated = setup
        stated.server = url
        #expect(try stated.action().unsupported.isEmpty)
        #expect(try stated.updated().errors.isEmpty)
        stated.server = "https://elsewhere.example.com"
        #expect(try stated.updated().errors.count == 1)
        guard let error = errors.first else { return }
        #expect(error.hint?.contains("server: ") == true && error.hint?.contains(url) == true)
    }

    // MARK: Lifecycle

    @Test(
        "Lifecycle facts: Okta's stages are known",
        arguments: [
            ("GA", .generallyAvailable, false), ("LIMITED_GA", .limited, false), ("EA", .earlyAccess, false),
            ("BETA", .beta, false), ("DEPRECATED", .generallyAvailable, true),
        ] as [(String, CatalogAction.Lifecycle, Bool)])
    func stages(_ stage: String, _ lifecycle: CatalogAction.Lifecycle, _ isDeprecated: Bool) throws {
        let facts = #""x-okta-lifecycle": {"lifecycle": "\#(stage)"}, "#
        let (action, unsupported) = try FactSetup(operation: facts + FactSetup.noContent).action()
        #expect(action.lifecycle == lifecycle)
        #expect((action.deprecation != nil) == isDeprecated)
        #expect(unsupported.isEmpty)
    }

    /// In Okta's documents, the stage `TOMBSTONE` is only on fields of features that are generally available, such as
    /// DPoP. Its meaning for an operation is not known.
    @Test(
        "Lifecycle facts: an unknown stage is an error, unless the stage is pinned", arguments: ["SUNSET", "TOMBSTONE"])
    func unknownStage(_ stage: String) throws {
        let facts = #""x-okta-lifecycle": {"lifecycle": "\#(stage)"}, "#
        var setup = FactSetup(operation: facts + FactSetup.noContent)
        #expect(try setup.action().unsupported.count == 1)
        #expect(try setup.updated().errors.map(\.rule) == ["unsupported-fact"])
        setup.facts = "lifecycle: beta\npinned: [lifecycle]"
        #expect(try setup.updated().errors.isEmpty)
        #expect(try setup.action().unsupported.isEmpty)
    }

    // MARK: Authorization

    private static let schemes = """
        {"securitySchemes": {"apiToken": {"type": "apiKey", "in": "header", "name": "Authorization"},
        "oauth2": {"type": "oauth2", "flows": {}}, "OAuth2": {"type": "oauth2", "flows": {}},
        "basic": {"type": "http", "scheme": "basic"}, "post": {"type": "http", "scheme": "postBody"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"}}}
        """

    @Test(
        "Authorization facts: the credentials of a call",
        arguments: [
            (#""security": [{"apiToken": []}, {"oauth2": ["a.read"]}],"#, nil),
            (#""security": [{"oauth2": ["a.read"]}],"#, .oauth2), (#""security": [{"OAuth2": ["a.read"]}],"#, .oauth2),
            (#""security": [{"apiToken": []}],"#, .apiToken), (#""security": [{"basic": []}, {"post": []}],"#, .client),
            (#""security": [],"#, .anonymous), (#""security": [{}],"#, .anonymous), ("", .anonymous),
        ] as [(String, CatalogAction.Authorization?)])
    func authorization(_ security: String, _ expected: CatalogAction.Authorization?) throws {
        let setup = FactSetup(operation: security + FactSetup.noContent, components: Self.schemes)
        let (action, unsupported) = try setup.action()
        #expect(action.authorization == expected)
        #expect(action.scopes == (security.contains("a.read") ? ["a.read"] : []))
        #expect(unsupported.isEmpty)
        let text = try setup.updated().text ?? ""
        #expect(text.contains("authorization: \(expected?.rawValue ?? "")") == (expected != nil))
    }

    @Test("Authorization facts: a document without schemes says nothing") func withoutSchemes() throws {
        #expect(try FactSetup().action().action.authorization == nil)
    }

    @Test(
        "Authorization facts: requirements without a word in the catalog are errors",
        arguments: [
            #"[{"apiToken": [], "oauth2": []}]"#, #"[{"cookie": []}]"#, #"[{"other": []}]"#, #"[{}, {"oauth2": []}]"#,
            #"[{"basic": []}, {"oauth2": []}]"#,
        ])
    func otherRequirements(_ security: String) throws {
        let setup = FactSetup(operation: #""security": \#(security), "# + FactSetup.noContent, components: Self.schemes)
        #expect(try setup.action().unsupported.count == 1)
        #expect(try setup.updated().errors.map(\.rule) == ["unsupported-fact"])
        var pinned = setup
        pinned.facts = "authorization: none\npinned: [authorization]"
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
    @Test("Paging facts: a list is an array, or the only array of an object with a next page") func paging() throws {
        let after = #"[{"name": "after", "in": "query", "schema": {"type": "string"}}]"#
        let inParts =
            #"{"allOf": [{"type": "object", "properties": {\#(Self.links)}}, \#(object(#""roles": \#(FactSetup.list)"#))]}"#
        let cases: [(operation: String, written: String?)] = [
            (response(FactSetup.list), "paging: link"),
            (response(object(#""roles": \#(FactSetup.list), \#(Self.links)"#)), "paging: {items: roles}"),
            (
                response(object(#""roles": \#(FactSetup.list), "n": {"type": "integer"}"#), after),
                "paging: {items: roles}"
            ),
            (response(inParts), "paging: {items: roles}"),
            (response(object(#""roles": \#(FactSetup.list)"#)), nil),
            (response(object(#""a": \#(FactSetup.list), "b": \#(FactSetup.list), \#(Self.links)"#)), nil),
            (response(object(#""id": {"type": "string"}, \#(Self.links)"#)), nil),
        ]
        for (operation, written) in cases {
            let setup = FactSetup(operation: operation)
            #expect(try setup.action().unsupported.isEmpty)
            let text = try #require(try setup.updated().text)
            #expect(text.contains("paging:") == (written != nil), "\(text)")
            if let written { #expect(text.contains(written), "\(text)") }
        }
        let change = FactSetup(method: "post", operation: response(FactSetup.list))
        #expect(try change.action().action.paging == nil)
    }
}
