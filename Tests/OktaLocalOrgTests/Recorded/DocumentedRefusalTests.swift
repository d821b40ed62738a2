import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Refusals that are known from Okta's documents only, with their codes and causes.
@Suite("Local org: refused as Okta's documents say")
struct DocumentedRefusalTests {
    private let org = TestOrg()

    @Test("Errors: documented errors of apps, rules, policies and owners")
    func refuses() {
        let client: JSON = ["application_type": "web", "grant_types": ["authorization_code"]]
        let app: JSON = [
            "name": "oidc_client", "label": "A", "signOnMode": "OPENID_CONNECT", "settings": ["oauthClient": client],
        ]
        #expect(org("POST", "/api/v1/apps", app).causes == ["redirect_uris: The field cannot be left blank"])
        #expect(org("POST", "/api/v1/apps", ["label": "A", "signOnMode": "NONE"]).errorCode == "E0000003")
        let server = org("POST", "/api/v1/authorizationServers", ["name": "S", "audiences": ["api://s"]]).id
        let policies = "/api/v1/authorizationServers/\(server)/policies"
        #expect(org("POST", policies, [:]).causes == ["name: The field cannot be left blank"])
        let policy = org("POST", policies, ["name": "P", "type": "OAUTH_AUTHORIZATION_POLICY"]).id
        #expect(org("POST", "\(policies)/\(policy)/rules", [:]).causes == ["name: The field cannot be left blank"])
        let group = org.group("G").id
        #expect(org("POST", "/api/v1/groups/\(group)/owners", [:]).causes == ["id: The field cannot be left blank"])
        let rule: JSON = [
            "type": "rule", "name": "R",
            "conditions": ["expression": ["value": "true", "type": "urn:okta:expression:1.0"]],
            "actions": ["assignUserToGroups": ["groupIds": [JSON(group)]]],
        ]
        #expect(org("POST", "/api/v1/groups/rules", rule).causes.first?.hasPrefix("type: ") == true)
    }

    @Test("Client secrets: values chosen by an admin are validated, and the last active one stays")
    func checksSecrets() {
        let path = "/api/v1/apps/\(org.app())/credentials/secrets"
        let first = org("GET", path).json[0]?.text("id") ?? ""
        #expect(
            org("POST", "\(path)/\(first)/lifecycle/deactivate").causes == [
                "You can't deactivate the only active client secret."
            ])
        for secret in ["short", String(repeating: "a", count: 101), "not ascii: \u{e9}\u{e9}\u{e9}\u{e9}"] {
            let refused = org("POST", path, ["client_secret": JSON(secret)])
            #expect(refused.json.text("errorSummary") == "Api validation failed: client_secret", "\(secret)")
        }
        #expect(org("POST", path, ["client_secret": "long enough for it"]).status == 201)
        #expect(org("POST", "\(path)/\(first)/lifecycle/deactivate").status == 200)
        #expect(org("DELETE", "\(path)/\(first)").status == 204)
    }

    @Test("Errors: specific codes of new users, linked objects, copied keys, features and shared passwords")
    func namesCodes() {
        let user = { (query: String, more: JSON) -> TestOrg.Response in
            var body: JSON = [
                "profile": ["login": "a@b.co", "email": "a@b.co", "firstName": "A", "lastName": "B"]
            ]
            body.merge(more)
            return self.org("POST", "/api/v1/users\(query)", body)
        }
        let password: JSON = ["credentials": ["password": ["value": "Abcd1234!x"]]]
        #expect(user("?nextLogin=changePassword", [:]).errorCode == "E0000124")
        #expect(user("?activate=false&nextLogin=changePassword", password).errorCode == "E0000125")
        #expect(user("", ["groupIds": JSON((0..<21).map { JSON("00g\($0)") })]).errorCode == "E0000093")
        let kinship: JSON = [
            "primary": ["name": "boss", "title": "B", "type": "USER"],
            "associated": ["name": "staff", "title": "S", "type": "USER"],
        ]
        #expect(org("POST", "/api/v1/meta/schemas/user/linkedObjects", kinship).status == 201)
        let again = org("POST", "/api/v1/meta/schemas/user/linkedObjects", kinship)
        #expect(again.status == 409 && again.errorCode == "E0000127" && again.causes.count == 2)
        let shared = org(
            "POST", "/api/v1/apps",
            [
                "name": "template_swa", "label": "S", "signOnMode": "BROWSER_PLUGIN",
                "credentials": ["scheme": "SHARED_USERNAME_AND_PASSWORD", "userName": "u", "password": ["value": "p"]],
                "settings": [
                    "app": [
                        "url": "https://a.example", "buttonField": "b", "passwordField": "p", "usernameField": "u",
                    ]
                ],
            ]
        ).id
        let ada = org.user("ada").id
        org("POST", "/api/v1/apps/\(shared)/users", ["id": JSON(ada)])
        let own = org("POST", "/api/v1/apps/\(shared)/users/\(ada)", ["credentials": ["userName": "x"]])
        #expect(own.errorCode == "E0000041")
        let server = org("POST", "/api/v1/authorizationServers", ["name": "S", "audiences": ["api://s"]]).id
        let rotate = "/api/v1/authorizationServers/\(server)/credentials/lifecycle/keyRotate"
        #expect(org("POST", rotate, ["use": "enc"]).json.text("errorSummary") == "Api validation failed: rotateKeys")
    }
}
