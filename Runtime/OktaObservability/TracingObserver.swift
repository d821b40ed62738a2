#if Tracing
public import OktaRuntime
public import Tracing

/// An observer that creates a span for each call of a client with swift-distributed-tracing. The span is a child of the
/// current one, is named after method and path template, and has an event for each attempt and wait.
///
/// Attributes follow OpenTelemetry's semantic conventions for HTTP clients if these define one. No trace context is
/// added to requests, because Okta does not participate in traces.
public struct TracingObserver: ClientObserver {
    private let tracer: (any Tracer)?

    /// Creates an observer.
    ///
    /// - Parameter tracer: The tracer; `nil` for the one that `InstrumentationSystem` was bootstrapped with.
    public init(tracer: (any Tracer)? = nil) {
        self.tracer = tracer
    }

    /// Starts the span of a call.
    public func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        let tracer: any Tracer = tracer ?? InstrumentationSystem.tracer
        let span = tracer.startAnySpan(call.bucket, ofKind: .client)
        span.attributes["http.request.method"] = call.method
        span.attributes["url.template"] = call.template
        span.attributes["okta.org"] = call.orgURL
        span.attributes["okta.priority"] = call.priority.rawValue
        if let program = call.program { span.attributes["okta.program"] = program }
        return TracedCall(span: span)
    }
}

private struct TracedCall: ObservedCall.Observer {
    let span: any Span

    func willWait(_ wait: ObservedCall.Wait) {
        var attributes: SpanAttributes = ["okta.cause": .string(wait.cause.name)]
        if let duration = wait.minimumDuration { attributes["okta.wait_ms"] = duration.milliseconds }
        span.addEvent(SpanEvent(name: "wait", attributes: attributes))
    }

    func didAttempt(_ attempt: ObservedCall.Attempt) {
        var attributes: SpanAttributes = [
            "okta.attempt": .int64(Int64(attempt.number)), "okta.outcome": .string(attempt.outcome.name),
            "okta.duration_ms": .int64(attempt.duration.milliseconds),
        ]
        if let id = attempt.requestID { attributes["okta.request_id"] = id }
        span.addEvent(SpanEvent(name: "attempt", attributes: attributes))
    }

    func didFinish(_ result: ObservedCall.Result) {
        span.attributes["okta.queue_ms"] = result.queueDuration.milliseconds
        // A call that ended before it was sent has no attempts.
        span.attributes["http.request.resend_count"] = max(0, result.attemptCount - 1)
        switch result.outcome {
        case .response(let status):
            span.attributes["http.response.status_code"] = status
            if status >= 400 { span.setStatus(SpanStatus(code: .error)) }
        case .failed(let failure):
            span.attributes["error.type"] = failure.rawValue
            span.setStatus(SpanStatus(code: .error))
        }
        span.end()
    }
}
#endif
