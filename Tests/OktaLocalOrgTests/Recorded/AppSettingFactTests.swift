import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The settings of apps that recorded real orgs keep, drop and add.
@Suite("Recorded orgs: settings of apps")
struct AppSettingFactTests {
    private let org = TestOrg()

    private func app(_ body: JSON) -> TestOrg.Response { org("POST", "/api/v1/apps", body) }

    private func client(_ method: String) -> TestOrg.Response {
        app([
            "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
            "credentials": ["oauthClient": ["token_endpoint_auth_method": JSON(method)]],
            "settings": [
                "oauthClient": [
                    "application_type": "web", "grant_types": ["implicit"], "redirect_uris": ["https://a.b"],
                ]
            ],
        ])
    }

    private static let overrides = [
        "ssoAcsUrlOverride", "audienceOverride", "recipientOverride", "destinationOverride",
    ]

    @Test("SAML: a catalog app drops the switches of custom apps, and keeps relay state and overrides")
    func dropsSwitches() {
        var signOn: JSON = [
            "defaultRelayState": "", "assertionSigned": true, "responseSigned": true, "honorForceAuthn": true,
            "allowMultipleAcsEndpoints": false, "slo": ["enabled": false],
        ]
        for name in Self.overrides { signOn[name] = "" }
        let made = app([
            "name": "pagerduty", "label": "P", "signOnMode": "SAML_2_0",
            "settings": ["app": ["domain": "d"], "signOn": signOn],
        ])
        let kept = made.json[path: "settings.signOn"] ?? [:]
        for name in ["assertionSigned", "responseSigned", "honorForceAuthn", "allowMultipleAcsEndpoints", "slo"] {
            #expect(kept[name] == nil, "\(name)")
        }
        for name in Self.overrides + ["defaultRelayState"] { #expect(kept[name]?.kind == .null, "\(name)") }
    }

    @Test("SAML: the metadata is XML in Latin-1")
    func servesMetadata() {
        let made = app([
            "label": "S", "signOnMode": "SAML_2_0", "settings": ["signOn": ["ssoAcsUrl": "https://a.example"]],
        ])
        let metadata = org("GET", "/api/v1/apps/\(made.id)/sso/saml/metadata").raw
        #expect(metadata.header("content-type") == "application/xml;charset=ISO-8859-1")
    }

    @Test(
        "OpenID Connect: only authentication methods with a secret have one",
        arguments: [
            ("client_secret_basic", true), ("client_secret_post", true), ("client_secret_jwt", true), ("none", false),
            ("private_key_jwt", false),
        ])
    func givesSecrets(_ method: String, has: Bool) {
        let made = client(method)
        #expect((made.json[path: "credentials.oauthClient.client_secret"] != nil) == has)
        #expect(org("GET", "/api/v1/apps/\(made.id)").json[path: "credentials.oauthClient.client_secret"] == nil)
        let list = org("GET", "/api/v1/apps/\(made.id)/credentials/secrets").json.elements ?? []
        #expect(list.count == (has ? 1 : 0))
        #expect(list.allSatisfy { $0.text("client_secret")?.utf8.count == 64 })
    }

    @Test("OpenID Connect: background sign-in is polled, and shared keys have an id and a status")
    func completesSettings() {
        let key: JSON = ["kty": "EC", "kid": "one", "x": "a", "y": "b"]
        let made = app([
            "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
            "settings": [
                "oauthClient": [
                    "application_type": "web", "grant_types": ["urn:openid:params:grant-type:ciba"],
                    "jwks": ["keys": [key]],
                ]
            ],
        ])
        let settings = made.json[path: "settings.oauthClient"] ?? [:]
        #expect(settings.text("backchannel_token_delivery_mode") == "poll")
        let kept = settings[path: "jwks.keys"]?[0]
        #expect(kept?.text("id")?.hasPrefix("pks") == true && kept?.text("status") == "ACTIVE")
        #expect(kept?.text("kid") == "one" && kept?["use"]?.kind == .null && kept?["crv"]?.kind == .null)
    }

    @Test("App policies: are set with 204, also repeatedly, and linked by the next read")
    func linksPolicy() {
        let made = client("none").id
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        for _ in 0..<3 {
            let response = org("PUT", "/api/v1/apps/\(made)/policies/\(policy)")
            #expect(response.status == 204 && response.raw.body.isEmpty)
            let link = org("GET", "/api/v1/apps/\(made)").json.text("_links.accessPolicy.href")
            #expect(link == "https://test.okta.com/api/v1/policies/\(policy)")
        }
    }

    @Test("Assignments: are removed with 204, and show the group or user on request")
    func expandsAssignments() {
        let made = client("none").id
        let (user, group) = (org.user("ada").id, org.group("A").id)
        org("POST", "/api/v1/apps/\(made)/users", ["id": JSON(user)])
        org("PUT", "/api/v1/apps/\(made)/groups/\(group)", ["profile": ["nickname": "n"]])
        for path in ["users", "users/\(user)"] {
            let response = org("GET", "/api/v1/apps/\(made)/\(path)?expand=user").json
            let shown = response[0] ?? response
            #expect(shown.text("_embedded.user.profile.login") == "ada@example.com", "\(path)")
        }
        for path in ["groups", "groups/\(group)"] {
            let response = org("GET", "/api/v1/apps/\(made)/\(path)?expand=group").json
            #expect((response[0] ?? response).text("_embedded.group.profile.name") == "A", "\(path)")
            let other = org("GET", "/api/v1/apps/\(made)/\(path)?expand=metadata").json
            #expect(
                (other[0] ?? other).text("_embedded.metadata.profile.nickname.source.type") == "USER", "\(path)")
            #expect(org("GET", "/api/v1/apps/\(made)/\(path)").json[0]?["_embedded"] == nil, "\(path)")
        }
        #expect(org("DELETE", "/api/v1/apps/\(made)/users/\(user)").status == 204)
        #expect(org("DELETE", "/api/v1/apps/\(made)/groups/\(group)").status == 204)
    }

    @Test("Grants: a creation returns the scope, a read only on request")
    func expandsGrants() {
        let made = client("private_key_jwt")
        let path = "/api/v1/apps/\(made.id)/grants"
        let grant = org("POST", path, ["scopeId": "okta.users.read", "issuer": "https://test.okta.com"])
        #expect(grant.status == 200 && grant.json.text("_embedded.scope.id") == "okta.users.read")
        #expect(grant.json.text("source") == "ADMIN" && grant.json.text("createdBy.type") == "User")
        #expect(grant.json.text("_links.client.title") == "Shop" && grant.json.text("_links.app.title") == "Shop")
        #expect(org("GET", "\(path)/\(grant.id)").json["_embedded"] == nil)
        #expect(org("GET", "\(path)?expand=scope").json[0]?.text("_embedded.scope.id") == "okta.users.read")
        #expect(org("DELETE", "\(path)/\(grant.id)").status == 204)
    }
}
