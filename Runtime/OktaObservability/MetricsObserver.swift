#if Metrics
public import CoreMetrics
public import OktaRuntime

/// An observer that counts and times the calls of a client with swift-metrics.
///
/// Unless stated otherwise, a metric has the dimensions `org` (the org's URL, so that clients of several orgs have
/// separate metrics), `method`, and `template` (the path with `{}` for each value). Timers record nanoseconds, the unit of
/// swift-metrics. Some metrics have additional dimensions:
///
/// | Label | Kind | Additional dimension |
/// |---|---|---|
/// | `okta_calls` | counter | `outcome`: the status, or the kind of failure |
/// | `okta_call_duration` | timer, including waits and all attempts | |
/// | `okta_attempts` | counter | `outcome` |
/// | `okta_attempt_duration` | timer | |
/// | `okta_queue_duration` | timer: the wait for the first turn under the rate limits | `priority` and `program` |
/// | `okta_store_reachable` | gauge: 1, or 0 when the rate limit store cannot be reached | only `org` |
/// | `okta_waits` | counter | `cause`: `queue`, or the reason for a retry |
/// | `okta_rate_limit_remaining` | gauge: calls left in the window, as last stated | |
public struct MetricsObserver: ClientObserver {
    private let factory: (any MetricsFactory)?

    /// Creates an observer.
    ///
    /// - Parameter factory: The metrics factory; `nil` for the one that `MetricsSystem` was bootstrapped with.
    public init(factory: (any MetricsFactory)? = nil) {
        self.factory = factory
    }

    /// Starts measuring a call.
    public func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        MeasuredCall(
            factory: factory ?? MetricsSystem.factory,
            action: [("org", call.orgURL), ("method", call.method), ("template", call.template)],
            place: [("priority", call.priority.rawValue), ("program", call.program ?? "")])
    }

    /// Records that the rate limit store became unreachable or reachable.
    public func storeDidChange(_ store: ObservedStore) {
        let gauge = Gauge(
            label: "okta_store_reachable", dimensions: [("org", store.orgURL)],
            factory: factory ?? MetricsSystem.factory)
        gauge.record(store.state == .reachable ? 1 : 0)
    }
}

private struct MeasuredCall: ObservedCall.Observer {
    let factory: any MetricsFactory
    let action: [(String, String)]
    /// The dimensions `priority` and `program` of the call.
    let place: [(String, String)]

    func willWait(_ wait: ObservedCall.Wait) {
        count("okta_waits", ("cause", wait.cause.name))
    }

    func didAttempt(_ attempt: ObservedCall.Attempt) {
        count("okta_attempts", ("outcome", attempt.outcome.name))
        time("okta_attempt_duration", attempt.duration)
        if let limit = attempt.rateLimit {
            Gauge(label: "okta_rate_limit_remaining", dimensions: action, factory: factory).record(limit.remaining)
        }
    }

    func didFinish(_ result: ObservedCall.Result) {
        count("okta_calls", ("outcome", result.outcome.name))
        time("okta_call_duration", result.duration)
        Timer(label: "okta_queue_duration", dimensions: action + place, factory: factory)
            .recordNanoseconds(result.queueDuration.nanoseconds)
    }

    private func count(_ label: String, _ dimension: (String, String)) {
        Counter(label: label, dimensions: action + [dimension], factory: factory).increment()
    }

    private func time(_ label: String, _ duration: Duration) {
        Timer(label: label, dimensions: action, factory: factory).recordNanoseconds(duration.nanoseconds)
    }
}
#endif
