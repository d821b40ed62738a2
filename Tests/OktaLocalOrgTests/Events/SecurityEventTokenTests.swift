#if LocalOrg
import Crypto
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: security event tokens")
struct SecurityEventTokenTests {
    private func publish(_ org: TestOrg, _ token: String) async -> TestOrg.Response {
        // The request needs no API token, because the security event token is signed.
        let request = LocalRequest(
            "POST", "/security/api/v1/security-events",
            headers: [("host", "test.okta.com"), ("content-type", "application/secevent+jwt")],
            body: Array(token.utf8))
        let response = await org.engine.respond(to: request)
        return TestOrg.Response(response)
    }

    @Test("Security events: the provider's keys are fetched, and an event changes the user's risk")
    func readsKeys() async throws {
        let key = P256.Signing.PrivateKey()
        var jwk = TestClient.jwk(key)
        jwk["kid"] = "k"
        let keys: JSON = ["keys": [jwk]]
        let service: LoopbackServer.Handler = { request in
            guard request.path == "/.well-known/ssf-configuration" else {
                return .json(String(decoding: keys.bytes, as: UTF8.self))
            }
            return .json(#"{"jwks_uri":"http://\#(request.header("host") ?? "")/keys"}"#)
        }
        try await LoopbackServer.run(service) { server in
            let org = TestOrg()
            let user = org.user("ada")
            let settings: [JSON] = [
                ["issuer": "https://a.example.com", "jwks_url": JSON(server.origin + "/keys")],
                ["well_known_url": JSON(server.origin + "/.well-known/ssf-configuration")],
            ]
            for (number, settings) in settings.enumerated() {
                let body: JSON = ["name": JSON("P\(number)"), "type": "p", "settings": settings]
                #expect(org("POST", "/api/v1/security-events-providers", body).status == 200)
            }
            for issuer in ["https://a.example.com", server.origin] {
                org("PUT", "/api/v1/users/\(user.id)/risk", ["riskLevel": "LOW"])
                let right = await publish(org, TestSecurityEvent.token(from: issuer, by: key, about: "ada@example.com"))
                #expect(right.status == 202)
                let risk = org("GET", "/api/v1/users/\(user.id)/risk").json
                #expect(risk["riskLevel"]?.string == "HIGH")
                let wrong = await publish(org, TestSecurityEvent.token(from: issuer, by: P256.Signing.PrivateKey()))
                #expect(wrong.status == 400)
                #expect(wrong.json["err"]?.string == "invalid_key")
            }
            let filter = "filter=eventType%20eq%20%22security.events.provider.receive_event%22"
            #expect(org("GET", "/api/v1/logs?\(filter)").json.count == 2)
            await org.engine.hooks.stop()
        }
    }

    @Test("Security events: an invalid token has an error code")
    func refuses() async {
        let org = TestOrg()
        let issuer = "https://a.example.com"
        let key = P256.Signing.PrivateKey()
        let unknown = await publish(org, TestSecurityEvent.token(from: issuer, by: key))
        #expect(unknown.json["err"]?.string == "invalid_issuer")
        org(
            "POST", "/api/v1/security-events-providers",
            [
                "name": "P", "type": "p",
                "settings": ["issuer": JSON(issuer), "jwks_url": "https://a.example.com/keys"],
            ])
        let changes: [(code: String, change: (inout JSON) -> Void)] = [
            ("invalid_audience", { $0["aud"] = "https://test.okta.com/oauth2/other" }),
            ("invalid_request", { $0["events"] = [:] }), ("invalid_request", { $0["jti"] = nil as JSON? }),
            ("invalid_request", { $0["iat"] = nil as JSON? }),
        ]
        for (code, change) in changes {
            let response = await publish(org, TestSecurityEvent.token(from: issuer, by: key, change: change))
            #expect(response.status == 400)
            #expect(response.json["err"]?.string == code)
        }
        #expect(await publish(org, "text").json["err"]?.string == "invalid_request")
        #expect(await publish(org, TestSecurityEvent.token(from: issuer, by: key)).status == 202)
    }
}
#endif
