import HTTPTypes
import Testing

@testable import OktaRuntime

/// An authorization's own requests are subject to the org's rate limits, and never wait for the calls that wait for
/// them.
@Suite struct CredentialRequestTests {
    /// An authorization that requests a token before each attempt of each call.
    private struct Asking: RequestAuthorization {
        static let path: RequestPath = "/oauth2/v1/token"

        func credentials(for request: HTTPRequest, in session: AuthorizationContext) async throws(OktaError)
            -> HTTPFields
        {
            _ = try await session.send(.post, Self.path, until: session.deadline) { () throws(OktaError) in
                let head = HTTPRequest(
                    method: .post, scheme: "https", authority: "acme.okta.com", path: "/oauth2/v1/token")
                return AuthorizationContext.SignedRequest(request: TransportRequest(head: head), details: ())
            }
            return [.authorization: "Bearer test"]
        }

        var description: String { "asking" }
    }

    private static let tokens = SimulatedOrg.Limit(name: "tokens", calls: 10, offset: 20)

    private func simulation(
        _ org: any HTTPTransport, _ time: SimulatedTime, inFlight: Int = 64
    ) throws -> Simulation {
        try Simulation(org, time: time) {
            $0.authorization = Asking()
            $0.rateLimits.maximumConcurrentCalls = inFlight
        }
    }

    private func org(_ time: SimulatedTime) -> SimulatedOrg {
        SimulatedOrg(time: time, limits: [Self.tokens]) { $0.hasPrefix("/oauth2") ? "tokens" : "users" }
    }

    private func send(_ count: Int, _ simulation: Simulation) async throws {
        try await simulation.time.run {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<count {
                    tasks.addTask { _ = try await simulation.client.request(.get, "/api/v1/users/\(index)") }
                }
                try await tasks.waitForAll()
            }
        }
    }

    /// The call that waits for the token occupies the only place.
    @Test("Credential request: a call does not wait for its own credential request", arguments: [1, 2])
    func aCallDoesNotWaitForItself(_ inFlight: Int) async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try simulation(org, time, inFlight: inFlight)
        try await send(6, simulation)
        #expect(org.count.responses == [200: 12])
        #expect(org.count.mostAtATime <= inFlight)
        #expect(simulation.core.limiter.load == (0, false))
    }

    /// Each window permits eight of ten calls.
    @Test("Credential request: is paced by its own rate limit") func isPacedByItsOwnRateLimit() async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try simulation(org, time)
        try await send(20, simulation)
        #expect(org.count.responses == [200: 40])
        #expect(org.count.ownCalls == ["tokens": 20])
        #expect(time.elapsed > .seconds(60) && time.elapsed < .seconds(125))
        #expect(time.sleeperCount == 0)
    }

    @Test("Credential request: the wait is limited by the call's timeout") func theWaitIsBoundByTheCall() async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try simulation(org, time)
        try await time.run {
            for index in 0..<8 { _ = try await simulation.client.request(.get, "/api/v1/users/\(index)") }
            let before = time.elapsed
            let hurried = simulation.client.with { $0.timeout = .seconds(5) }
            let error = await #expect(throws: OktaError.self) { try await hurried.request(.get, "/api/v1/users/9") }
            guard case .rateLimited(let failure) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(failure.bucket == "POST /oauth2/v1/token")
            #expect(failure.rateLimit?.limit == 10)
            #expect(time.elapsed == before)
        }
        #expect(org.count.responses == [200: 16])
        #expect(simulation.core.limiter.load == (0, false))
    }

    @Test("Credential request: the wait ends with the task") func theWaitEndsWithTheTask() async throws {
        let time = SimulatedTime()
        let simulation = try simulation(org(time), time)
        try await time.run {
            for index in 0..<8 { _ = try await simulation.client.request(.get, "/api/v1/users/\(index)") }
            let call = Task(executorPreference: time) { try await simulation.client.request(.get, "/api/v1/users/9") }
            try await time.sleep(for: .seconds(1))
            #expect(simulation.core.limiter.load == (1, true))
            let before = time.elapsed
            call.cancel()
            guard case .failure(OktaError.cancelled) = await call.result else {
                Issue.record("\(await call.result)")
                return
            }
            #expect(time.elapsed == before)
        }
        #expect(simulation.core.limiter.load == (0, false))
        #expect(time.sleeperCount == 0)
    }

    /// Token requests can also exceed the concurrency limit, and the lower limit then applies to all calls.
    @Test("Credential request: a concurrency 429 lowers the number of concurrent calls")
    func concurrency429LowersNumberOfConcurrentCalls() async throws {
        let time = SimulatedTime()
        let transport = StubTransport { request, index in
            guard request.head.path == "/oauth2/v1/token" else { return .stub(200, "{}") }
            let zeros = [
                ("x-rate-limit-limit", "0"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "1800000060"),
            ]
            return index == 0 ? .stub(429, #"{"errorCode":"E0000047"}"#, headers: zeros) : .stub(200, "{}")
        }
        let simulation = try simulation(transport, time, inFlight: 2)
        try await send(1, simulation)
        let limiter = simulation.core.limiter
        let permits = (0..<2).map { index in
            limiter.acquire(
                RateLimitKey(method: .get, path: "/x/\(index)"), ticket: nil, deadline: nil, now: time.elapsed)
        }
        guard case .admitted = permits[0], case .queued = permits[1] else {
            Issue.record("\(permits)")
            return
        }
    }

    /// A request that cannot be signed does not affect the limits.
    @Test("Credential request: a request that cannot be signed is not sent and counts against no limit")
    func requestThatCannotBeSignedIsNotSentAndCountsAgainstNoLimit() async throws {
        let time = SimulatedTime()
        let transport = StubTransport()
        let simulation = try simulation(transport, time)
        try await time.run {
            let error = await #expect(throws: OktaError.self) {
                _ = try await simulation.core.context.send(.post, Asking.path) {
                    () throws(OktaError) -> AuthorizationContext.SignedRequest<Void> in
                    throw .invalidRequest("no key")
                }
            }
            guard case .invalidRequest = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(transport.requests.isEmpty)
        #expect(simulation.core.limiter.load == (0, false))
    }
}
