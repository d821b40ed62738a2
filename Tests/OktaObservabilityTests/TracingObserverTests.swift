#if Tracing
import InMemoryTracing
import OktaObservability
import Testing
import Tracing

@Suite struct TracingObserverTests {
    @Test func aCallIsASpanWithinTheCallers() async throws {
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

    @Test(arguments: [400, 503])
    func anErrorIsMarked(_ status: Int) async throws {
        let tracer = InMemoryTracer()
        try await makePrivateCall(status: status, observer: TracingObserver(tracer: tracer))
        #expect(tracer.finishedSpans.first?.status?.code == .error)
    }

    @Test func nothingPrivateIsInASpan() async throws {
        let tracer = InMemoryTracer()
        try await makePrivateCall(status: 400, observer: TracingObserver(tracer: tracer))
        var text = ""
        dump(tracer.finishedSpans, to: &text)
        #expect(!text.contains("private"), "\(text)")
        #expect(text.contains("r1"))
    }
}
#endif
