#if LocalOrg
import Crypto
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: proofs of possession")
struct DPoPTests {
    private let org = TestOrg()
    private let client: TestClient

    init() {
        client = TestClient(org, granted: ["okta.users.read"], more: ["dpop_bound_access_tokens": true])
    }

    private func nonce() throws -> String {
        let response = try client.token(
            scope: "okta.users.read", headers: [client.proof("POST", "/oauth2/v1/token")])
        return try #require(response.raw.header("dpop-nonce"))
    }

    private func boundToken() throws -> String {
        let response = try client.token(
            scope: "okta.users.read", headers: [client.proof("POST", "/oauth2/v1/token", nonce: nonce())])
        return try #require(response.json.text("access_token"))
    }

    @Test("DPoP: requests without a proof, without a nonce and with one get Okta's responses")
    func asksForNonce() throws {
        let without = try client.token(scope: "okta.users.read")
        #expect(without.status == 400)
        #expect(
            without.raw.body
                == Array(
                    #"{"error":"invalid_dpop_proof","error_description":"The DPoP proof JWT header is missing."}"#.utf8)
        )
        let first = try client.token(
            scope: "okta.users.read", headers: [client.proof("POST", "/oauth2/v1/token")])
        #expect(first.status == 400)
        #expect(first.json.text("error") == "use_dpop_nonce")
        let nonce = try #require(first.raw.header("dpop-nonce"))
        let second = try client.token(
            scope: "okta.users.read", headers: [client.proof("POST", "/oauth2/v1/token", nonce: nonce)])
        #expect(second.status == 200)
        #expect(second.json.text("token_type") == "DPoP")
        #expect(second.raw.header("dpop-nonce") == nonce)
        let token = try #require(second.json.text("access_token").flatMap { CompactToken($0) })
        #expect(token.claims.text("cnf.jkt") == VerificationKey(TestClient.jwk(client.proofKey))?.thumbprint)
    }

    @Test("DPoP: the nonce changes each day, and is valid for three days")
    func rotatesNonces() throws {
        let first = try nonce()
        let isGood = { (nonce: String) in
            try client.token(
                scope: "okta.users.read", headers: [client.proof("POST", "/oauth2/v1/token", nonce: nonce)]
            ).status == 200
        }
        org.clock.advance(by: 86_400)
        #expect(try nonce() != first)
        #expect(try isGood(first))
        org.clock.advance(by: 2 * 86_400)
        #expect(try !isGood(first))
        #expect(try isGood(nonce()))
    }

    @Test("DPoP: each claim of a proof is validated", arguments: ["htm", "htu", "iat", "jti", "typ", "alg"])
    func checksClaims(_ claim: String) throws {
        let nonce = try nonce()
        var changes = JSON.emptyObject
        switch claim {
        case "htm": changes["htm"] = "GET"
        case "htu": changes["htu"] = "https://test.okta.com/oauth2/v1/tokens"
        case "iat": changes["iat"] = JSON(org.clock.now.seconds - 301)
        case "jti": changes["jti"] = ""
        default: break
        }
        var proof = try client.proof("POST", "/oauth2/v1/token", nonce: nonce, claims: changes)
        if claim == "typ" || claim == "alg" {
            var header = try #require(CompactToken(proof.value)).header
            header[claim] = claim == "typ" ? "JWT" : "none"
            let rest = proof.value.split(separator: ".").dropFirst().joined(separator: ".")
            proof.value = Base64URL.encode(header.bytes) + "." + rest
        }
        let response = try client.token(scope: "okta.users.read", headers: [proof])
        #expect(response.status == 400)
        #expect(response.json.text("error") == "invalid_dpop_proof")
        #expect(response.json.text("error_description") == "'\(claim)' claim in the DPoP proof JWT is invalid.")
    }

    @Test(
        "DPoP: equivalent spellings of the URL are accepted, and no other URL is",
        arguments: [
            ("HTTPS://Test.Okta.com/oauth2/v1/token", true), ("https://test.okta.com:443/oauth2/v1/token", true),
            ("https://test.okta.com:/oauth2/v1/token", true), ("https://test.okta.com/oauth2/v1/%74oken", true),
            ("https://test.okta.com/oauth2/x/../v1/./token", true), ("https://test.okta.com/oauth2/v1/token?a#b", true),
            ("https://test.okta.com:80/oauth2/v1/token", false), ("http://test.okta.com/oauth2/v1/token", false),
            ("https://test.okta.com//oauth2/v1/token", false), ("https://test.okta.com/oauth2/v1/token/", false),
            ("https://test.okta.com/oauth2/v1/Token", false), ("https://test.okta.com/oauth2%2Fv1/token", false),
            ("/oauth2/v1/token", false), ("https://", false),
        ])
    func comparesURLs(_ url: String, isGood: Bool) throws {
        let proof = try client.proof("POST", "/oauth2/v1/token", nonce: nonce(), claims: ["htu": JSON(url)])
        let response = try client.token(scope: "okta.users.read", headers: [proof])
        #expect(response.status == (isGood ? 200 : 400))
    }

    @Test("DPoP: percent-encoding is case-insensitive, but encoded characters are not decoded")
    func comparesPaths() throws {
        let token = try boundToken()
        let call = { (target: String, named: String) in
            client.call(
                "GET", target, token: token, scheme: "DPoP", headers: [try client.proof("GET", named, token: token)]
            ).status
        }
        #expect(try call("/api/v1/users/a%2fb@example.com", "/api/v1/users/a%2Fb@example.com") == 404)
        #expect(try call("/api/v1/users/%61da", "/api/v1/users/ada") == 404)
        #expect(try call("/api/v1/users/a%2Fb", "/api/v1/users/a/b") == 401)
    }

    @Test("DPoP: changed and reused proofs are rejected")
    func refusesReplays() throws {
        let proof = try client.proof("POST", "/oauth2/v1/token", nonce: nonce())
        var parts = proof.value.split(separator: ".").map(String.init)
        let claims = try #require(CompactToken(proof.value)).claims
        parts[1] = Base64URL.encode(JSON(members: (claims.members ?? []).reversed().map { ($0.key, $0.value) }).bytes)
        let changed = try client.token(
            scope: "okta.users.read", headers: [("dpop", parts.joined(separator: "."))])
        #expect(changed.json.text("error_description") == "The DPoP proof JWT signature is invalid.")
        #expect(try client.token(scope: "okta.users.read", headers: [proof]).status == 200)
        let second = try client.token(scope: "okta.users.read", headers: [proof])
        #expect(second.json.text("error_description") == "The DPoP proof JWT has already been used.")
    }

    @Test("DPoP: a bound token needs a proof of its key for the call and the token, and no nonce")
    func bindsCalls() throws {
        let token = try boundToken()
        let call = { (headers: [(name: String, value: String)], scheme: String) in
            client.call("GET", "/api/v1/users?limit=1", token: token, scheme: scheme, headers: headers)
        }
        let good = try client.proof("GET", "/api/v1/users", token: token)
        #expect(call([good], "DPoP").status == 200)
        #expect(call([good], "DPoP").status == 401)
        let mistakes = [
            try client.proof("GET", "/api/v1/users", token: token + "x"), try client.proof("GET", "/api/v1/users"),
            try client.proof("POST", "/api/v1/users", token: token),
            try client.proof("GET", "/api/v1/groups", token: token),
            try client.proof("GET", "/api/v1/users", token: token, by: P256.Signing.PrivateKey()),
        ]
        for proof in mistakes {
            let response = call([proof], "DPoP")
            #expect(response.status == 401)
            #expect(response.errorCode == "E0000011")
            let challenge = response.raw.header("www-authenticate") ?? ""
            #expect(challenge.hasPrefix("DPoP algs=\"RS256 RS384 RS512 ES256 ES384 ES512\""))
            #expect(challenge.contains("error=\"invalid_dpop_proof\""))
        }
        #expect(call([], "DPoP").status == 401)
        // A stolen token is useless without a proof.
        #expect(call([try client.proof("GET", "/api/v1/users", token: token)], "Bearer").status == 401)
    }

    @Test(
        "DPoP: an impossible time is only invalid",
        arguments: [JSON(Int.max), JSON(Int.min), JSON(1e300), "x", .null, [:]])
    func checksTimes(_ time: JSON) throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"], more: ["dpop_bound_access_tokens": true])
        let proof = try client.proof("POST", "/oauth2/v1/token", claims: ["iat": time])
        let response = try client.token(scope: "okta.users.read", headers: [proof])
        #expect(response.status == 400)
        #expect(response.json.text("error") == "invalid_dpop_proof")
    }
}
#endif
