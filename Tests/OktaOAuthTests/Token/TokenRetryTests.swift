import Foundation
import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

@Suite struct TokenRetryTests {
    @Test("OAuth token retry: a transient error is retried", arguments: [429, 500, 502, 503, 504])
    func aBadMomentIsWaitedOut(_ status: Int) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, count, org in count <= 3 ? org.response(status, "") : nil }
        }
        // The script has the API call after four token requests.
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 4)
        let ids = Set(setup.org.tokenRequests.compactMap { $0.assertion?.payload["jti"]?.string })
        #expect(ids.count == 4)
        let waits = setup.time.waits
        #expect(waits.count == 3)
        for (wait, longest) in zip(waits, [Duration.milliseconds(500), .seconds(1), .seconds(2)]) {
            #expect(wait >= longest / 2 && wait <= longest)
        }
    }

    /// The client waits as long as an intermediary requests, plus jitter, up to a limit.
    @Test(
        "Tokens: Retry-After is honored",
        arguments: [(503, "20", 2), (429, "20", 2), (502, "20", 2), (503, "5000", 1)])
    func retryAfterIsHonored(_ status: Int, _ stated: String, _ requests: Int) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, count, org in
                count == 1 ? org.response(status, "busy", headers: [("Retry-After", stated)]) : nil
            }
        }
        let response = try? await setup.caller.call()
        #expect((response != nil) == (requests == 2))
        #expect(setup.org.tokenRequests.count == requests)
        if requests == 2 { #expect(setup.time.elapsed >= .seconds(20) && setup.time.elapsed <= .seconds(21)) }
    }

    @Test("Tokens: statuses of calls are those of tokens", arguments: [408, 520])
    func statusesAreThoseOfCalls(_ status: Int) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, count, org in count == 1 ? org.response(status, "") : nil }
        }
        #expect(try await setup.caller.call().head.status == .ok)
    }

    /// A proxy may lock the account.
    @Test(
        "Tokens: a proxy's refusal is final",
        arguments: [TransportError.Kind.proxyAuthenticationFailed, .proxyRefused])
    func proxyRefusalIsFinal(_ kind: TransportError.Kind) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { (_, _, _) throws(TransportError) in throw TransportError(kind) }
        }
        await #expect(throws: OktaError.self) { try await setup.caller.call() }
        #expect(setup.org.tokenRequests.count == 1)
    }

    /// Returns the header fields of a limit of four requests that is used up until `seconds` after the beginning.
    private func usedUp(until seconds: Int, limit: Int = 4) -> [(String, String)] {
        [
            ("X-Rate-Limit-Limit", "\(limit)"), ("X-Rate-Limit-Remaining", "0"),
            ("X-Rate-Limit-Reset", "\(Int(SimulatedTime.start.timeIntervalSince1970) + seconds)"),
        ]
    }

    @Test("OAuth token retry: a rate limit is waited out until its reset", arguments: [0.0, -3600])
    func aLimitIsWaitedOutToItsReset(_ skew: Double) async throws {
        let setup = try TestSetup(TestOrg.Rules(checksTimes: false), skew: skew)
        setup.org.edit { state in
            state.script = { _, count, org in
                count == 1 ? org.response(429, "", headers: usedUp(until: 42)) : nil
            }
        }
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
        #expect(setup.time.waits.count == 1)
        let wait = try #require(setup.time.waits.first)
        #expect(wait >= .seconds(42) && wait < .seconds(42.1))
    }

    @Test(
        "OAuth token retry: an implausible reset is not waited for",
        arguments: [(0, 42, 1), (4, 100_000, 120), (4, -100, 1)])
    func implausibleResetIsNotWaitedFor(_ limit: Int, _ reset: Int, _ longest: Int) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, count, org in
                count == 1 ? org.response(429, "", headers: usedUp(until: reset, limit: limit)) : nil
            }
        }
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(try #require(setup.time.waits.first) <= .seconds(longest))
    }

    /// A renewal that the limit does not allow yet delays no call while the old token is valid.
    @Test("OAuth token retry: a call with a valid token does not wait for the reset")
    func callWithValidTokenDoesNotWaitForReset() async throws {
        let setup = try TestSetup(time: ManualTime())
        try await setup.caller.call()
        setup.time.advance(to: .seconds(3570))
        setup.org.edit { state in
            state.script = { request, _, org in
                request.head.path == "/oauth2/v1/token"
                    ? org.response(429, "", headers: usedUp(until: 3570 + 42)) : nil
            }
        }
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
        #expect(setup.time.elapsed == .seconds(3570))
    }

    @Test("OAuth token retry: retries end with the attempts") func patienceEnds() async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, _, org in
                org.response(429, #"{"errorCode":"E0000047","errorSummary":"API call exceeded rate limit"}"#)
            }
        }
        await #expect {
            try await setup.caller.call()
        } throws: { error in
            guard let failure = authorizationFailure(error) else { return false }
            return failure.code == "E0000047" && failure.message.contains("in a minute")
        }
        #expect(setup.org.tokenRequests.count == 4)
    }

    /// Requests that may have reached the server are retried too, because a token request has no side effects and each
    /// attempt has a new assertion.
    @Test(
        "OAuth token retry: retries transient errors",
        arguments: [
            TransportError.Kind.unknownHost, .proxyFailed, .connectionFailed, .tlsFailed, .timedOut, .connectionLost,
            .truncatedResponse,
        ], [false, true])
    func retriesTransientErrors(_ kind: TransportError.Kind, _ mayHaveReachedServer: Bool) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { (_, count, _) throws(TransportError) in
                if count == 1 { throw TransportError(kind, mayHaveReachedServer: mayHaveReachedServer) }
                return nil
            }
        }
        #expect(try await setup.caller.call().head.status == .ok)
        let ids = setup.org.tokenRequests.compactMap { $0.assertion?.payload["jti"]?.string }
        #expect(ids.count == 2 && Set(ids).count == 2)
        let wait = try #require(setup.time.waits.first)
        #expect(wait >= .milliseconds(250) && wait <= .milliseconds(500))
    }

    @Test(
        "OAuth token retry: permanent errors are reported without a retry",
        arguments: [
            (TransportError.Kind.unknownHost, 4), (.timedOut, 4), (.untrustedCertificate, 1), (.malformedResponse, 1),
            (.invalidOptions, 1),
        ])
    func permanentErrorsAreReported(_ kind: TransportError.Kind, _ requests: Int) async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { (_, _, _) throws(TransportError) in throw TransportError(kind) }
        }
        await #expect {
            try await setup.caller.call()
        } throws: { error in
            guard case OktaError.transport(let failure) = error else { return false }
            return failure.error.kind == kind && failure.path == "/oauth2/v1/token" && failure.method == .post
        }
        #expect(setup.org.tokenRequests.count == requests)
    }

    /// The clock is off by an hour. The first assertion is rejected, and the response's date corrects the second one.
    @Test("OAuth token retry: a wrong clock is corrected", arguments: [-3600.0, 3600.0, -400.0, 86_400.0 * 400])
    func aWrongClockIsCorrected(_ skew: Double) async throws {
        let setup = try TestSetup(skew: skew)
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
        let issued = try #require(setup.org.tokenRequests[1].assertion?.payload["iat"]?.int)
        #expect(abs(Double(issued) - SimulatedTime.start.timeIntervalSince1970) <= 1)
    }

    @Test("OAuth token retry: a wrong clock is corrected with DPoP too") func wrongClockIsCorrectedWithDPoPToo()
        async throws
    {
        var options = OAuthClientCredentials.Options()
        options.dpop = .always
        let setup = try TestSetup(TestOrg.Rules(demandsDPoP: true), options: options, skew: -7200)
        #expect(try await setup.caller.call().head.status == .ok)
        // The attempts have the wrong time, no nonce, and finally both corrected.
        #expect(setup.org.tokenRequests.count == 3)
    }

    @Test("OAuth token retry: no retry when the clock was right") func noRetryWhenClockWasRight() async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { _, _, org in org.oauthError(401, "invalid_client", "The token is expired.") }
        }
        await #expect(throws: OktaError.self) { try await setup.caller.call() }
        #expect(setup.org.tokenRequests.count == 1)
    }
}
