import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: accounts of Privileged Access, trust between apps, sources of roles, documents about the org")
struct PrivilegedAccessTests {
    private let org = TestOrg()
    private let path = "/privileged-access/api/v1/okta-service-accounts"

    @Test(
        "Privileged access: a managed user shows the user's names, is found by them, and is suspended with the account")
    func managesUsers() {
        let user = org.user("ada", password: "Password-1234").id
        let owners: JSON = ["ownerUserIds": [JSON(user)], "ownerGroupIds": [JSON(org.group("Admins").id)]]
        var body: JSON = ["name": "AD admin", "oktaUserId": JSON(user)]
        body.merge(owners)
        let account = org("POST", path, body)
        #expect(account.status == 201 && account.id.utf8.count == 36)
        #expect(account.json.text("username") == "ada@example.com" && account.json.text("status") == "UNSECURED")
        #expect(org("GET", "\(path)?match=ADA%40").json.count == 1)
        #expect(org("GET", "\(path)?match=nobody").json.count == 0)
        #expect(org("GET", "\(path)?match=ad").errorCode == "E0000001")
        let changed = org("PATCH", "\(path)/\(account.id)", ["name": "Other", "oktaUserId": "x", "ownerUserIds": []])
        #expect(changed.status == 200 && changed.json.text("oktaUserId") == user)
        #expect(changed.json.text("name") == "Other" && changed.json["ownerUserIds"]?.count == 0)
        #expect(changed.json["ownerGroupIds"]?.count == 1)
        #expect(org("DELETE", "\(path)/\(account.id)").status == 204)
        #expect(org("GET", "\(path)/\(account.id)").status == 404)
        #expect(org("GET", "/api/v1/users/\(user)").json.text("status") == "SUSPENDED")
    }

    @Test(
        "Privileged access: a managed user needs a name and an existing user",
        arguments: [
            (["name": "a"], 400), (["name": "a/b", "oktaUserId": "<user>"], 400),
            (["name": "", "oktaUserId": "<user>"], 400), (["name": "a", "oktaUserId": "00unobody"], 404),
            (["name": "a", "oktaUserId": "<user>", "ownerUserIds": ["00unobody"]], 404),
        ] as [(JSON, Int)])
    func checksUsers(_ body: JSON, _ status: Int) {
        var body = body
        if body.text("oktaUserId") == "<user>" { body["oktaUserId"] = JSON(org.user("ada").id) }
        #expect(org("POST", path, body).status == status)
    }

    @Test("Privileged access: an app account names its app, and never shows its password")
    func managesApps() {
        let app = org.app()
        let path = "/privileged-access/api/v1/service-accounts"
        let body: JSON = [
            "name": "Prod-5 account", "containerOrn": JSON("orn:okta:idp:00o1:apps:oidc_client:\(app)"),
            "username": "svc", "password": "Secret-1",
        ]
        let account = org("POST", path, body)
        #expect(account.status == 200 && account.json["password"] == nil)
        #expect(account.json.text("containerInstanceName") == "A")
        #expect(account.json.text("containerGlobalName") == "oidc_client")
        #expect(org("GET", "\(path)/\(account.id)").json["password"] == nil)
        #expect(org("GET", "\(path)?match=oidc").json.count == 1)
        for name in ["containerOrn", "username", "password"] {
            var incomplete = body
            incomplete[name] = nil as JSON?
            #expect(org("POST", path, incomplete).errorCode == "E0000001", "\(name)")
        }
        var lost = body
        lost["containerOrn"] = "orn:okta:idp:00o1:apps:oidc_client:0oanothing"
        #expect(org("POST", path, lost).status == 404)
    }

    @Test("Interclient trust: an app allows at most five others, never itself, until one of both is deleted")
    func trustsApps() {
        let (target, other) = (org.app(), org.app())
        let path = "/api/v1/apps/\(target)/interclient-allowed-apps"
        let made = org("POST", path, ["id": JSON(other)])
        #expect(made.status == 201 && made.json.text("trustedAppInstanceId") == other)
        #expect(org("GET", path).json == [JSON(other)])
        #expect(org("GET", "/api/v1/apps/\(other)/interclient-target-apps").json == [JSON(target)])
        for id in [target, other] { #expect(org("POST", path, ["id": JSON(id)]).errorCode == "E0000001") }
        #expect(org("POST", path, ["id": "0oanothing"]).status == 404)
        for _ in 0..<4 { #expect(org("POST", path, ["id": JSON(org.app())]).status == 201) }
        #expect(org("POST", path, ["id": JSON(org.app())]).errorCode == "E0000001")
        let bookmark = org(
            "POST", "/api/v1/apps",
            [
                "name": "bookmark", "label": "B", "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://b.example.com", "requestIntegration": false]],
            ]
        ).id
        let refused = org("POST", "/api/v1/apps/\(bookmark)/interclient-allowed-apps", ["id": JSON(other)])
        #expect(refused.errorCode == "E0000001")
        org("POST", "/api/v1/apps/\(other)/lifecycle/deactivate")
        org("DELETE", "/api/v1/apps/\(other)")
        #expect(org("GET", path).json.count == 4)
        #expect(org("DELETE", "\(path)/\(other)").status == 404)
    }

    @Test("Roles: a directly assigned role has no source, and seeded sources are shown with their resources")
    func showsSources() {
        let user = org.user("ada").id
        let role = org("POST", "/api/v1/users/\(user)/roles", ["type": "USER_ADMIN"]).id
        let path = "/api/v1/users/\(user)/roles/\(role)/governance"
        #expect(org("GET", path).json["grants"] == [])
        #expect(org("GET", "\(path)/gra1").status == 404)
        #expect(org("GET", "/api/v1/users/\(user)/roles/nothing/governance").status == 404)
        let resource: JSON = ["resource": "orn:okta:directory:o:groups:g", "label": "G"]
        org.engine.adopt(
            ["id": "gra1", "type": "ENTITLEMENT-BUNDLE", "bundleId": "enb1", "resources": [resource]], below: path)
        let source = org("GET", path).json["grants"]?[0]
        #expect(source?.text("grantId") == "gra1" && source?.text("bundleId") == "enb1" && source?["resources"] == nil)
        let link = TestOrg.path(org("GET", "\(path)/gra1").json.text("_links.resources.href"))
        #expect(org("GET", link).json["resources"] == [resource])
    }

    @Test("Documents: Okta's own apps and the org's SSF metadata need no token")
    func showsDocuments() {
        let read = { (name: String) in
            let response = org.engine.handle(
                LocalRequest("GET", "/.well-known/\(name)", headers: [("host", "test.okta.com")]))
            return (response.status, (try? JSON(parsing: response.body)) ?? .null)
        }
        #expect(read("apple-app-site-association").1[path: "authsrv.apps"]?.count == 6)
        let signals = read("ssf-configuration").1
        #expect(signals.text("configuration_endpoint") == "https://test.okta.com/api/v1/ssf/stream")
        #expect(read("assetlinks.json").0 == 404 && read("webauthn").0 == 404)
    }
}
