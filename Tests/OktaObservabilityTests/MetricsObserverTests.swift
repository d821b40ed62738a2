#if Metrics
import MetricsTestKit
import OktaObservability
import Testing

@Suite struct MetricsObserverTests {
    @Test func callsAreCountedAndTimed() async throws {
        let metrics = TestMetrics()
        for status in [200, 200, 404] {
            try await makePrivateCall(status: status, observer: MetricsObserver(factory: metrics))
        }
        let action = [("method", "POST"), ("template", "/api/v1/users/{}")]
        #expect(try metrics.expectCounter("okta_calls", action + [("outcome", "200")]).totalValue == 2)
        #expect(try metrics.expectCounter("okta_calls", action + [("outcome", "404")]).totalValue == 1)
        #expect(try metrics.expectCounter("okta_attempts", action + [("outcome", "200")]).totalValue == 2)
        #expect(try metrics.expectTimer("okta_call_duration", action).values.count == 3)
        #expect(try metrics.expectTimer("okta_attempt_duration", action).values.allSatisfy { $0 >= 0 })
        #expect(try metrics.expectRecorder("okta_rate_limit_remaining", action).lastValue == 599)
    }

    @Test func nothingPrivateIsInALabel() async throws {
        let metrics = TestMetrics()
        try await makePrivateCall(status: 400, observer: MetricsObserver(factory: metrics))
        let text =
            "\(metrics.counters.map(\.dimensions)) \(metrics.timers.map(\.dimensions)) "
            + "\(metrics.recorders.map(\.dimensions))"
        #expect(!text.contains("private"), "\(text)")
        #expect(text.contains("/api/v1/users/{}"))
    }
}
#endif
