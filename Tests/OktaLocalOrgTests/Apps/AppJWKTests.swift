import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: public keys of OAuth clients")
struct AppJWKTests {
    private let org = TestOrg()

    /// Returns a modulus with the given number of bits, in base64url.
    private func modulus(bits: Int = 2048) -> JSON {
        JSON(Base64URL.encode([0x80] + [UInt8](repeating: 1, count: bits / 8 - 1)))
    }

    private func key(_ name: JSON? = "first", use: JSON? = nil, bits: Int = 2048) -> JSON {
        var key: JSON = ["kty": "RSA", "e": "AQAB", "n": modulus(bits: bits)]
        key["kid"] = name
        key["use"] = use
        return key
    }

    private func app(_ keys: [JSON], method: String = "private_key_jwt") -> TestOrg.Response {
        org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Service", "signOnMode": "OPENID_CONNECT",
                "credentials": ["oauthClient": ["token_endpoint_auth_method": JSON(method)]],
                "settings": [
                    "oauthClient": [
                        "application_type": "service", "grant_types": ["client_credentials"],
                        "response_types": ["token"], "jwks": ["keys": JSON(keys)],
                    ]
                ],
            ])
    }

    private func path(_ app: TestOrg.Response) -> String { "/api/v1/apps/\(app.id)/credentials/jwks" }

    private func listed(_ path: String) -> [JSON] { org("GET", path).json[path: "jwks.keys"]?.elements ?? [] }

    @Test("App keys: the list is an object, with dates and links that the app's settings omit")
    func lists() throws {
        let app = app([key("first"), ["kty": "EC", "kid": "second", "x": "a", "y": "b"]])
        let embedded = app.json[path: "settings.oauthClient.jwks.keys"]?.elements ?? []
        #expect(embedded.count == 2 && embedded.allSatisfy { $0["created"] == nil && $0["_links"] == nil })
        #expect(embedded.allSatisfy { $0.text("status") == "ACTIVE" && $0["use"]?.kind == .null })
        let keys = listed(path(app))
        #expect(keys.map { $0.text("id") } == embedded.map { $0.text("id") })
        #expect(keys.allSatisfy { $0.text("created") == app.json.text("created") })
        let first = try #require(keys.first)
        #expect(first.text("id")?.hasPrefix("pks") == true)
        #expect(first.text("_links.deactivate.href")?.hasSuffix("/lifecycle/deactivate") == true)
        #expect(org("GET", "\(path(app))/\(first.text("id") ?? "")").json == first)
        #expect(org("GET", "\(path(app))/pksx").status == 404)
    }

    @Test("App keys: an added key also belongs to the app, and is deleted when inactive")
    func addsAndDeletes() {
        let app = app([key("first")])
        org.clock.advance(by: 60)
        let added = org("POST", path(app), key("second"))
        #expect(added.status == 201 && added.json.text("created") != app.json.text("created"))
        let settings = org("GET", "/api/v1/apps/\(app.id)").json[path: "settings.oauthClient.jwks.keys"]
        #expect(settings?.count == 2 && settings?[1]?.text("id") == added.id)
        let own = "\(path(app))/\(added.id)"
        let active = org("DELETE", own)
        #expect(active.status == 400 && active.causes.first?.contains("delete an active JSON Web Key") == true)
        let inactive = org("POST", "\(own)/lifecycle/deactivate")
        #expect(inactive.status == 200 && inactive.json.text("status") == "INACTIVE")
        #expect(Set((inactive.json["_links"]?.members ?? []).map(\.key)) == ["activate", "delete"])
        #expect(org("POST", "\(own)/lifecycle/activate").json.text("status") == "ACTIVE")
        org("POST", "\(own)/lifecycle/deactivate")
        #expect(org("DELETE", own).status == 204 && org("GET", own).status == 404 && listed(path(app)).count == 1)
    }

    @Test("App keys: a replacement of the app keeps the id of a key with the same name")
    func keepsIDs() {
        let app = app([key("first")])
        var body = app.json
        body[path: "settings.oauthClient.jwks.keys"] = [key("first"), key("second")]
        let now = org("PUT", "/api/v1/apps/\(app.id)", body).json[path: "settings.oauthClient.jwks.keys"]
        let before = app.json[path: "settings.oauthClient.jwks.keys"]
        #expect(now?.count == 2 && now?[0]?["id"] == before?[0]?["id"] && now?[1]?["id"] != before?[0]?["id"])
    }

    @Test("App keys: short, unnamed and duplicate keys are rejected in the app and in its list")
    func refuses() {
        let fitting = app([key("first")])
        for (added, cause) in [
            (key("short", bits: 1024), "less than '2,048' bits"), (["kty": "RSA", "kid": "none"], "'2,048' bits"),
            (key(nil), "a unique kid"), (key("first"), "must have a unique `kid`"),
        ] {
            let alone = org("POST", path(fitting), added)
            #expect(alone.status == 400 && alone.json.text("errorSummary")?.hasSuffix("JsonWebKey") == true)
            #expect(alone.causes.first?.contains(cause) == true, "\(cause)")
            #expect(app([key("first"), added]).causes.first?.contains(cause) == true, "\(cause)")
        }
        #expect(org("POST", path(fitting), ["kty": "oct", "kid": "x"]).status == 400)
        #expect(listed(path(fitting)).count == 1)
        let bookmark = org(
            "POST", "/api/v1/apps",
            ["name": "bookmark", "label": "B", "signOnMode": "BOOKMARK", "settings": ["app": ["url": "https://a.b"]]])
        #expect(org("GET", path(bookmark)).json.text("errorSummary")?.hasSuffix("(OAuth2AppInstance)") == true)
    }

    @Test("App keys: an app has at most fifty")
    func limits() {
        let app = app((0..<50).map { key(JSON("k\($0)")) })
        #expect(org("POST", path(app), key("more")).causes.first?.contains("maximum number of keys") == true)
    }

    @Test(
        "App keys: the app's last signing key stays, and an activated encryption key replaces the other")
    func keepsLast() {
        let app = app([key("first")])
        let first = listed(path(app))[0].text("id") ?? ""
        let refusal = org("POST", "\(path(app))/\(first)/lifecycle/deactivate")
        #expect(refusal.status == 400 && refusal.causes.first?.hasPrefix("Can't deactivate the only active") == true)
        let encryption = org("POST", path(app), key("enc", use: "enc"))
        #expect(encryption.status == 201 && encryption.json["_links"] == nil)
        #expect(org("POST", "\(path(app))/\(encryption.id)/lifecycle/deactivate").status == 400)
        #expect(org("POST", path(app), key("enc2", use: "enc")).status == 400)
        var spare = key("enc2", use: "enc")
        spare["status"] = "INACTIVE"
        let second = org("POST", path(app), spare)
        #expect(org("POST", "\(path(app))/\(second.id)/lifecycle/activate").json.text("status") == "ACTIVE")
        #expect(org("GET", "\(path(app))/\(encryption.id)").json.text("status") == "INACTIVE")
    }
}
