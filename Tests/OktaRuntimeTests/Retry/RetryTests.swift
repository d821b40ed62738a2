import HTTPTypes
import Testing

@testable import OktaRuntime

@Suite struct RetryTests {
    /// Sends a request to a transport that fails the given number of times.
    private func send(
        _ method: HTTPRequest.Method, failing count: Int = 1, configure: (inout OktaConfiguration) -> Void = { _ in },
        with failure: @escaping @Sendable (Int) throws(TransportError) -> TransportResponse
    ) async throws -> (attempts: [TransportRequest], result: Result<OktaResponse, any Error>, time: SimulatedTime) {
        let time = SimulatedTime()
        let transport = StubTransport { _, index throws(TransportError) in
            index < count ? try failure(index) : .stub(200, "{}", headers: [("X-Okta-Request-Id", "last")])
        }
        let simulation = try Simulation(transport, time: time, configure: configure)
        let result = try await time.run {
            do {
                return Result<OktaResponse, any Error>.success(
                    try await simulation.client.send(OktaRequest(method, "/api/v1/things/\(1)")))
            } catch {
                return .failure(error)
            }
        }
        #expect(simulation.core.limiter.load == (0, false))
        return (transport.requests, result, time)
    }

    private static let methods: [HTTPRequest.Method] = [.get, .head, .put, .delete, .post, .patch]

    /// Nothing has reached the org, so any call may be retried.
    @Test(
        "Retry: any request that was not sent is sent again",
        arguments: methods,
        [TransportError.Kind.connectionFailed, .unknownHost, .timedOut, .tlsFailed, .connectionLost])
    func anyRequestThatWasNotSentIsSentAgain(_ method: HTTPRequest.Method, _ kind: TransportError.Kind) async throws {
        let run = try await send(method) { _ throws(TransportError) in throw TransportError(kind) }
        #expect(run.attempts.count == 2)
        let response = try run.result.get()
        #expect(response.attemptCount == 2)
        #expect(response.previousAttempts.map(\.outcome) == [.failed(kind)])
        #expect(response.previousAttempts.map(\.reason) == [.notSent])
    }

    @Test(
        "Retry: a request that may have been executed is retried only if it is idempotent", arguments: methods,
        [TransportError.Kind.timedOut, .connectionLost, .truncatedResponse])
    func whatMayHaveBeenDoneIsRepeatedOnlyWhenThatDoesNoHarm(
        _ method: HTTPRequest.Method, _ kind: TransportError.Kind
    ) async throws {
        let isSafe = [.get, .head, .put].contains(method)
        let run = try await send(method) { _ throws(TransportError) in
            throw TransportError(kind, mayHaveReachedServer: true)
        }
        #expect(run.attempts.count == (isSafe ? 2 : 1))
        #expect(((try? run.result.get()) != nil) == isSafe)
    }

    @Test(
        "Retry: a permanent error is not retried",
        arguments: [
            TransportError.Kind.untrustedCertificate, .responseTooLarge, .malformedResponse, .invalidRequest, .shutDown,
        ])
    func permanentErrorIsNotRetried(_ kind: TransportError.Kind) async throws {
        let run = try await send(.get) { _ throws(TransportError) in throw TransportError(kind) }
        #expect(run.attempts.count == 1)
    }

    @Test(
        "Retry: error responses are retried by the table",
        arguments: [
            (503, "E0000010", HTTPRequest.Method.post, true), (503, "E0000181", .post, true), (503, "", .post, false),
            (503, "E0000009", .patch, false), (503, "", .get, true), (503, "", .put, true), (503, "", .delete, false),
            (504, "", .get, true), (504, "", .head, true), (504, "", .put, false), (504, "", .post, false),
            (423, "E0000239", .post, true), (423, "E0000240", .post, false), (423, "", .get, false),
            (429, "E0000047", .post, true), (429, "", .delete, true), (429, "E0000109", .post, false),
            (429, "E0000146", .get, false), (500, "E0000009", .get, true), (500, "E0000009", .post, false),
            (500, "", .put, false), (500, "", .delete, false), (502, "", .get, true), (502, "", .head, true),
            (502, "", .put, false), (502, "", .post, false), (408, "", .get, true), (408, "", .post, false),
            (520, "", .get, true), (520, "", .patch, false), (501, "", .get, false), (505, "", .get, false),
            (511, "", .get, false), (404, "", .get, false), (409, "E0000047", .get, false),
            (400, "E0000010", .post, false),
        ])
    func refusalsAreRetried(
        _ status: Int, _ code: String, _ method: HTTPRequest.Method, _ isRepeated: Bool
    ) async throws {
        let body = code.isEmpty ? "<html>" : #"{"errorCode":"\#(code)"}"#
        let run = try await send(method) { _ in .stub(status, body) }
        #expect(run.attempts.count == (isRepeated ? 2 : 1))
    }

    @Test("Retry: a retry names the first request") func aRepetitionNamesTheFirstRequest() async throws {
        let run = try await send(.post, failing: 3) { index in
            .stub(503, #"{"errorCode":"E0000010"}"#, headers: [("X-Okta-Request-Id", "r\(index)")])
        }
        let name = try #require(HTTPField.Name("X-Okta-Retry-For"))
        let count = try #require(HTTPField.Name("X-Okta-Retry-Count"))
        #expect(run.attempts.map { $0.head.headerFields[name] } == [nil, "r0", "r0", "r0"])
        #expect(run.attempts.map { $0.head.headerFields[count] } == [nil, "1", "2", "3"])
        #expect(try run.result.get().previousAttempts.map(\.requestID) == ["r0", "r1", "r2"])
        #expect(try run.result.get().requestID == "last")
    }

    @Test("Retry: the number of attempts is limited", arguments: [1, 2, 3, 6])
    func attemptsComeToAnEnd(_ maximum: Int) async throws {
        let run = try await send(.get, failing: .max) {
            $0.retry.maximumAttempts = maximum
        } with: { index in
            .stub(503, "", headers: [("X-Okta-Request-Id", "r\(index)")])
        }
        #expect(run.attempts.count == maximum)
        guard case .failure(let error as OktaError) = run.result, case .api(let failure) = error else {
            Issue.record("\(run.result)")
            return
        }
        #expect(failure.status.code == 503)
        #expect(failure.requestID == "r\(maximum - 1)")
        #expect(error.previousAttempts.count == maximum - 1)
        #expect(error.description.contains("attempt \(maximum)") == (maximum > 1))
    }

    @Test("Retry: a transport failure lists its attempts") func aTransportFailureHasItsHistoryToo() async throws {
        let run = try await send(.get, failing: .max) {
            $0.retry.maximumAttempts = 3
        } with: { index throws(TransportError) in
            if index == 0 { return .stub(503, "", headers: [("X-Okta-Request-Id", "r0")]) }
            throw TransportError(.connectionFailed)
        }
        guard case .failure(let error as OktaError) = run.result, case .transport = error else {
            Issue.record("\(run.result)")
            return
        }
        #expect(
            error.previousAttempts.map(\.outcome) == [
                .response(status: 503, code: nil), .failed(.connectionFailed),
            ])
    }

    /// Waits are random below a bound that doubles up to its own bound.
    @Test("Retry: waits grow within their bounds", arguments: 1...20)
    func waitsGrowWithinTheirBounds(_ seed: UInt64) {
        let backoff = Backoff(generator: SplitMix64(seed: seed))
        let policy = RetryPolicy(initialBackoff: .seconds(1), maximumBackoff: .seconds(10))
        for (repetition, bound) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (60, 10)] {
            for _ in 0..<20 {
                let wait = backoff.wait(for: .unavailable, repetition: repetition, policy: policy)
                #expect(wait >= .zero && wait <= .seconds(bound))
                let pause = backoff.wait(for: .concurrency, repetition: repetition, policy: policy)
                #expect(pause >= .milliseconds(500) && pause <= .seconds(2))
            }
        }
    }

    /// The last response is more useful than a timeout error.
    @Test("Retry: no attempt after the deadline") func noAttemptAfterDeadline() async throws {
        let run = try await send(.get, failing: .max) {
            $0.timeouts.total = .seconds(8)
            $0.retry = RetryPolicy(maximumAttempts: 1000, initialBackoff: .seconds(4), maximumBackoff: .seconds(4))
        } with: { _ in
            .stub(503)
        }
        #expect(run.time.elapsed <= .seconds(8))
        #expect(run.attempts.count > 1)
        guard case .failure(OktaError.api) = run.result else {
            Issue.record("\(run.result)")
            return
        }
        // The timeout of an attempt is the remaining time.
        #expect(run.attempts.allSatisfy { $0.timeouts.total ?? .zero <= .seconds(8) })
        #expect(run.attempts.last?.timeouts.total ?? .seconds(9) < .seconds(8))
    }

    @Test("Retry: the time budget is observed") func theBudgetForAttemptsIsKept() async throws {
        let run = try await send(.get, failing: .max) {
            $0.retry = RetryPolicy(
                maximumAttempts: 1000, initialBackoff: .seconds(4), maximumBackoff: .seconds(4), timeBudget: .seconds(8)
            )
        } with: { _ in
            .stub(503)
        }
        #expect(run.time.elapsed <= .seconds(8))
        #expect(run.attempts.count > 1)
    }

    /// A sequence can be read only once, so a retry would send an empty body.
    @Test("Retry: a body that cannot be produced again is sent once", arguments: [false, true], [429, 503, 401, 0])
    func aBodyThatCannotBeProducedAgainIsSentOnce(_ isRepeatable: Bool, _ status: Int) async throws {
        let time = SimulatedTime()
        let transport = StubTransport { _, index throws(TransportError) in
            guard index == 0 else { return .stub() }
            if status == 0 { throw TransportError(.connectionLost) }
            return .stub(status, #"{"errorCode":"\#(status == 503 ? "E0000010" : "E0000047")"}"#)
        }
        let client = try Simulation(transport, time: time).client
        let body = BodyStream(length: nil, isRepeatable: isRepeatable) { try await $0([1]) }
        try await time.run {
            _ = try? await client.request(.put, "/api/v1/x", body: .stream(body, contentType: .json))
        }
        // API tokens are not renewed.
        #expect(transport.requests.count == (isRepeatable && status != 401 ? 2 : 1))
    }

    @Test("Retry: one call can have another policy") func oneCallCanHaveAnotherPolicy() async throws {
        let time = SimulatedTime()
        let transport = StubTransport(503)
        let client = try Simulation(transport, time: time).client.with { $0.retry = .never }
        try await time.run {
            _ = await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/x") }
        }
        #expect(transport.requests.count == 1)
    }

    /// After a refusal the call waits for the window's end by the server's clock, not for a random time.
    @Test("Retry: a 429 is waited out until the reset") func aRefusalIsWaitedOutToTheReset() async throws {
        let run = try await send(.get) {
            $0.rateLimits.utilization = 1
        } with: { _ in
            .stub(
                429, #"{"errorCode":"E0000047"}"#,
                headers: [
                    // The server's clock is an hour ahead of this machine's.
                    ("Date", "Fri, 15 Jan 2027 09:00:00 GMT"), ("X-Rate-Limit-Limit", "10"),
                    ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "\(1_800_000_000 + 3600 + 42)"),
                ])
        }
        #expect(try run.result.get().attemptCount == 2)
        #expect(run.time.elapsed >= .seconds(42) && run.time.elapsed < .seconds(42.1))
    }
}
