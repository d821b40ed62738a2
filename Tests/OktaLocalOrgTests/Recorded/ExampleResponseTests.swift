import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Responses whose members are known from the examples of Okta's documents only.
@Suite("Local org: as Okta's documents show")
struct ExampleResponseTests {
    private let org = TestOrg()

    private func names(_ json: JSON?) -> Set<String> { Set((json?.members ?? []).map(\.key)) }

    @Test("Security keys: the options with which browsers enroll one, and the profile of an enrolled one")
    func enrollsKeys() {
        let user = org.user("ada", password: "Abcd1234!x").id
        let path = "/api/v1/users/\(user)/factors"
        let key = org("POST", path, ["factorType": "webauthn", "provider": "FIDO"])
        let activation = key.json[path: "_embedded.activation"]
        #expect(
            names(activation) == [
                "attestation", "authenticatorSelection", "challenge", "excludeCredentials", "pubKeyCredParams", "rp",
                "user",
            ])
        #expect(activation?.text("user.id") == user && activation?.text("user.name") == "ada@example.com")
        let proof: JSON = ["attestation": "a", "clientData": "c"]
        let active = org("POST", "\(path)/\(key.id)/lifecycle/activate", proof)
        let credential = active.json.text("profile.credentialId") ?? ""
        #expect(!credential.isEmpty && active.json.text("profile.authenticatorName") != nil)
        let second = org("POST", path, ["factorType": "webauthn", "provider": "FIDO"])
        #expect(second.json[path: "_embedded.activation.excludeCredentials"]?[0]?.text("id") == credential)
        let older = org("POST", path, ["factorType": "u2f", "provider": "FIDO"])
        #expect(names(older.json[path: "_embedded.activation"]) == ["version", "nonce", "timeoutSeconds"])
        let token = org(
            "POST", path, ["factorType": "token:hardware", "provider": "YUBICO", "verify": ["passCode": "cccccc"]])
        #expect(token.json.text("profile.credentialId")?.count == 12)
    }

    @Test("Factor catalog: has a row for each provider, and a link to the questions")
    func listsFactors() {
        let rows = org("GET", "/api/v1/users/\(org.user("ada").id)/factors/catalog").json.elements ?? []
        let providers = rows.filter { $0.text("factorType") == "token:software:totp" }.compactMap {
            $0.text("provider")
        }
        #expect(providers == ["OKTA", "GOOGLE"])
        let questions = rows.filter { $0[path: "_links.questions"] != nil }
        #expect(questions.compactMap { $0.text("factorType") } == ["question"])
    }

    @Test("Authenticator enrollments: an email has its address, and the nickname is null by default")
    func showsEnrollments() {
        let user = org.user("ada").id
        let rows = org("GET", "/api/v1/users/\(user)/authenticator-enrollments").json
        #expect(rows[0]?.text("profile.email") == "ada@example.com" && rows[0]?["nickname"] == .some(.null))
    }

    @Test("Child orgs: the admin's token is returned once, secrets are not, and a subdomain is unique")
    func makesChildOrgs() {
        let admin: JSON = [
            "profile": ["firstName": "A", "lastName": "B", "email": "a@example.com", "login": "a@example.com"],
            "credentials": ["password": ["value": "Abcd1234!x"]],
        ]
        let body: JSON = ["subdomain": "child-1", "name": "Child", "edition": "SKU", "admin": admin]
        let made = org("POST", "/api/v1/orgs", body)
        #expect(made.status == 201 && made.id.hasPrefix("00o") && made.json.text("status") == "ACTIVE")
        #expect(made.json["admin"] == nil && made.json.text("tokenType") == "SSWS")
        #expect(org("POST", "/api/v1/orgs", body).causes.first?.hasPrefix("subdomain: ") == true)
        #expect(org("POST", "/api/v1/orgs", ["subdomain": "b", "name": "B"]).status == 400)
    }

    @Test("Realm assignments: run one by one or all together, by priority")
    func runsAssignments() {
        let org = TestOrg { $0.features.realms = true }
        let realms = ["R1", "R2"].map { org("POST", "/api/v1/realms", ["profile": ["name": JSON($0)]]).id }
        let assignments = realms.enumerated().map { index, realm in
            org(
                "POST", "/api/v1/realm-assignments",
                [
                    "name": JSON("A\(index)"), "priority": JSON(2 - index), "conditions": ["profileSourceId": "x"],
                    "actions": ["assignUserToRealm": ["realmId": JSON(realm)]],
                ]
            ).id
        }
        let user = org.user("ada").id
        let run = { (id: String) in org("POST", "/api/v1/realm-assignments/operations", ["assignmentId": JSON(id)]) }
        #expect(run("ALL").json["numUserMoved"] == 0)
        for id in assignments { org("POST", "/api/v1/realm-assignments/\(id)/lifecycle/activate") }
        #expect(run("ALL").json["numUserMoved"]?.int ?? 0 > 0)
        #expect(org("GET", "/api/v1/users/\(user)").json.text("realmId") == realms[1])
        let one = run(assignments[0])
        #expect(one.status == 201 && one.json.text("realmId") == realms[0] && one.json.text("realmName") == "R1")
        #expect(one.json.text("assignmentOperation.configuration.id") == assignments[0])
        #expect(run("unknown").status == 404)
    }

    @Test("Catalog apps: have their own settings, and Office 365 requests consent")
    func takesCatalogApps() {
        let body = { (name: String, settings: JSON) -> JSON in
            ["name": JSON(name), "label": "A", "signOnMode": "WS_FEDERATION", "settings": ["app": settings]]
        }
        #expect(org("POST", "/api/v1/apps", body("office365", ["domain": "a.example"])).status == 200)
        #expect(org("POST", "/api/v1/apps", body("template_wsfed", ["siteURL": "https://a.example"])).status == 400)
        let refused = org(
            "POST", "/api/v1/apps", body("office365", ["wsFedConfigureType": "AUTO", "requireAdminConsent": false]))
        #expect(refused.json.text("errorSummary") == "Api validation failed: settings")
    }
}
