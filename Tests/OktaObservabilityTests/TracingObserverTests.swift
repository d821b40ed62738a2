#if Tracing
import InMemoryTracing
import OktaObservability
import OktaRuntime
import Testing
import Tracing

@Suite struct TracingObserverTests {
    @Test("Tracing: a call is a span within the caller's span") func aCallIsASpanWithinTheCallers() async throws {
        let tracer = InMemoryTracer()
        try await tracer.withSpan("work") { _ in
            try await makePrivateCall(status: 200, observer: TracingObserver(tracer: tracer))
        }
        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["POST /api/v1/users/{}", "work"])
        let span = try #require(spans.first)
        #expect(span.kind == .client)
        #expect(span.parentSpanID == spans.last?.spanID)
        #expect(span.attributes.get("http.request.method") == .string("POST"))
        #expect(span.attributes.get("http.response.status_code") == .int64(200))
        #expect(span.attributes.get("http.request.resend_count") == .int64(0))
        #expect(span.events.map(\.name) == ["attempt"])
        #expect(span.status == nil)
    }

    @Test("Tracing: an error is recorded", arguments: [400, 503])
    func anErrorIsMarked(_ status: Int) async throws {
        let tracer = InMemoryTracer()
        try await makePrivateCall(status: status, observer: TracingObserver(tracer: tracer))
        #expect(tracer.finishedSpans.first?.status?.code == .error)
    }

    // MARK: Several attempts

    /// Returns the span of a scripted call, and the durations of its pauses in milliseconds.
    private func trace(
        _ steps: [ScriptedTransport.Step], authorization: (any RequestAuthorization)? = nil
    ) async throws -> (span: FinishedInMemorySpan, pauses: [Int64]) {
        let tracer = InMemoryTracer()
        let pauses = try await makeScriptedCall(
            steps, authorization: authorization, observer: TracingObserver(tracer: tracer))
        #expect(tracer.finishedSpans.count == 1)
        return (try #require(tracer.finishedSpans.first), pauses)
    }

    private func values(_ key: String, _ span: FinishedInMemorySpan) -> [SpanAttribute] {
        span.events.compactMap { $0.attributes.get(key) }
    }

    @Test("Tracing: attempts and waits are events") func attemptsAndWaitsAreEvents() async throws {
        let (span, pauses) = try await trace([.response(503), .failure(.connectionLost), .response(200)])
        #expect(span.events.map(\.name) == ["attempt", "wait", "attempt", "wait", "attempt"])
        #expect(values("okta.attempt", span) == [.int64(1), .int64(2), .int64(3)])
        #expect(values("okta.outcome", span) == [.string("503"), .string("connectionLost"), .string("200")])
        #expect(values("okta.cause", span) == [.string("unavailable"), .string("connectionLost")])
        #expect(pauses.count == 2)
        #expect(values("okta.wait_ms", span) == pauses.map { SpanAttribute.int64($0) })
        #expect(span.attributes.get("http.request.resend_count") == .int64(2))
        #expect(span.attributes.get("http.response.status_code") == .int64(200))
        #expect(span.status == nil)
    }

    @Test("Tracing: a wait for the rate limit is an event") func aWaitForTheRateLimitIsAnEvent() async throws {
        let (span, pauses) = try await trace([.response(429), .response(200)])
        #expect(span.events.map(\.name) == ["attempt", "wait", "attempt"])
        #expect(values("okta.cause", span) == [.string("queue")])
        #expect(values("okta.wait_ms", span) == pauses.map { SpanAttribute.int64($0) })
    }

    @Test(
        "Tracing: a call without a response is recorded",
        arguments: [(TransportError.Kind.cancelled, "cancelled"), (.malformedResponse, "transport")])
    func callWithoutResponseIsRecorded(_ kind: TransportError.Kind, _ outcome: String) async throws {
        let (span, _) = try await trace([.failure(kind)])
        #expect(values("okta.outcome", span) == [.string(kind.rawValue)])
        #expect(span.attributes.get("error.type") == .string(outcome))
        #expect(span.attributes.get("http.response.status_code") == nil)
        #expect(span.status?.code == .error)
    }

    @Test("Tracing: a call that was not sent has a resend count of 0") func callThatWasNotSentHasResendCountOf0()
        async throws
    {
        let (span, _) = try await trace([], authorization: NoCredentials())
        #expect(span.events.isEmpty)
        #expect(span.attributes.get("http.request.resend_count") == .int64(0))
        #expect(span.attributes.get("error.type") == .string("authorization"))
    }

    // MARK: Span attributes

    @Test("Tracing: the wait for a turn is recorded with bucket, class and program")
    func theWaitForATurnIsRecorded() throws {
        let tracer = InMemoryTracer()
        var call = ObservedCall(method: "GET", template: "/api/v1/users/{}", orgURL: "https://acme.okta.com")
        call.priority = .bulk
        call.program = "hr-sync"
        let observed = try #require(TracingObserver(tracer: tracer).begin(call))
        var result = ObservedCall.Result(outcome: .response(200), attemptCount: 1, duration: .seconds(3))
        result.queueDuration = .seconds(2)
        observed.didFinish(result)
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.operationName == "GET /api/v1/users/{}")
        #expect(span.attributes.get("okta.priority") == .string("bulk"))
        #expect(span.attributes.get("okta.program") == .string("hr-sync"))
        #expect(span.attributes.get("okta.queue_ms") == .int64(2000))
    }

    @Test("Tracing: no span has private data") func noSpanHasPrivateData() async throws {
        let tracer = InMemoryTracer()
        try await makePrivateCall(status: 400, observer: TracingObserver(tracer: tracer))
        var text = ""
        dump(tracer.finishedSpans, to: &text)
        #expect(!text.contains("private"), "\(text)")
        #expect(text.contains("r1"))
    }
}
#endif
