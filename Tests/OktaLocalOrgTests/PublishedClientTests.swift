import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// What published programs ask an org for, found by running them (`make interop`).
@Suite("Local org: requests of published clients")
struct PublishedClientTests {
    @Test("Tokens: the page at the root of an org needs none")
    func answersRoot() {
        let org = TestOrg { $0.tokens = ["secret"] }
        #expect(org.engine.handle(LocalRequest("GET", "/")).status != 401)
        #expect(org.engine.handle(LocalRequest("GET", "/api/v1/org")).status == 401)
    }

    @Test("Apps: expand=user shows the assignment of the filter's user, by itself or through a group")
    func embedsUser() {
        let org = TestOrg()
        let user = org.user("ada")
        let group = org.group("Team")
        let ids = ["A", "B", "C"].map { name in
            org(
                "POST", "/api/v1/apps",
                [
                    "name": "bookmark", "label": JSON(name), "signOnMode": "BOOKMARK",
                    "settings": ["app": ["url": "https://example.com"]],
                ]
            ).id
        }
        org("POST", "/api/v1/apps/\(ids[0])/users", ["id": JSON(user.id)])
        org("PUT", "/api/v1/groups/\(group.id)/users/\(user.id)")
        org("PUT", "/api/v1/apps/\(ids[1])/groups/\(group.id)", [:])
        let list = "/api/v1/apps?filter=user.id+eq+%22\(user.id)%22"
        let found = org("GET", list + "&expand=user/\(user.id)").json.elements ?? []
        #expect(found.compactMap { $0.text("id") } == [ids[0], ids[1]])
        #expect(found.map { $0.text("_embedded.user.scope") } == ["USER", "GROUP"])
        #expect(found.allSatisfy { $0.text("_embedded.user.id") == user.id })
        #expect(org("GET", list).json.elements?.allSatisfy { $0["_embedded"] == nil } == true)
        #expect(org("GET", "/api/v1/apps?expand=user/\(user.id)").status == 400)
        #expect(org("GET", list + "&expand=user/00uother").status == 400)
    }

    @Test("Roles: users with roles are listed in pages, with those of their groups")
    func listsAssignees() {
        let org = TestOrg()
        let users = ["a", "b", "c", "d"].map { org.user($0).id }
        let group = org.group("Admins").id
        org("POST", "/api/v1/users/\(users[0])/roles", ["type": "HELP_DESK_ADMIN"])
        org("POST", "/api/v1/groups/\(group)/roles", ["type": "READ_ONLY_ADMIN"])
        org("PUT", "/api/v1/groups/\(group)/users/\(users[2])")
        let admin = org("GET", "/api/v1/users/me").id
        var found: [String] = []
        var target: String? = "/api/v1/iam/assignees/users?limit=2"
        while let page = target {
            let answer = org("GET", page)
            found += (answer.json["value"]?.elements ?? []).compactMap { $0.text("id") }
            target = answer.json.text("_links.next.href").map(TestOrg.path)
            #expect(found.count <= 3)
        }
        #expect(found.sorted() == [admin, users[0], users[2]].sorted())
    }

    @Test("Clients: apps for OpenID Connect are listed as OAuth 2.0 clients, without their secrets")
    func listsClients() {
        let org = TestOrg()
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Web", "signOnMode": "OPENID_CONNECT",
                "credentials": ["oauthClient": ["token_endpoint_auth_method": "client_secret_basic"]],
                "settings": [
                    "oauthClient": [
                        "application_type": "web", "grant_types": ["authorization_code"], "response_types": ["code"],
                        "redirect_uris": ["https://example.com/callback"],
                    ]
                ],
            ])
        org("POST", "/api/v1/apps", ["name": "bookmark", "label": "B", "signOnMode": "BOOKMARK"])
        let clients = org("GET", "/oauth2/v1/clients").json.elements ?? []
        let id = app.json.text("credentials.oauthClient.client_id") ?? ""
        #expect(clients.map { $0.text("client_id") } == [id])
        #expect(clients.first?.text("client_name") == "Web")
        #expect(clients.first?["client_secret"] == nil)
        #expect(org("GET", "/oauth2/v1/clients/\(id)").json.text("application_type") == "web")
        #expect(org("GET", "/oauth2/v1/clients/other").status == 404)
        #expect(org("GET", "/oauth2/v1/clients?q=W").json.count == 1)
        #expect(org("GET", "/oauth2/v1/clients?q=X").json.count == 0)
    }

    @Test("Seeds: the members of a group are read from the path of their list")
    func seedsMembers() throws {
        let org = TestOrg()
        try org.engine.seed(objects: [
            "/api/v1/users": [
                ["id": "00u1", "status": "ACTIVE", "profile": ["login": "a@example.com"]],
                ["id": "00u2", "status": "ACTIVE", "profile": ["login": "b@example.com"]],
            ],
            "/api/v1/groups": [["id": "00g1", "type": "OKTA_GROUP", "profile": ["name": "Team"]]],
            "/api/v1/groups/00g1/users": [["id": "00u2"]],
        ])
        let members = org("GET", "/api/v1/groups/00g1/users").json.elements ?? []
        #expect(members.compactMap { $0.text("id") } == ["00u2"])
        let names = (org("GET", "/api/v1/users/00u2/groups").json.elements ?? []).compactMap { $0.text("profile.name") }
        #expect(names == ["Everyone", "Team"])
    }
}
