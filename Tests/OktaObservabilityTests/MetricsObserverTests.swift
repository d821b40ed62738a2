#if Metrics
import MetricsTestKit
import OktaObservability
import OktaRuntime
import Testing

@Suite struct MetricsObserverTests {
    private func action(
        _ method: String = "GET", orgURL: String = "https://acme.okta.com"
    ) -> [(String, String)] {
        [("org", orgURL), ("method", method), ("template", "/api/v1/users/{}")]
    }

    @Test("Metrics: calls are counted and timed") func callsAreCountedAndTimed() async throws {
        let metrics = TestMetrics()
        for status in [200, 200, 404] {
            try await makePrivateCall(status: status, observer: MetricsObserver(factory: metrics))
        }
        let action = action("POST")
        #expect(try metrics.expectCounter("okta_calls", action + [("outcome", "200")]).totalValue == 2)
        #expect(try metrics.expectCounter("okta_calls", action + [("outcome", "404")]).totalValue == 1)
        #expect(try metrics.expectCounter("okta_attempts", action + [("outcome", "200")]).totalValue == 2)
        #expect(try metrics.expectTimer("okta_call_duration", action).values.count == 3)
        #expect(try metrics.expectTimer("okta_attempt_duration", action).values.allSatisfy { $0 >= 0 })
        #expect(try metrics.expectRecorder("okta_rate_limit_remaining", action).lastValue == 599)
    }

    @Test("Metrics: orgs are distinguished") func orgsAreDistinguished() async throws {
        let metrics = TestMetrics()
        for orgURL in ["https://acme.okta.com", "https://globex.okta.com", "https://globex.okta.com"] {
            try await makePrivateCall(status: 200, orgURL: orgURL, observer: MetricsObserver(factory: metrics))
        }
        for (orgURL, count) in [("https://acme.okta.com", 1), ("https://globex.okta.com", 2)] {
            let action = action("POST", orgURL: orgURL)
            #expect(try metrics.expectRecorder("okta_rate_limit_remaining", action).values.count == count)
            #expect(try metrics.expectCounter("okta_calls", action + [("outcome", "200")]).values.count == count)
            #expect(try metrics.expectTimer("okta_call_duration", action).values.count == count)
            #expect(try metrics.expectTimer("okta_attempt_duration", action).values.count == count)
        }
    }

    @Test("Metrics: attempts and waits are counted") func attemptsAndWaitsAreCounted() async throws {
        let metrics = TestMetrics()
        try await makeScriptedCall(
            [.response(503), .failure(.connectionLost), .response(200)], observer: MetricsObserver(factory: metrics))
        for outcome in ["503", "connectionLost", "200"] {
            let counter = try metrics.expectCounter("okta_attempts", action() + [("outcome", outcome)])
            #expect(counter.totalValue == 1)
        }
        for cause in ["unavailable", "connectionLost"] {
            let counter = try metrics.expectCounter("okta_waits", action() + [("cause", cause)])
            #expect(counter.totalValue == 1)
        }
        #expect(try metrics.expectTimer("okta_attempt_duration", action()).values.count == 3)
        #expect(try metrics.expectTimer("okta_call_duration", action()).values.count == 1)
        #expect(try metrics.expectCounter("okta_calls", action() + [("outcome", "200")]).totalValue == 1)
    }

    @Test("Metrics: the wait for a turn is timed by class and program") func theWaitForATurnIsTimed() async throws {
        let metrics = TestMetrics()
        var call = ObservedCall(method: "GET", template: "/api/v1/users/{}", orgURL: "https://acme.okta.com")
        call.priority = .bulk
        call.program = "hr-sync"
        let observed = try #require(MetricsObserver(factory: metrics).begin(call))
        var result = ObservedCall.Result(outcome: .response(200), attemptCount: 1, duration: .seconds(3))
        result.queueDuration = .seconds(2)
        observed.didFinish(result)
        let place = [("priority", "bulk"), ("program", "hr-sync")]
        #expect(try metrics.expectTimer("okta_queue_duration", action() + place).values == [2_000_000_000])
        #expect(try metrics.expectTimer("okta_call_duration", action()).values == [3_000_000_000])
    }

    @Test("Metrics: a lost rate limit store is recorded") func aLostStoreIsRecorded() throws {
        let metrics = TestMetrics()
        let observer = MetricsObserver(factory: metrics)
        for state in [ObservedStore.State.unreachable(reason: "refused"), .reachable] {
            observer.storeDidChange(ObservedStore(orgURL: "https://acme.okta.com", state: state))
        }
        let gauge = try metrics.expectRecorder("okta_store_reachable", [("org", "https://acme.okta.com")])
        #expect(gauge.values == [0, 1])
    }

    @Test("Metrics: a wait for the rate limit is counted") func aWaitForTheRateLimitIsCounted() async throws {
        let metrics = TestMetrics()
        try await makeScriptedCall([.response(429), .response(200)], observer: MetricsObserver(factory: metrics))
        #expect(try metrics.expectCounter("okta_waits", action() + [("cause", "queue")]).totalValue == 1)
        #expect(try metrics.expectRecorder("okta_rate_limit_remaining", action()).values == [0])
    }

    @Test(
        "Metrics: a call without a response is counted",
        arguments: [(TransportError.Kind.cancelled, "cancelled"), (.malformedResponse, "transport")])
    func aCallWithoutAResponseIsCounted(_ kind: TransportError.Kind, _ outcome: String) async throws {
        let metrics = TestMetrics()
        try await makeScriptedCall([.failure(kind)], observer: MetricsObserver(factory: metrics))
        #expect(
            try metrics.expectCounter("okta_attempts", action() + [("outcome", kind.rawValue)]).totalValue == 1)
        #expect(try metrics.expectCounter("okta_calls", action() + [("outcome", outcome)]).totalValue == 1)
        #expect(metrics.recorders.isEmpty)
    }

    @Test("Metrics: a call that was not sent has no attempts") func aCallThatWasNotSentHasNoAttempts() async throws {
        let metrics = TestMetrics()
        try await makeScriptedCall([], authorization: NoCredentials(), observer: MetricsObserver(factory: metrics))
        #expect(try metrics.expectCounter("okta_calls", action() + [("outcome", "authorization")]).totalValue == 1)
        #expect(metrics.counters(label: "okta_attempts").isEmpty)
    }

    @Test("Metrics: no label has private data") func noLabelHasPrivateData() async throws {
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
