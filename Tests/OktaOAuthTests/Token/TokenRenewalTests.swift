import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

@Suite struct TokenRenewalTests {
    @Test("OAuth token renewal: a token is used until shortly before it expires")
    func tokenIsUsedUntilShortlyBeforeItExpires() async throws {
        let setup = try TestSetup(time: ManualTime())
        try await setup.caller.call()
        setup.time.advance(to: .seconds(3600 - 61))
        try await setup.caller.call()
        #expect(setup.org.tokenRequests.count == 1)
        setup.time.advance(to: .seconds(3600 - 59))
        try await setup.caller.call()
        #expect(setup.org.tokenRequests.count == 2)
        let tokens = setup.org.apiRequests.compactMap { $0.header("authorization") }
        #expect(tokens[0] == tokens[1] && tokens[1] != tokens[2])
    }

    @Test("OAuth token renewal: every token request has a new assertion") func everyRequestHasAnAssertionOfItsOwn()
        async throws
    {
        let setup = try TestSetup()
        for _ in 0..<5 {
            try await setup.caller.call()
            setup.time.advance(by: .seconds(3600))
        }
        let ids = setup.org.tokenRequests.compactMap { $0.assertion?.payload["jti"]?.string }
        #expect(ids.count == 5 && Set(ids).count == 5)
    }

    @Test("OAuth token renewal: a token with a short lifetime is used for at least half of it")
    func aShortLifeIsUsedAtLeastByHalf() async throws {
        var rules = TestOrg.Rules()
        rules.lifetime = 40
        let setup = try TestSetup(rules, time: ManualTime())
        try await setup.caller.call()
        setup.time.advance(to: .seconds(19))
        try await setup.caller.call()
        #expect(setup.org.tokenRequests.count == 1)
        setup.time.advance(to: .seconds(21))
        try await setup.caller.call()
        #expect(setup.org.tokenRequests.count == 2)
    }

    @Test("OAuth token renewal: a token without a lifetime serves one call")
    func tokenWithoutLifetimeServesOneCall() async throws {
        var rules = TestOrg.Rules()
        rules.lifetime = 0
        let setup = try TestSetup(rules)
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
    }

    @Test("OAuth token renewal: a rejected token is renewed, and the call is retried once")
    func aRefusedTokenIsRenewedAndTheCallRepeatedOnce() async throws {
        let setup = try TestSetup()
        try await setup.caller.call()
        setup.org.revokeAll()
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
        #expect(setup.org.apiRequests.count == 3)
    }

    @Test("OAuth token renewal: rejected tokens do not cause endless requests")
    func anOrgThatRefusesEveryTokenIsNotAskedForMoreAndMore() async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { request, _, org in
                request.head.path == "/oauth2/v1/token" ? nil : org.response(401, #"{"errorCode":"E0000011"}"#)
            }
        }
        for _ in 0..<10 { #expect(try await setup.caller.call().head.status == .unauthorized) }
        #expect(setup.org.tokenRequests.count == 2)
        // A later call tries again.
        setup.time.advance(by: .seconds(11))
        try await setup.caller.call()
        #expect(setup.org.tokenRequests.count == 3)
    }

    @Test(
        "OAuth token renewal: an error that another token would not change is not retried",
        arguments: [
            (401, #"{"errorCode":"E0000015","errorSummary":"You do not have permission to access the feature"}"#, ""),
            (401, "", #"Bearer error="insufficient_scope", scope="okta.apps.read""#),
            (403, #"{"errorCode":"E0000006"}"#, ""), (403, "", #"Bearer error="insufficient_scope""#),
            (400, #"{"errorCode":"E0000001"}"#, ""), (404, "", ""), (500, "", ""), (429, "", ""), (200, "[]", ""),
        ])
    func errorThatAnotherTokenWouldNotChangeIsNotRetried(_ status: Int, _ body: String, _ challenge: String)
        async throws
    {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { request, _, org in
                request.head.path == "/oauth2/v1/token"
                    ? nil
                    : org.response(
                        status, body, headers: challenge.isEmpty ? [] : [("WWW-Authenticate", challenge)])
            }
        }
        #expect(try await setup.caller.call().head.status.code == status)
        #expect(setup.org.apiRequests.count == 1)
        #expect(setup.org.tokenRequests.count == 1)
    }

    /// A token is valid until it expires, so no call fails if the endpoint is down for a while.
    @Test("OAuth token renewal: a token near its expiry is used on when it cannot be renewed")
    func aTokenNearItsEndServesOnWhenItCannotBeRenewed() async throws {
        let setup = try TestSetup(time: ManualTime())
        try await setup.caller.call()
        setup.time.advance(to: .seconds(3600 - 50))
        setup.org.edit { state in
            state.script = { request, _, org in
                request.head.path == "/oauth2/v1/token" ? org.response(400, #"{"error":"server_error"}"#) : nil
            }
        }
        for _ in 0..<5 { #expect(try await setup.caller.call().head.status == .ok) }
        // Not every call sends a token request.
        #expect(setup.org.tokenRequests.count == 2)
        setup.time.advance(to: .seconds(3600 - 19))
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 3)
        setup.time.advance(to: .seconds(3600 + 11))
        await #expect(throws: OktaError.self) { try await setup.caller.call() }
        setup.org.edit { $0.script = nil }
        #expect(try await setup.caller.call().head.status == .ok)
    }
}
