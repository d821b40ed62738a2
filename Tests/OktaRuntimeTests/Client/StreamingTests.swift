import HTTPTypes
import Synchronization
import Testing

@testable import OktaRuntime

/// A streamed call takes the same steps as any call until it has a successful response.
@Suite struct StreamingTests {
    /// An authorization that counts its credentials and renews them after a 401.
    private struct Renewing: RequestAuthorization {
        let tally = Tally()
        func credentials(for request: HTTPRequest, in session: AuthorizationContext) -> HTTPFields {
            tally.add()
            return [.authorization: "Test \(tally[0])"]
        }
        func refresh(
            after response: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
        ) -> AuthorizationContext.Refresh { response.head.status.code == 401 ? .refreshed : .unchanged }
        var description: String { "renewing" }
    }

    private func stream(
        _ transport: StubTransport, _ time: SimulatedTime, configure: (inout OktaConfiguration) -> Void = { _ in }
    ) async throws -> (stream: OktaStream, text: String) {
        let simulation = try Simulation(transport, time: time, configure: configure)
        return try await time.run {
            let stream = try await simulation.client.stream(.get, "/api/v1/things/\(1)")
            // A call with an unread body is not in flight.
            #expect(simulation.core.limiter.load == (0, false))
            var body: [UInt8] = []
            for try await piece in stream { body += piece }
            return (stream, String(decoding: body, as: UTF8.self))
        }
    }

    @Test("Streaming: a failure before the body is retried") func aFailureIsAttemptedAgainBeforeTheStreamBegins()
        async throws
    {
        let observer = RecordingObserver()
        let transport = StubTransport { _, index throws(TransportError) in
            if index == 0 { throw TransportError(.connectionFailed) }
            return index == 1 ? .stub(503) : .stub(200, "abc", headers: [("X-Okta-Request-Id", "last")])
        }
        let (stream, text) = try await stream(transport, SimulatedTime()) { $0.observers = [observer] }
        #expect(text == "abc")
        #expect(
            stream.previousAttempts.map(\.outcome) == [.failed(.connectionFailed), .response(status: 503, code: nil)])
        #expect(stream.requestID == "last")
        let events = observer.events.withLock { $0 }
        #expect(events.compactMap { ($0 as? ObservedCall.Attempt)?.outcome }.last == .response(200))
        #expect((events.last as? ObservedCall.Result)?.attemptCount == 3)
    }

    @Test("Streaming: a 429 is waited out until the reset, then retried") func aRefusalIsWaitedOutToTheReset()
        async throws
    {
        let time = SimulatedTime()
        let transport = StubTransport { _, index in
            if index > 0 { return .stub(200, "abc") }
            return .stub(
                429, #"{"errorCode":"E0000047"}"#,
                headers: [
                    ("Date", "Fri, 15 Jan 2027 08:00:00 GMT"), ("X-Rate-Limit-Limit", "10"),
                    ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "\(1_800_000_000 + 42)"),
                ])
        }
        let (stream, text) = try await stream(transport, time) { $0.rateLimits.utilization = 1 }
        #expect(text == "abc")
        #expect(stream.previousAttempts.map(\.reason) == [.rateLimit])
        #expect(time.elapsed >= .seconds(42) && time.elapsed < .seconds(42.1))
    }

    @Test("Streaming: the rate limit is learned from the head") func aLimitIsLearnedFromTheHead() async throws {
        let transport = StubTransport(
            200, "abc",
            headers: [
                ("X-Rate-Limit-Limit", "10"), ("X-Rate-Limit-Remaining", "7"), ("X-Rate-Limit-Reset", "1800000042"),
            ])
        let time = SimulatedTime()
        let simulation = try Simulation(transport, time: time)
        let stream = try await time.run { try await simulation.client.stream(.get, "/api/v1/things") }
        #expect(simulation.core.limiter.window(of: RateLimitKey(method: .get, path: "/api/v1/things"))?.remaining == 7)
        #expect(stream.rateLimit?.remaining == 7)
    }

    @Test("Streaming: credentials are renewed") func credentialsAreRenewed() async throws {
        let transport = StubTransport { _, index in .stub(index == 0 ? 401 : 200, "abc") }
        let authorization = Renewing()
        let (stream, text) = try await stream(transport, SimulatedTime()) { $0.authorization = authorization }
        #expect(text == "abc")
        #expect(stream.previousAttempts.map(\.reason) == [.credentials])
        #expect(transport.requests.map { $0.head.headerFields[.authorization] } == ["Test 1", "Test 2"])
    }

    @Test("Streaming: responses are recorded without their bodies") func responsesAreRecordedWithoutTheirBodies()
        async throws
    {
        let client = try StubTransport(200, "abc").client()
        let (stream, responses) = try await client.withResponse { try await $0.stream(.get, "/api/v1/things") }
        #expect(responses.map(\.status) == [.ok])
        #expect(responses.map(\.body) == [[]])
        #expect(stream.status == .ok)
    }

    /// The head arrives in time, but the rest of an error does not.
    @Test("Streaming: an error body is read within the call's timeout") func anErrorIsReadWithinTheTimeOfTheCall()
        async throws
    {
        let time = SimulatedTime()
        let simulation = try Simulation(SlowErrorTransport(time: time), time: time) {
            $0.timeouts.total = .seconds(5)
            $0.retry = .never
        }
        try await time.run {
            let error = await #expect(throws: OktaError.self) { try await simulation.client.stream(.get, "/api/v1/x") }
            guard case .transport(let failure) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(failure.error.kind == .timedOut)
        }
        #expect(time.elapsed == .seconds(5))
        #expect(simulation.core.limiter.load == (0, false))
    }

    @Test("Streaming: a description contains nothing of the response") func aDescriptionContainsNothingOfTheResponse()
        async throws
    {
        let transport = StubTransport(200, "secret-body", headers: [("X-Secret", "secret-header")])
        let (stream, _) = try await stream(transport, SimulatedTime())
        var shown = "\(stream) \(String(reflecting: stream))"
        dump(stream, to: &shown)
        #expect(shown.contains("GET /api/v1/things/1: 200, streamed"))
        #expect(!shown.contains("secret"))
    }
}

/// Responds with an error whose body takes a minute.
private struct SlowErrorTransport: HTTPTransport {
    let time: SimulatedTime

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse { .stub(500) }

    func stream(_ request: TransportRequest) async throws(TransportError) -> TransportResponse.Stream {
        TransportResponse.Stream(head: HTTPResponse(status: .internalServerError)) {
            [time] () async throws(TransportError) in
            do { try await time.sleep(for: .seconds(60)) } catch { throw TransportError(.cancelled) }
            return nil
        }
    }
}
