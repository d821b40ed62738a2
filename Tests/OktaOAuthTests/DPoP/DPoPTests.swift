import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

@Suite(.longCalculation) struct DPoPTests {
    private let demanding = TestOrg.Rules(demandsDPoP: true)

    /// No request is rejected for a missing proof. The only retry is for the nonce.
    @Test("DPoP: the first request has a proof already", arguments: [DPoPMode.automatic, .always])
    func theFirstRequestHasAProof(_ use: DPoPMode) async throws {
        var options = OAuthClientCredentials.Options()
        options.dpop = use
        let setup = try TestSetup(demanding, options: options)
        #expect(try await setup.caller.call().head.status == .ok)
        let requests = setup.org.tokenRequests
        #expect(requests.map { $0.proof != nil } == [true, true])
        #expect(requests.map { $0.proof?.payload["nonce"]?.string } == [nil, "token-nonce-1"])
        #expect(requests.map { $0.header("x-okta-user-agent-extended") } == ["isDPoP:true", "isDPoP:true"])
        // Every attempt has its own assertion and proof, even the one that was rejected with a nonce.
        #expect(Set(requests.compactMap { $0.assertion?.payload["jti"]?.string }).count == 2)
        #expect(Set(requests.compactMap { $0.proof?.payload["jti"]?.string }).count == 2)
        // The next renewal uses the known nonce.
        setup.time.advance(by: .seconds(3600))
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 3)
    }

    @Test("DPoP: a proof for the token endpoint names the endpoint and no token")
    func proofsToTheEndpointNameItAndNoToken() async throws {
        let setup = try TestSetup(demanding)
        try await setup.caller.call()
        let proof = try #require(setup.org.tokenRequests.last?.proof)
        #expect(proof.header["typ"]?.string == "dpop+jwt")
        #expect(proof.header["alg"]?.string == "ES256")
        #expect(Set(proof.header["jwk"]?.members?.map(\.key) ?? []) == ["kty", "crv", "x", "y"])
        #expect(proof.payload["htm"]?.string == "POST")
        #expect(proof.payload["htu"]?.string == "https://acme.okta.com/oauth2/v1/token")
        #expect(proof.payload["ath"] == nil)
    }

    @Test("DPoP: every attempt has a new proof of the final request")
    func everyCallHasAProofOfItsOwnFromTheFinalRequest() async throws {
        let setup = try TestSetup(demanding)
        try await setup.caller.call(.get, "/api/v1/users?search=a%20b&limit=1#part")
        try await setup.caller.call(.delete, "/api/v1/groups/00g%2F1/users/00u1")
        try await setup.caller.call(.init("patch") ?? .patch, "/api/v1/x")
        let requests = setup.org.apiRequests
        #expect(requests.allSatisfy { $0.header("authorization")?.hasPrefix("DPoP access-token-1-") == true })
        let payloads = requests.compactMap { $0.proof?.payload }
        #expect(
            payloads.map { $0["htu"]?.string } == [
                "https://acme.okta.com/api/v1/users", "https://acme.okta.com/api/v1/groups/00g%2F1/users/00u1",
                "https://acme.okta.com/api/v1/x",
            ])
        #expect(payloads.map { $0["htm"]?.string } == ["GET", "DELETE", "PATCH"])
        #expect(payloads.allSatisfy { $0["ath"] != nil && $0["nonce"] == nil })
        #expect(Set(payloads.compactMap { $0["jti"]?.string }).count == 3)
    }

    @Test("DPoP: a nonce that the API requires is used and remembered") func nonceThatAPIRequiresIsUsedAndRemembered()
        async throws
    {
        var rules = demanding
        rules.demandsAPINonce = true
        let setup = try TestSetup(rules)
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.apiRequests.map { $0.proof?.payload["nonce"]?.string } == [nil, "api-nonce-1"])
        // The token is valid.
        #expect(setup.org.tokenRequests.count == 2)
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.apiRequests.count == 3)
        setup.org.edit { $0.apiNonce = "api-nonce-2" }
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.apiRequests.last?.proof?.payload["nonce"]?.string == "api-nonce-2")
        #expect(setup.org.tokenRequests.count == 2)
    }

    /// The demand for a nonce is in the challenge or in the body. Without a nonce, the response only rejects the token.
    @Test(
        "DPoP: a required nonce is recognized in every form of challenge",
        arguments: [
            (#"DPoP error="use_dpop_nonce", error_description="x""#, "", true),
            ("DPoP", #"{"error":"use_dpop_nonce"}"#, true), (#"DPoP error="use_dpop_nonce""#, "", false),
        ])
    func requiredNonceIsRecognizedInEveryFormOfChallenge(_ challenge: String, _ body: String, _ hasNonce: Bool)
        async throws
    {
        let setup = try TestSetup(demanding)
        try await setup.caller.call()
        setup.org.edit { state in
            let first = state.apiRequests.count
            state.script = { request, _, org in
                guard request.head.path != "/oauth2/v1/token", org.apiRequests.count == first + 1 else {
                    return nil
                }
                let nonce = hasNonce ? [("DPoP-Nonce", "n-7")] : []
                return org.response(401, body, headers: [("WWW-Authenticate", challenge)] + nonce)
            }
        }
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.apiRequests.last?.proof?.payload["nonce"]?.string == (hasNonce ? "n-7" : nil))
        #expect(setup.org.tokenRequests.count == (hasNonce ? 2 : 3))
    }

    @Test("DPoP: a new nonce in any response is used") func newNonceInAnyResponseIsUsed() async throws {
        let setup = try TestSetup(demanding)
        try await setup.caller.call()
        setup.org.edit { $0.tokenNonce = "token-nonce-2" }
        setup.time.advance(by: .seconds(3600))
        try await setup.caller.call()
        // The old nonce is rejected once, and the new one is accepted.
        #expect(
            setup.org.tokenRequests.map { $0.proof?.payload["nonce"]?.string }
                == [nil, "token-nonce-1", "token-nonce-1", "token-nonce-2"])
    }

    @Test("DPoP: a server that rejects every nonce ends the call")
    func serverThatRejectsEveryNonceEndsCall() async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, count, org in
                org.oauthError(400, "use_dpop_nonce", "Again.", headers: [("dpop-nonce", "n\(count)")])
            }
        }
        await #expect {
            try await setup.caller.call()
        } throws: {
            authorizationFailure($0)?.code == "use_dpop_nonce"
        }
        #expect(setup.org.tokenRequests.count == 3)
    }

    @Test("DPoP: a bearer token issued in response to a proof is used as a bearer token")
    func aBearerTokenInResponseToAProofIsUsedAsOne() async throws {
        var options = OAuthClientCredentials.Options()
        options.dpop = .always
        var rules = TestOrg.Rules()
        rules.tokenType = "Bearer"
        let setup = try TestSetup(rules, options: options)
        setup.org.edit { state in
            state.script = { request, _, org in request.head.path == "/oauth2/v1/token" ? nil : org.response(200, "[]")
            }
        }
        try await setup.caller.call()
        #expect(setup.org.apiRequests.first?.header("authorization")?.hasPrefix("Bearer ") == true)
        #expect(setup.org.apiRequests.first?.header("dpop") == nil)
    }

    @Test("DPoP: proofs are signed with each algorithm", arguments: SigningAlgorithm.allCases)
    func proofsAreSignedByEachAlgorithm(_ algorithm: SigningAlgorithm) async throws {
        var options = OAuthClientCredentials.Options()
        options.dpopAlgorithm = algorithm
        let setup = try TestSetup(demanding, options: options)
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.apiRequests.last?.proof?.header["alg"]?.string == algorithm.rawValue)
    }

    @Test("DPoP: each token has a new key unless rotation is off", arguments: [true, false])
    func keysChangeWithTokensUnlessTheyAreToBeKept(_ rotates: Bool) async throws {
        var options = OAuthClientCredentials.Options()
        options.rotatesDPoPKey = rotates
        let setup = try TestSetup(demanding, options: options)
        for _ in 0..<3 {
            #expect(try await setup.caller.call().head.status == .ok)
            #expect(try await setup.caller.call().head.status == .ok)
            setup.time.advance(by: .seconds(3600))
        }
        let keys = setup.org.apiRequests.compactMap { $0.proof.map(TestOrg.thumbprint) }
        #expect(keys.count == 6)
        #expect(Set(keys).count == (rotates ? 3 : 1))
    }

    /// If the proof is rejected although the clock is right, the client tries one other token, bound to another key.
    @Test("DPoP: a rejected proof renews the token") func aRefusedProofRenewsTheToken() async throws {
        let setup = try TestSetup(demanding)
        try await setup.caller.call()
        setup.org.edit { state in state.tokens = state.tokens.mapValues { _ in "another key" } }
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 3)
    }
}
