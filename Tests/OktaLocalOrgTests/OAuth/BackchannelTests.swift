#if LocalOrg
import Foundation
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: sign-in in the background")
struct BackchannelTests {
    private let org = TestOrg()
    private let ada: String

    init() {
        ada = org.user("ada", password: "Password-1234").id
        org.allow([BackchannelGrant.name], at: "default")
    }

    private func client(_ method: String = "client_secret_post", algorithm: String? = nil) -> TestClient {
        var more: JSON = [:]
        if let algorithm { more["backchannel_authentication_request_signing_alg"] = JSON(algorithm) }
        return TestClient(org, method: method, grants: [BackchannelGrant.name], assigned: [ada], more: more)
    }

    @Test(
        "Backchannel authentication: an app waits until the user has decided",
        arguments: ["/oauth2", "/oauth2/default"])
    func waitsForUser(_ base: String) throws {
        let client = client()
        let begin = { (more: [(String, String)]) in
            try client.post("\(base)/v1/bc/authorize", [("scope", "openid")] + more)
        }
        let poll = { (id: String) in
            try client.post("\(base)/v1/token", [("grant_type", BackchannelGrant.name), ("auth_req_id", id)])
        }
        let decide = { (id: String, decision: String, login: String) in
            org("POST", "/_local/devices/\(id)/\(decision)", ["login": JSON(login)]).status
        }
        let begun = try begin([("login_hint", "ada@example.com"), ("binding_message", "1234")])
        #expect(begun.status == 200 && begun.json["interval"]?.int == 5 && begun.json["expires_in"]?.int == 300)
        let id = try #require(begun.json.text("auth_req_id"))
        #expect(try poll(id).json.text("error") == "authorization_pending")
        #expect(try poll(id).json.text("error") == "slow_down")
        _ = org.user("bob", password: "Password-1234")
        #expect(decide(id, "approve", "bob@example.com") == 404)
        #expect(decide(id, "approve", "ada@example.com") == 204)
        let tokens = try poll(id)
        #expect(tokens.status == 200)
        #expect(tokens.json.text("id_token").flatMap { CompactToken($0) }?.claims.text("sub") == ada)
        #expect(try poll(id).json.text("error") == "invalid_grant")
        let hinted = try begin([("id_token_hint", tokens.json.text("id_token") ?? "")])
        let denied = try #require(hinted.json.text("auth_req_id"))
        #expect(decide(denied, "deny", "") == 204)
        #expect(try poll(denied).json.text("error") == "access_denied")
        let late = try #require(
            try begin([("login_hint", "ada@example.com"), ("requested_expiry", "60")]).json.text("auth_req_id"))
        org.clock.advance(by: 61)
        #expect(try poll(late).json.text("error") == "expired_token")
        for (form, error) in [
            ([], "invalid_request"), ([("login_hint", "nobody@example.com")], "unknown_user_id"),
            ([("login_hint", "bob@example.com")], "access_denied"),
            ([("login_hint", "ada@example.com"), ("request", "x.y.z")], "invalid_request_object"),
            ([("login_hint", "ada@example.com"), ("request_expiry", "many")], "invalid_request"),
        ] as [([(String, String)], String)] {
            #expect(try begin(form).json.text("error") == error, "\(form)")
        }
    }

    @Test("Signed requests: the claims of the client's JWT are the request, once, and nothing else may be signed")
    func takesSignedRequests() throws {
        let client = client("private_key_jwt", algorithm: "ES256")
        let now = org.clock.now.seconds
        let valid: JSON = [
            "aud": "https://test.okta.com", "login_hint": "ada@example.com", "scope": "openid", "request_expiry": 60,
            "iat": JSON(now), "exp": JSON(now + 300), "jti": "once",
        ]
        let begin = { (request: String) in
            try client.post("/oauth2/v1/bc/authorize", [("request", request)]).json
        }
        let request = try client.assertion(claims: valid)
        #expect(try begin(request)["expires_in"]?.int == 60)
        #expect(try begin(request).text("error") == "invalid_request_object")
        for change in [
            ["aud": "https://other.example"], ["iss": "other"], ["exp": JSON(now - 1)], ["exp": JSON(now + 3601)],
            ["iat": JSON(now + 60)],
        ] as [JSON] {
            var claims = valid
            claims["jti"] = JSON(UUID().uuidString)
            claims.merge(change)
            #expect(try begin(client.assertion(claims: claims)).text("error") == "invalid_request_object", "\(change)")
        }
        let stranger = TestClient(org).key
        var other = valid
        other["jti"] = "other"
        #expect(try begin(client.assertion(by: stranger, claims: other)).text("error") == "invalid_request_object")
        let unregistered = self.client("private_key_jwt")
        let response = try unregistered.post(
            "/oauth2/v1/bc/authorize", [("request", try unregistered.assertion(claims: other))])
        #expect(response.json.text("error") == "invalid_request_object")
    }
}
#endif
