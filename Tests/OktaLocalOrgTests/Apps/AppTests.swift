import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: apps")
struct AppTests {
    private func bookmark(_ org: TestOrg, query: String = "") -> TestOrg.Response {
        org(
            "POST", "/api/v1/apps\(query)",
            [
                "name": "bookmark", "label": "Docs", "signOnMode": "BOOKMARK",
                "settings": ["app": ["requestIntegration": false, "url": "https://example.com"]],
            ])
    }

    private func openID(_ org: TestOrg, _ method: String = "client_secret_basic") -> TestOrg.Response {
        org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
                "credentials": ["oauthClient": ["token_endpoint_auth_method": JSON(method)]],
                "settings": [
                    "oauthClient": [
                        "application_type": "web", "grant_types": ["authorization_code", "refresh_token"],
                        "redirect_uris": ["https://example.com"],
                    ]
                ],
            ])
    }

    @Test("Assignments: a user needs an id that exists")
    func needsUser() {
        let org = TestOrg()
        let app = org(
            "POST", "/api/v1/apps",
            ["name": "bookmark", "label": "B", "signOnMode": "BOOKMARK", "settings": ["app": ["url": "https://a.b"]]]
        ).id
        for body: JSON in [[:], ["id": .null], ["id": ""], ["scope": "USER"]] {
            let response = org("POST", "/api/v1/apps/\(app)/users", body)
            #expect(response.status == 400 && response.causes == ["id: The field cannot be left blank"])
        }
        #expect(org("POST", "/api/v1/apps/\(app)/users", ["id": "00unobody"]).status == 404)
    }

    @Test("Apps: an app is active and gets Okta's defaults")
    func fillsDefaults() {
        let app = bookmark(TestOrg()).json
        #expect(app["status"]?.string == "ACTIVE")
        #expect(app[path: "accessibility.errorRedirectUrl"]?.kind == .null)
        #expect(app[path: "visibility.hide.iOS"]?.bool == false)
        #expect(app[path: "credentials.userNameTemplate.template"]?.string == "${source.login}")
        #expect(app[path: "credentials.signing"]?.count == 0)
        #expect(app[path: "settings.notifications.vpn.network.connection"]?.string == "DISABLED")
        #expect(app["features"]?.count == 0)
    }

    @Test("Apps: an active app cannot be deleted")
    func refusesDelete() {
        let org = TestOrg()
        let id = bookmark(org).id
        let refused = org("DELETE", "/api/v1/apps/\(id)")
        #expect(refused.status == 403)
        #expect(refused.errorCode == "E0000056")
        #expect(refused.causes == ["The application must be deactivated before deletion."])
        #expect(org("POST", "/api/v1/apps/\(id)/lifecycle/deactivate").raw.body == Array("{}".utf8))
        #expect(org("DELETE", "/api/v1/apps/\(id)").status == 204)
        #expect(org("GET", "/api/v1/apps/\(id)").json["errorSummary"]?.string?.hasSuffix("(AppInstance)") == true)
    }

    @Test("Apps: only responses to writes contain the client secret, if the method has one")
    func showsSecretOnce() {
        let org = TestOrg()
        let app = openID(org)
        #expect(app.json[path: "credentials.oauthClient.client_secret"]?.string?.utf8.count == 64)
        #expect(app.json[path: "credentials.oauthClient.client_id"]?.string == app.id)
        let read = org("GET", "/api/v1/apps/\(app.id)")
        #expect(read.json[path: "credentials.oauthClient.client_secret"] == nil)
        let secrets = org("GET", "/api/v1/apps/\(app.id)/credentials/secrets").json
        #expect(secrets[0]?.text("client_secret")?.utf8.count == 64)
        for method in ["none", "private_key_jwt"] {
            #expect(openID(org, method).json[path: "credentials.oauthClient.client_secret"] == nil)
        }
    }

    @Test("Apps: a replacement keeps Okta's own members, and ignores a status")
    func replaces() {
        let org = TestOrg()
        let app = openID(org)
        var body = app.json
        body["status"] = "INACTIVE"
        body["credentials"] = nil as JSON?
        body["profile"] = ["a": 1]
        let first = org("PUT", "/api/v1/apps/\(app.id)", body)
        #expect(first.json["status"]?.string == "ACTIVE")
        #expect(first.json[path: "credentials.signing.kid"] == app.json[path: "credentials.signing.kid"])
        body["profile"] = nil as JSON?
        #expect(org("PUT", "/api/v1/apps/\(app.id)", body).json["profile"] == nil)
    }

    @Test("Apps: a custom SAML app has a unique name, a key and metadata")
    func createsSAML() {
        let org = TestOrg()
        let app = org(
            "POST", "/api/v1/apps",
            ["label": "My App", "signOnMode": "SAML_2_0", "settings": ["signOn": ["ssoAcsUrl": "https://example.com"]]])
        #expect(app.json["name"]?.string?.hasPrefix("local_myapp_") == true)
        #expect(app.json[path: "settings.signOn.idpIssuer"]?.string == "http://www.okta.com/${org.externalKey}")
        let keys = org("GET", "/api/v1/apps/\(app.id)/credentials/keys").json
        #expect(keys[0]?["kid"] == app.json[path: "credentials.signing.kid"])
        let metadata = org("GET", "/api/v1/apps/\(app.id)/sso/saml/metadata")
        #expect(metadata.raw.header("content-type") == "application/xml;charset=ISO-8859-1")
        let asJSON = org(
            "GET", "/api/v1/apps/\(app.id)/sso/saml/metadata", headers: [("accept", "application/json")])
        #expect(asJSON.errorCode == "E0000019")
    }

    @Test("Apps: users are assigned directly or through groups, and lose the app with the membership")
    func assigns() {
        let org = TestOrg()
        let app = openID(org).id
        let group = org.group("A").id
        let user = org.user("ada", password: "Secret-1234").id
        let other = org.user("alan").id
        org("PUT", "/api/v1/groups/\(group)/users/\(user)")
        let assigned = org("PUT", "/api/v1/apps/\(app)/groups/\(group)", [:])
        #expect(assigned.json["priority"]?.int == 0)
        org("PUT", "/api/v1/groups/\(group)/users/\(other)")
        let scopes = { () -> [String] in
            (org("GET", "/api/v1/apps/\(app)/users").json.elements ?? []).compactMap { $0.text("scope") }
        }
        #expect(scopes() == ["GROUP", "GROUP"])
        org("DELETE", "/api/v1/groups/\(group)/users/\(other)")
        #expect(scopes() == ["GROUP"])
        let direct = org("POST", "/api/v1/apps/\(app)/users", ["id": JSON(user), "scope": "USER"])
        #expect(direct.json["syncState"]?.string == "DISABLED")
        #expect(direct.json["passwordChanged"]?.kind == .null)
        #expect(direct.json["profile"]?.count == 20)
        #expect(direct.json[path: "profile.zoneinfo"]?.string == "America/Los_Angeles")
        org("DELETE", "/api/v1/apps/\(app)/groups/\(group)")
        #expect(scopes() == ["USER"])
    }

    @Test("Apps: an app of the group Everyone is assigned to all users, including later ones")
    func assignsToEveryone() throws {
        let org = TestOrg()
        let app = bookmark(org).id
        let found = org("GET", "/api/v1/groups?q=Everyone")
        let everyone = try #require(found.json[0]?.text("id"))
        #expect(org("PUT", "/api/v1/apps/\(app)/groups/\(everyone)", [:]).status == 200)
        let before = org("GET", "/api/v1/apps/\(app)/users").json.count
        let id = org.user("ada").id
        #expect(org("GET", "/api/v1/apps/\(app)/users").json.count == before + 1)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(id)").json.text("scope") == "GROUP")
    }

    @Test("Apps: groups are listed by priority, and gaps remain")
    func ordersGroups() {
        let org = TestOrg()
        let app = bookmark(org).id
        for (name, priority) in [("A", 4), ("B", 1), ("C", 2)] {
            org("PUT", "/api/v1/apps/\(app)/groups/\(org.group(name).id)", ["priority": JSON(priority)])
        }
        let priorities = (org("GET", "/api/v1/apps/\(app)/groups").json.elements ?? []).compactMap {
            $0["priority"]?.int
        }
        #expect(priorities == [1, 2, 4])
    }

    @Test("Apps: an invalid cursor is rejected")
    func refusesCursor() {
        let response = TestOrg()("GET", "/api/v1/apps?after=not-a-cursor")
        #expect(response.status == 400)
        #expect(response.errorCode == "E0000029")
        #expect(response.causes == ["Invalid cursor."])
    }

    @Test("Apps: an assigned policy is shown by the app")
    func assignsPolicy() {
        let org = TestOrg()
        let app = bookmark(org).id
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "Strict"]).id
        #expect(org("PUT", "/api/v1/apps/\(app)/policies/\(policy)").status == 204)
        #expect(org("PUT", "/api/v1/apps/\(app)/policies/\(policy)").status == 204)
        let link = org("GET", "/api/v1/apps/\(app)").json[path: "_links.accessPolicy.href"]?.string
        #expect(link?.hasSuffix(policy) == true)
    }

    @Test("App user names: are built from the app's template")
    func makesNames() {
        let org = TestOrg()
        let templates: [(JSON, String)] = [
            ("${source.login}", "ada@example.com"), ("${fn:substringBefore(source.email, \"@\")}", "ada"),
            ("user.firstName", "ada"), ("substringAfter(user.login, \"@\")", "example.com"), ("${user.nickName}", ""),
        ]
        let user = org.user("ada").id
        for (template, name) in templates {
            let app = org(
                "POST", "/api/v1/apps",
                [
                    "name": "bookmark", "label": "B", "signOnMode": "BOOKMARK",
                    "credentials": ["userNameTemplate": ["template": template, "type": "CUSTOM"]],
                    "settings": ["app": ["url": "https://example.com"]],
                ]
            ).id
            let made = org("POST", "/api/v1/apps/\(app)/users", ["id": JSON(user)]).json
            // Without a value, the login is unchanged.
            #expect(made.text("credentials.userName") == (name.isEmpty ? "ada@example.com" : name), "\(template)")
        }
    }
}
