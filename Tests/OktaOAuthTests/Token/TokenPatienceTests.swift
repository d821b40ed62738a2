import Foundation
import HTTPTypes
import OktaRuntime
import Testing

@testable import OktaOAuth

/// A caller with a usable token waits briefly for the next one, and does not fail without it.
@Suite(.hangLimit) struct TokenPatienceTests {
    private let setup: TestSetup<ManualTime>
    private var time: ManualTime { setup.time }
    private var org: TestOrg { setup.org }

    init() throws {
        setup = try TestSetup(time: ManualTime())
    }

    private var credentials: [String?] { org.apiRequests.map { $0.header("authorization") } }

    private func call(by caller: TestCaller) -> Task<HTTPResponse.Status, any Error> {
        Task { try await caller.call().head.status }
    }

    /// Makes calls with the first token until the endpoint has received the request for the second one, whose
    /// response it holds back.
    private func comeNearTheEnd(at second: Int = 3570) async throws {
        try await setup.caller.call()
        org.gate.close()
        time.advance(to: .seconds(second))
    }

    /// Waits until the request for the second token is in flight and its callers wait until these deadlines.
    private func waiting(until moments: Duration...) async throws {
        await org.gate.arrivals(2)
        #expect(await eventually { time.sleepers == moments })
    }

    /// Repeats calls until one has the second token.
    private func callWithSecondToken() async throws {
        repeat {
            try Task.checkCancellation()
            await Task.yield()
            try await setup.caller.call()
        } while credentials.last == credentials.first
    }

    /// Makes the response to the second token request a 429, with a limit that is used up until the given time.
    private func refuseSecondRequest(until second: Int) {
        let reset = Int(SimulatedTime.start.timeIntervalSince1970) + second
        let headers = [
            ("X-Rate-Limit-Limit", "4"), ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "\(reset)"),
        ]
        org.edit { state in
            state.script = { request, count, org in
                request.isForToken && count == 2 ? org.response(429, "", headers: headers) : nil
            }
        }
    }

    // MARK: A valid token

    @Test("OAuth token renewal: an unresponsive endpoint delays only one call") func aSilentEndpointIsWaitedForOnce()
        async throws
    {
        try await comeNearTheEnd()
        let first = call(by: setup.caller)
        try await waiting(until: .seconds(3573))
        time.advance(to: .seconds(3573))
        #expect(try await first.value == .ok)
        // Later callers do not wait at all.
        for _ in 0..<5 { #expect(try await setup.caller.call().head.status == .ok) }
        #expect(time.elapsed == .seconds(3573) && time.sleepers.isEmpty)
        #expect(credentials.count == 7 && Set(credentials).count == 1)
        // The request has continued, and its token is used as soon as it arrives.
        org.gate.open()
        try await callWithSecondToken()
        #expect(org.tokenRequests.count == 2)
    }

    @Test("OAuth token renewal: a renewal uses at most half of the call's time") func halfOfTheTimeIsForTheCall()
        async throws
    {
        try await comeNearTheEnd()
        let call = call(by: setup.caller.until(.seconds(3572)))
        try await waiting(until: .seconds(3571))
        time.advance(to: .seconds(3571))
        #expect(try await call.value == .ok)
        org.gate.open()
        try await callWithSecondToken()
        #expect(org.tokenRequests.count == 2)
    }

    @Test("OAuth token renewal: a cancelled call leaves the renewal to later calls")
    func aCancelledCallLeavesTheRenewalToThoseToCome() async throws {
        try await comeNearTheEnd()
        let call = call(by: setup.caller)
        try await waiting(until: .seconds(3573))
        call.cancel()
        await #expect {
            try await call.value
        } throws: { error in
            guard case OktaError.cancelled = error else { return false }
            return true
        }
        org.gate.open()
        try await callWithSecondToken()
        #expect(org.tokenRequests.count == 2)
    }

    @Test(
        "OAuth token renewal: after a failure, the next renewal waits a while",
        arguments: [TransportError.Kind.cancelled, .shutDown, .untrustedCertificate, .malformedResponse])
    func renewalsPauseAfterFailure(_ kind: TransportError.Kind) async throws {
        try await setup.caller.call()
        time.advance(to: .seconds(3550))
        org.edit { state in
            state.script = { (request, _, _) throws(TransportError) in
                if request.isForToken { throw TransportError(kind) }
                return nil
            }
        }
        for _ in 0..<5 { #expect(try await setup.caller.call().head.status == .ok) }
        #expect(org.tokenRequests.count == 2)
        time.advance(to: .seconds(3581))
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(org.tokenRequests.count == 3)
    }

    /// An early renewal does not wait for the limit's window. A renewal that calls depend on does.
    @Test("OAuth token renewal: only a call without a token waits for the rate limit window")
    func onlyCallWithoutTokenWaitsForRateLimitWindow() async throws {
        let reset = Int(SimulatedTime.start.timeIntervalSince1970) + 115
        org.edit { state in
            state.rules.lifetime = 100
            state.script = { request, _, org in
                guard request.isForToken else { return nil }
                var response = org.tokenResponse(to: request)
                for (name, value) in [("Limit", "10"), ("Remaining", "2"), ("Reset", "\(reset)")] {
                    guard let name = HTTPField.Name("X-Rate-Limit-\(name)") else { continue }
                    response.head.headerFields[name] = value
                }
                return response
            }
        }
        try await setup.caller.call()
        time.advance(to: .seconds(52))
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(org.tokenRequests.count == 1 && time.elapsed == .seconds(52))
        time.advance(to: .seconds(101))
        let call = call(by: setup.caller)
        #expect(await eventually { !time.sleepers.isEmpty })
        #expect(time.sleepers.allSatisfy { $0 >= .seconds(115) && $0 < .seconds(115.1) })
        time.advance(to: .seconds(116))
        #expect(try await call.value == .ok)
        #expect(org.tokenRequests.count == 2)
    }

    // MARK: An expired token

    @Test("OAuth token renewal: a token that expired meanwhile is not used") func tokenThatExpiredMeanwhileIsNotUsed()
        async throws
    {
        try await comeNearTheEnd(at: 3599)
        let call = call(by: setup.caller)
        try await waiting(until: .seconds(3602))
        time.advance(to: .seconds(3602))
        org.gate.open()
        #expect(try await call.value == .ok)
        #expect(credentials.count == 2 && credentials.first != credentials.last)
        #expect(org.tokenRequests.count == 2)
    }

    /// The request in flight began while there was a valid token, and gives up at a point where an urgent one waits.
    @Test("OAuth token renewal: a token that was rejected meanwhile is replaced by an urgent request")
    func tokenThatWasRejectedMeanwhileIsReplacedByUrgentRequest() async throws {
        refuseSecondRequest(until: 3615)
        try await comeNearTheEnd()
        let call = call(by: setup.caller)
        try await waiting(until: .seconds(3573))
        org.revokeAll()
        time.advance(to: .seconds(3573))
        // The call was refused with the old token, so it waits for the request in flight.
        #expect(
            await eventually { org.apiRequests.count == 2 && setup.credentials.waitingCallers(for: TestOrg.url) == 1 })
        org.gate.open()
        #expect(await eventually { !time.sleepers.isEmpty })
        #expect(time.sleepers.allSatisfy { $0 >= .seconds(3615) && $0 < .seconds(3615.1) })
        time.advance(to: .seconds(3616))
        #expect(try await call.value == .ok)
        #expect(org.tokenRequests.count == 3)
    }

    @Test("OAuth token renewal: after expiry, a call requests a token for as long as its timeout allows")
    func callAfterExpiryRequestsTokenUrgently() async throws {
        refuseSecondRequest(until: 3640)
        try await comeNearTheEnd(at: 3590)
        let early = call(by: setup.caller)
        try await waiting(until: .seconds(3593))
        time.advance(to: .seconds(3593))
        #expect(try await early.value == .ok)
        time.advance(to: .seconds(3601))
        let late = call(by: setup.caller)
        let hasty = call(by: setup.caller.until(.seconds(3620)))
        #expect(await eventually { setup.credentials.waitingCallers(for: TestOrg.url) == 2 })
        org.gate.open()
        // The waits are for the deadline of the call, and for the end of the window.
        #expect(await eventually { time.sleepers.count == 2 })
        time.advance(to: .seconds(3620))
        await #expect {
            try await hasty.value
        } throws: { error in
            guard case OktaError.transport(let failure) = error else { return false }
            return failure.error.kind == .timedOut
        }
        time.advance(to: .seconds(3641))
        #expect(try await late.value == .ok)
        #expect(org.tokenRequests.count == 3)
    }
}
