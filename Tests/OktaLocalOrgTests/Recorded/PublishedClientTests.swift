import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The requests of published programs, found by running them (`make interop`).
@Suite("Local org: requests of published clients")
struct PublishedClientTests {
    @Test("Tokens: the page at the root of an org needs none")
    func servesRoot() {
        let org = TestOrg { $0.tokens = ["secret"] }
        #expect(org.engine.handle(LocalRequest("GET", "/")).status != 401)
        #expect(org.engine.handle(LocalRequest("GET", "/api/v1/org")).status == 401)
    }

    @Test("Apps: expand=user shows the assignment of the filter's user, direct or through a group")
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

    @Test("Roles: users with roles are listed in pages, including roles of their groups")
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
            let response = org("GET", page)
            found += (response.json["value"]?.elements ?? []).compactMap { $0.text("id") }
            target = response.json.text("_links.next.href").map(TestOrg.path)
            #expect(found.count <= 3)
        }
        #expect(found.sorted() == [admin, users[0], users[2]].sorted())
    }

    @Test("Clients: OpenID Connect apps are listed as OAuth 2.0 clients, without their secrets")
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

extension PublishedClientTests {
    @Test("Older clients: operations of Okta's document until 2025 are supported")
    func servesOlderClients() {
        let org = TestOrg()
        let path = "/api/v1/risk/providers"
        let body: JSON = ["name": "Radar", "clientId": JSON(org.app())]
        let made = org("POST", path, body)
        #expect(made.status == 201 && made.json.text("action") == "log_only", "\(made.json)")
        #expect(org("GET", path).json.count == 1)
        #expect(org("PUT", "\(path)/\(made.id)", ["name": "R", "clientId": "0oanone"]).status == 400)
        #expect((0..<3).map { _ in org("POST", path, body).status } == [201, 201, 400])
        #expect(org("DELETE", "\(path)/\(made.id)").status == 204)
        let event = { (ip: JSON) -> JSON in [["subjects": [["ip": ip, "riskLevel": "HIGH"]]]] }
        #expect(org("POST", "/api/v1/risk/events/ip", event("192.0.2.1")).status == 202)
        #expect(org("POST", "/api/v1/risk/events/ip", event("here")).status == 400)
        let pin = "/device-access/api/v1/desktop-mfa/recovery-pin-settings"
        #expect(org("PUT", pin, ["desktopMFARecoveryPinEnabled": true]).status == 200)
        #expect(org("GET", pin).json == ["desktopMFARecoveryPinEnabled": true])
        #expect(org("POST", "/api/v1/org/logo").status == 400)
        #expect(org("POST", "/api/v1/org/logo", ["a": 1]).raw.header("location") != nil)
    }

    @Test("Users: the sign-in methods are in the document that clients request first")
    func tellsProvider() {
        let org = TestOrg { $0.tokens = ["secret"] }
        let response = org("GET", "/.well-known/webfinger?resource=okta:acct:ada@example.com")
        #expect(response.json["links"]?[0]?["properties"]?["okta:idp:type"] == "OKTA")
        #expect(org("GET", "/.well-known/webfinger").status == 400)
    }
}

extension PublishedClientTests {
    @Test("Users: an update with only credentials sets the password, and keeps the profile")
    func updatesCredentials() {
        let org = TestOrg()
        let user = org.user("ada", more: ["title": "Countess"]).id
        let response = org("POST", "/api/v1/users/\(user)", ["credentials": ["password": ["value": "Correct-Horse-9"]]])
        #expect(response.status == 200 && response.json.text("status") == "ACTIVE", "\(response.json)")
        #expect(response.json.text("profile.title") == "Countess")
        #expect(org("POST", "/api/v1/users/\(user)", [:]).status == 200)
    }

    @Test("Passwords: the earlier operation to expire one returns a temporary one")
    func expiresWithTemporaryPassword() {
        let org = TestOrg()
        let user = org.user("ada", password: "Correct-Horse-9").id
        let path = "/api/v1/users/\(user)/lifecycle/expire_password?tempPassword="
        #expect(org("POST", path + "true").json.text("tempPassword") != nil)
        #expect(org("POST", path + "false").json.text("status") == "PASSWORD_EXPIRED")
    }

    @Test("Factors: a null passcode requests a code")
    func takesNullForNone() {
        let org = TestOrg()
        let user = org.user("ada").id
        let factor = org(
            "POST", "/api/v1/users/\(user)/factors?activate=true",
            ["factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+15554151337"]]
        ).id
        let body: JSON = ["activationToken": .null, "answer": .null, "passCode": .null]
        let response = org("POST", "/api/v1/users/\(user)/factors/\(factor)/verify", body)
        #expect(response.json.text("factorResult") == "CHALLENGE", "\(response.json)")
    }
}

extension PublishedClientTests {
    @Test("Org factors: are listed, turned on and off, and others are rejected")
    func listsOrgFactors() {
        let org = TestOrg()
        let path = "/api/v1/org/factors"
        #expect(org("GET", path).json.count == 13)
        #expect(org("POST", path + "/okta_otp/lifecycle/activate").json.text("factorType") == "token:software:totp")
        let active = (org("GET", path).json.elements ?? []).filter { $0.text("status") == "ACTIVE" }
        #expect(active.map { $0.text("id") } == ["okta_otp"])
        #expect(org("GET", path + "/okta_smoke").status == 404)
    }
}
