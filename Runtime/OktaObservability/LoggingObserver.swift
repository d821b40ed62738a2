#if Logging
public import Logging
public import OktaRuntime

/// An observer that logs the calls of a client with swift-log.
///
/// Successful calls have the level `debug`, 3xx and 4xx responses and waits `info`, and 5xx responses and calls without
/// a response `warning`. The loss of a rate limit store is logged once as `warning`, and its return as `notice`.
/// Entries contain the method, the path template, the status, Okta's request id, the attempt and times. They contain no
/// header fields, bodies, queries or interpolated values of a path; see `ObservedCall.template`.
public struct LoggingObserver: ClientObserver {
    private let logger: Logger

    /// Creates an observer.
    ///
    /// - Parameter logger: The logger, whose level determines the entries that are written.
    public init(logger: Logger = Logger(label: "okta")) {
        self.logger = logger
    }

    /// Starts logging a call.
    public func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        var logger = logger
        logger[metadataKey: "okta.method"] = "\(call.method)"
        logger[metadataKey: "okta.template"] = "\(call.template)"
        logger[metadataKey: "okta.org"] = "\(call.orgURL)"
        if call.priority != .interactive { logger[metadataKey: "okta.priority"] = "\(call.priority.rawValue)" }
        return LoggedCall(logger: logger, name: call.bucket)
    }

    /// Logs that the rate limit store became unreachable or reachable.
    public func storeDidChange(_ store: ObservedStore) {
        var metadata: Logger.Metadata = ["okta.org": "\(store.orgURL)"]
        switch store.state {
        case .unreachable(let reason):
            metadata["okta.reason"] = "\(reason)"
            logger.warning(
                "the rate limit store is unreachable; the client uses its share of each limit", metadata: metadata)
        case .reachable:
            logger.notice("the rate limit store is reachable again", metadata: metadata)
        }
    }
}

private struct LoggedCall: ObservedCall.Observer {
    let logger: Logger
    let name: String

    func willWait(_ wait: ObservedCall.Wait) {
        var metadata: Logger.Metadata = ["okta.attempt": "\(wait.attempt)", "okta.cause": "\(wait.cause.name)"]
        if let duration = wait.minimumDuration { metadata["okta.wait_ms"] = "\(duration.milliseconds)" }
        logger.info("\(name) waits", metadata: metadata)
    }

    func didAttempt(_ attempt: ObservedCall.Attempt) {
        var metadata: Logger.Metadata = [
            "okta.attempt": "\(attempt.number)", "okta.duration_ms": "\(attempt.duration.milliseconds)",
        ]
        if let id = attempt.requestID { metadata["okta.request_id"] = "\(id)" }
        if let limit = attempt.rateLimit {
            metadata["okta.rate_limit"] = "\(limit.limit)"
            metadata["okta.rate_remaining"] = "\(limit.remaining)"
        }
        switch attempt.outcome {
        case .response(let status): metadata["okta.status"] = "\(status)"
        case .failed(let kind): metadata["okta.failure"] = "\(kind.rawValue)"
        }
        logger.debug("\(name) attempted", metadata: metadata)
    }

    func didFinish(_ result: ObservedCall.Result) {
        var metadata: Logger.Metadata = [
            "okta.attempts": "\(result.attemptCount)", "okta.duration_ms": "\(result.duration.milliseconds)",
            "okta.outcome": "\(result.outcome.name)",
        ]
        if result.queueDuration > .zero { metadata["okta.queue_ms"] = "\(result.queueDuration.milliseconds)" }
        logger.log(level: result.outcome.level, "\(name) finished", metadata: metadata)
    }
}

extension ObservedCall.Result.Outcome {
    fileprivate var level: Logger.Level {
        switch self {
        case .response(200...299), .failed(.cancelled): .debug
        case .response(300...499): .info
        default: .warning
        }
    }
}
#endif
