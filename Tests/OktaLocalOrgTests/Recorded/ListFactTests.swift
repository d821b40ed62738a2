import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for lists, limits and the documents about them.
@Suite("Recorded orgs: lists and limits")
struct ListFactTests {
    private let org = TestOrg()

    private func names(_ path: String, _ member: String = "name") -> [String] {
        (org("GET", path).json.elements ?? []).compactMap { $0.text(member) }
    }

    @Test("Order: groups are sorted by name, a user's groups begin with Everyone, policies are sorted by priority")
    func ordersLists() {
        let user = org.user("ada").id
        for name in ["b", "C", "A"] { org("PUT", "/api/v1/groups/\(org.group(name).id)/users/\(user)") }
        let groups = names("/api/v1/groups", "profile.name")
        #expect(groups.count == 5 && groups == groups.sorted { $0.lowercased() < $1.lowercased() })
        #expect(names("/api/v1/users/\(user)/groups", "profile.name").first == "Everyone")
        for name in ["P", "Q"] { org("POST", "/api/v1/policies", ["type": "PASSWORD", "name": JSON(name)]) }
        let priorities = (org("GET", "/api/v1/policies?type=PASSWORD").json.elements ?? []).compactMap {
            $0["priority"]?.int
        }
        #expect(priorities == Array(1...priorities.count) && priorities.count == 3)
        for path in ["/api/v1/realms", "/api/v1/mappings", "/api/v1/apps", "/api/v1/users"] {
            let ids = names(path, "id")
            #expect(ids == ids.sorted(), "\(path)")
        }
    }

    @Test(
        "Order: seeded objects are sorted by id, also across pages",
        arguments: [("users", "00u"), ("apps", "0oa"), ("devices", "guo"), ("realms", "guo"), ("mappings", "prm")])
    func ordersSeeded(_ kind: String, prefix: String) throws {
        let ids = (1...5).map { "\(prefix)zzzzzzzzzzzzzzzz\($0)" }
        let objects = [2, 0, 4, 1, 3].map { index -> JSON in
            let name = JSON("\(index)@example.com")
            return [
                "id": JSON(ids[index]), "status": "ACTIVE", "label": name, "name": "bookmark", "signOnMode": "BOOKMARK",
                "profile": [
                    "login": name, "email": name, "firstName": "A", "lastName": "B", "name": name, "displayName": name,
                ],
                "source": ["id": "00u1"], "target": ["id": "0oa1"], "properties": [:],
            ]
        }
        try org.engine.seed(objects: JSON(members: [("/api/v1/\(kind)", JSON(objects))]))
        #expect(names("/api/v1/\(kind)", "id").filter(ids.contains) == ids)
        var paged: [String] = []
        var target: String? = "/api/v1/\(kind)?limit=2"
        while let next = target {
            let page = org("GET", next)
            paged += (page.json.elements ?? []).compactMap { $0.text("id") }
            target = page.link("next").map { TestOrg.path($0) }
        }
        #expect(paged.filter(ids.contains) == ids)
    }

    @Test("Users: an item of a list links only to itself, and equals the user otherwise")
    func listsUsers() {
        org.engine.seed(users: 30)
        let items = org("GET", "/api/v1/users").json.elements ?? []
        #expect(items.count >= 30)
        for item in items {
            #expect(item["_links"]?.members?.map(\.key) == ["self"])
            var user = org("GET", "/api/v1/users/\(item.text("id") ?? "")").json
            user["_links"] = item["_links"]
            #expect(user == item)
        }
    }

    @Test(
        "Pages: each list has a specific size",
        arguments: [
            ("/api/v1/authorizationServers", 200), ("/api/v1/users", 200), ("/api/v1/groups", 10_000),
            ("/api/v1/apps", 20), ("/api/v1/realms", 10), ("/api/v1/realm-assignments", 20), ("/api/v1/devices", 20),
            ("/api/v1/idps", 20), ("/api/v1/behaviors", 10), ("/api/v1/brands", 20), ("/api/v1/mappings", 20),
            ("/api/v1/logStreams", 20), ("/api/v1/zones", 20), ("/api/v1/trustedOrigins", 20),
            ("/api/v1/groups/rules", 50),
        ])
    func sizesPages(_ path: String, size: Int) {
        #expect(org("GET", path).link("self") == "https://test.okta.com\(path)?limit=\(size)")
    }

    @Test("Links: a search of groups by name has none, and unsupported parameters are omitted")
    func dropsParameters() {
        #expect(org("GET", "/api/v1/groups?q=E").raw.headers("link").isEmpty)
        #expect(
            org("GET", "/api/v1/groups?filter=type+eq+%22BUILT_IN%22").link("self")?.contains("filter=type+eq+") == true
        )
        for (query, dropped) in [
            ("idps?q=I&type=OIDC", "OIDC"), ("mappings?sourceId=x", "sourceId"), ("users?sortOrder=0", "sortOrder"),
        ] {
            let link = org("GET", "/api/v1/\(query)").link("self")
            #expect(link != nil && link?.contains(dropped) == false, "\(query)")
        }
        #expect(org("GET", "/api/v1/users").json[0]?["_links"]?.members?.map(\.key) == ["self"])
    }

    /// The limits that every recording of an endpoint shows, as the shares of one token.
    @Test(
        "Limits: the headers state the endpoint's limit, and a time within the minute",
        arguments: [
            ("/api/v1/agentPools", 10), ("/api/v1/captchas", 500), ("/api/v1/org/captcha", 500),
            ("/api/v1/mappings", 500), ("/api/v1/realms", 500), ("/api/v1/logStreams", 300), ("/api/v1/iam/roles", 100),
            ("/api/v1/principal-rate-limits", 100), ("/api/v1/push-providers", 50), ("/api/v1/authenticators", 50),
            ("/api/v1/device-assurances", 50), ("/api/v1/meta/uischemas", 50), ("/api/v1/devices", 50),
            ("/api/v1/devices/guo1/users", 300), ("/api/v1/rate-limit-settings/per-client", 50),
            ("/api/v1/brands", 50), ("/api/v1/authorizationServers/aus1/associatedServers", 50),
            ("/api/v1/apps/0oa1/features", 50), ("/api/v1/apps/0oa1/connections/default", 50),
            ("/api/v1/apps/0oa1/tokens", 50), ("/api/v1/sessions/x", 375),
        ])
    func tellsLimits(_ path: String, limit: Int) {
        let org = TestOrg { $0.enforcesRateLimits = true }
        let response = org("GET", path).raw
        #expect(response.header("x-rate-limit-limit") == String(limit))
        #expect(response.header("x-rate-limit-remaining") == String(limit - 1))
        let reset = response.header("x-rate-limit-reset").flatMap { Int($0) } ?? 0
        #expect((0...60).contains(reset - org.clock.now.seconds))
    }

    @Test("Limits: sign-in and sessions have separate ones")
    func limitsSignIn() {
        let org = TestOrg { $0.enforcesRateLimits = true }
        for (path, limit) in [("/api/v1/authn", "500"), ("/api/v1/sessions", "375"), ("/oauth2/v1/token", "150")] {
            #expect(org("POST", path, [:]).raw.header("x-rate-limit-limit") == limit, "\(path)")
        }
    }

    @Test("Org: its document has these members, and no limits")
    func describesOrg() {
        let response = org("GET", "/.well-known/okta-organization")
        #expect(response.json.text("pipeline") == "idx" && response.id.hasPrefix("00o") && response.json["cell"] != nil)
        let settings = response.json["settings"]?.members ?? []
        #expect(settings.count == 6 && settings.allSatisfy { $0.value.kind == .boolean })
        #expect(response.raw.header("x-rate-limit-limit") == nil)
    }

    @Test("App schemas: an OpenID Connect app has a unique name, and the required name claim outside the properties")
    func describesApps() {
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
                "settings": ["oauthClient": ["grant_types": ["authorization_code"], "redirect_uris": ["https://a.b"]]],
            ])
        let path = "/api/v1/meta/schemas/apps/\(app.id)/default"
        let schema = org("GET", path).json
        #expect(schema.text("name")?.hasPrefix("oidc_client_") == true && schema.text("name")?.count == 19)
        #expect(schema.text("title") == "Shop User")
        let base = schema[path: "definitions.base"] ?? [:]
        #expect(base["properties"]?.count == 21 && base["required"] == ["userName"])
        #expect(base.text("properties.userName.externalName") == "preferred_username")
        let property: JSON = [
            "title": "X", "type": "string", "enum": ["a"], "oneOf": [["const": "a", "title": "A"]],
            "permissions": [["principal": "SELF", "action": "READ_WRITE"]], "master": ["type": "PROFILE_MASTER"],
            "union": "DISABLE",
        ]
        let custom = { (value: JSON) -> JSON in
            ["definitions": ["custom": ["id": "#custom", "type": "object", "properties": ["x": value]]]]
        }
        let kept = org("POST", path, custom(property)).json[path: "definitions.custom.properties.x"] ?? [:]
        #expect(kept["enum"] == ["a"] && kept["oneOf"]?.count == 1)
        for member in ["permissions", "master", "union"] { #expect(kept[member] == nil, "\(member)") }
        #expect(org("POST", path, custom(.null)).json[path: "definitions.custom.properties"]?.count == 0)
    }
}
