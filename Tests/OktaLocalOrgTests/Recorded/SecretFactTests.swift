import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Which responses of real orgs have a secret, and which do not.
@Suite("Recorded orgs: secrets")
struct SecretFactTests {
    private let org = TestOrg()

    @Test("Apps: only responses to writes have the client's secret")
    func showsClientSecret() {
        let made = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
                "settings": [
                    "oauthClient": [
                        "application_type": "web", "grant_types": ["authorization_code"],
                        "redirect_uris": ["https://a.example"],
                    ]
                ],
            ])
        let member = "credentials.oauthClient.client_secret"
        let path = "/api/v1/apps/\(made.id)"
        #expect(made.json.text(member)?.utf8.count == 64)
        #expect(org("PUT", path, made.json).json.text(member) == made.json.text(member))
        for target in [path, "/api/v1/apps", "/api/v1/apps?q=Shop", "/api/v1/apps?limit=1"] {
            let response = org("GET", target).json
            let app = response.kind == .array ? response[0] : response
            #expect(app?.text("id") == made.id && app?[path: member] == nil, "\(target)")
        }
    }

    @Test("Client secrets: every response has the secret completely")
    func showsSecrets() {
        let path = "/api/v1/apps/\(org.app())/credentials/secrets"
        let made = org("POST", path)
        let own = "\(path)/\(made.id)"
        let secret = made.json.text("client_secret")
        #expect(secret?.utf8.count == 64)
        for (method, target) in [
            ("GET", own), ("POST", "\(own)/lifecycle/deactivate"), ("GET", own), ("POST", "\(own)/lifecycle/activate"),
        ] {
            #expect(org(method, target).json.text("client_secret") == secret, "\(method) \(target)")
            let list = org("GET", path).json.elements ?? []
            #expect(list.contains { $0.text("client_secret") == secret }, "\(method) \(target)")
            #expect(list.allSatisfy { $0.text("client_secret")?.utf8.count == 64 })
        }
    }

    private static let channel: JSON = [
        "type": "HTTP", "version": "1.0.0",
        "config": [
            "uri": "https://example.com/hook", "headers": [["key": "X-Own", "value": "own"]],
            "authScheme": ["type": "HEADER", "key": "Authorization", "value": "secret"],
        ],
    ]

    private static let hooks: [(kind: String, body: JSON)] = [
        (
            "eventHooks",
            [
                "name": "H", "events": ["type": "EVENT_TYPE", "items": ["group.lifecycle.create"]], "channel": channel,
            ]
        ),
        (
            "inlineHooks",
            ["name": "H", "type": "com.okta.saml.tokens.transform", "version": "1.0.2", "channel": channel]
        ),
    ]

    @Test(
        "Hooks: no response has the value of the authentication scheme, every one has plain headers", arguments: hooks)
    func hidesScheme(_ kind: String, body: JSON) {
        let made = org("POST", "/api/v1/\(kind)", body)
        let path = "/api/v1/\(kind)/\(made.id)"
        for response in [
            made, org("GET", path), org("PUT", path, body), org("GET", "/api/v1/\(kind)"),
            org("POST", "\(path)/lifecycle/deactivate"), org("POST", "\(path)/lifecycle/activate"),
        ] {
            let hook = response.json.kind == .array ? response.json[0] : response.json
            let config = hook?[path: "channel.config"]
            #expect(response.status == 200)
            #expect(config?["authScheme"] == ["type": "HEADER", "key": "Authorization"])
            #expect(config?["headers"] == [["key": "X-Own", "value": "own"]])
        }
    }

    private func provider(_ type: String) -> JSON {
        let name = ["FACEBOOK", "LINKEDIN"].contains(type) ? "OAUTH2" : type == "SAML2" ? "SAML2" : "OIDC"
        var body: JSON = ["type": JSON(type), "name": JSON(type), "issuerMode": "ORG_URL"]
        body["protocol"] =
            type == "SAML2"
            ? [
                "type": "SAML2", "endpoints": ["sso": ["url": "https://a.example", "binding": "HTTP-POST"]],
                "credentials": ["trust": ["issuer": "https://a.example"]],
            ]
            : [
                "type": JSON(name), "scopes": ["openid"],
                "credentials": ["client": ["client_id": "a", "client_secret": "b"]],
            ]
        body["policy"] = ["subject": ["userNameTemplate": ["template": "idpuser.email"], "matchType": "USERNAME"]]
        return body
    }

    @Test(
        "Identity providers: every response has the secret and the issuer mode; for SAML 2.0 there is neither",
        arguments: ["OIDC", "GOOGLE", "FACEBOOK", "LINKEDIN", "MICROSOFT", "SAML2"])
    func showsProviderSecret(_ type: String) {
        let body = provider(type)
        let made = org("POST", "/api/v1/idps", body)
        let path = "/api/v1/idps/\(made.id)"
        for response in [
            made, org("GET", path), org("PUT", path, body), org("GET", "/api/v1/idps"),
            org("POST", "\(path)/lifecycle/deactivate"),
        ] {
            let shown = response.json.kind == .array ? response.json[0] : response.json
            #expect(response.status == 200 && shown?.text("id") == made.id, "\(response.json)")
            #expect(shown?.text("protocol.credentials.client.client_secret") == (type == "SAML2" ? nil : "b"))
            #expect(shown?.text("issuerMode") == (type == "SAML2" ? nil : "ORG_URL"))
        }
    }
}
