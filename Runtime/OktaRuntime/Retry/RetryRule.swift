package import HTTPTypes

/// A row of the retry table. Calls, lists and streams use the table. Token requests use it with the rules for reads. A
/// tail waits for the end of errors that it marks as transient.
///
/// The documentation contains the same table, and a test compares the two.
struct RetryRule: Sendable {
    /// The result of an attempt.
    enum Event: Sendable, Hashable, CaseIterable {
        /// The server did not receive the request or did not process it, as the transport knows.
        case notSent
        /// There was no complete response, although the server may have processed the request.
        case responseLost
        /// 429 for the rate limit.
        case rateLimit
        /// 429 for too many concurrent calls.
        case concurrency
        /// 429 for another quota.
        case quota
        /// A code that means the org did no work and will accept the same call later.
        case transientRefusal
        /// 503 without such a code.
        case unavailable
        /// Any other status in ``RetryPolicy/transientStatuses``.
        case transientStatus
        /// 401, and the authorization has new credentials.
        case credentials
        /// A proxy rejects the client.
        case proxyRefusal
        /// Any other result.
        case final
    }

    /// The calls that are retried.
    enum Calls: String, Sendable, Hashable {
        case all = "every call"
        /// The methods in ``RetryPolicy/idempotentMethods``.
        case repeatable = "`GET`, `HEAD`, `PUT`; set by `idempotentMethods`"
        case reads = "`GET`, `HEAD`"
        case none = "none"
    }

    let event: Event
    let calls: Calls
    /// The event, the wait before the next attempt, and the reason, for the documentation.
    let title, wait, why: String

    static let table = [
        RetryRule(
            event: .notSent, calls: .all,
            title: "The request did not reach the server: no address, no connection, no TLS, or a refused stream",
            wait: backoff, why: "The org did no work."),
        RetryRule(
            event: .responseLost, calls: .repeatable,
            title: "The connection was lost or timed out before a complete response",
            wait: backoff, why: "The org may have done the work; these methods are idempotent."),
        RetryRule(
            event: .rateLimit, calls: .all, title: "429 with `E0000047`, or without an Okta code",
            wait:
                "`Retry-After`, otherwise the reset of the limit if it is in the future, otherwise four times the backoff",
            why: "The org refused the call before it did any work."),
        RetryRule(
            event: .concurrency, calls: .all, title: "429 with a limit of 0 and 0 remaining: too many concurrent calls",
            wait: "`Retry-After`, otherwise 0.5 to 2 seconds; and a lower concurrency limit afterwards",
            why: "The org refused the call before it did any work."),
        RetryRule(
            event: .quota, calls: .none, title: "429 with any other Okta code", wait: "",
            why: "A quota of text messages, calls or emails is used up, for up to 30 days."),
        RetryRule(
            event: .transientRefusal, calls: .all, title: "503 with `E0000010` or `E0000181`, 423 with `E0000239`",
            wait: retryAfterOrBackoff, why: "The org did no work, and will accept the call later."),
        RetryRule(
            event: .unavailable, calls: .repeatable, title: "503 without such a code", wait: retryAfterOrBackoff,
            why: "The org may have done the work; these methods are idempotent."),
        RetryRule(
            event: .transientStatus, calls: .reads,
            title:
                "408, and 5xx except \(permanentStatuses.sorted().map(String.init).joined(separator: ", ")); set by `transientStatuses`",
            wait: retryAfterOrBackoff,
            why: "The org may have done the work, or still be working; a read changes nothing."),
        RetryRule(
            event: .credentials, calls: .all, title: "401, and a new access token may help", wait: "none",
            why: "The org refused the call before it did any work. Once per call."),
        RetryRule(
            event: .proxyRefusal, calls: .none, title: "A proxy responds to `CONNECT` with 407, 403 or another 4xx",
            wait: "",
            why: "A retry would be refused too, and may lock the account."),
        RetryRule(
            event: .final, calls: .none,
            title: "Everything else: other statuses, an untrusted certificate, a response that is not HTTP",
            wait: "", why: "A retry would fail in the same way."),
    ]

    private static let backoff = "backoff"
    private static let retryAfterOrBackoff = "`Retry-After`, otherwise backoff"

    /// The 5xx statuses that are permanent.
    static let permanentStatuses: Set<Int> = [501, 505, 506, 508, 510, 511]

    /// The table in Markdown.
    static var documentation: String {
        let rows = table.map { "| \($0.title) | \($0.calls.rawValue) | \($0.wait) | \($0.why) |" }
        return (["| Event | Retried | Wait | Why |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// Returns whether a call with a method is retried.
    func covers(_ method: HTTPRequest.Method, under policy: RetryPolicy) -> Bool {
        switch calls {
        case .all: true
        case .repeatable: policy.idempotentMethods.contains(method)
        case .reads: method.isSafe
        case .none: false
        }
    }
}

extension RetryRule.Event {
    /// Whether the same call may succeed later without any change.
    var isTransient: Bool {
        switch self {
        case .notSent, .responseLost, .rateLimit, .concurrency, .transientRefusal, .unavailable, .transientStatus: true
        case .quota, .credentials, .proxyRefusal, .final: false
        }
    }

    /// Determines the event of an attempt with a response.
    init(status: Int, code: OktaErrorCode?, signal: RateLimitSignal?, policy: RetryPolicy) {
        self =
            switch signal {
            case .exhausted: .rateLimit
            case .concurrency: .concurrency
            case .quota: .quota
            case nil where code?.isTransientRefusal(status: status) ?? false: .transientRefusal
            case nil where status == 503 && policy.transientStatuses.contains(503): .unavailable
            case nil where policy.transientStatuses.contains(status): .transientStatus
            case nil: .final
            }
    }

    /// Determines the event of an attempt without a complete response.
    init(_ error: TransportError) {
        self =
            switch error.kind {
            case .proxyAuthenticationFailed, .proxyRefused: .proxyRefusal
            case .unknownHost, .proxyFailed, .connectionFailed, .tlsFailed, .timedOut, .connectionLost,
                .truncatedResponse:
                error.mayHaveReachedServer ? .responseLost : .notSent
            default: .final
            }
    }

    /// The rule for the event.
    var rule: RetryRule? { RetryRule.table.first { $0.event == self } }
}

extension RetryPolicy {
    /// Returns the reason to retry after a response; `nil` if it is final.
    package func reason(
        afterStatus status: Int, code: OktaErrorCode?, signal: RateLimitSignal?, method: HTTPRequest.Method
    ) -> RetriedAttempt.RetryReason? {
        let event = RetryRule.Event(status: status, code: code, signal: signal, policy: self)
        guard event.rule?.covers(method, under: self) ?? false else { return nil }
        return switch event {
        case .rateLimit: .rateLimit
        case .concurrency: .concurrency
        case .transientStatus: status == 408 || status == 504 ? .gatewayTimeout : .serverError
        default: .unavailable
        }
    }

    /// Returns the reason to retry after a transport error; `nil` if it is final.
    package func reason(after error: TransportError, method: HTTPRequest.Method) -> RetriedAttempt.RetryReason? {
        let event = RetryRule.Event(error)
        guard event.rule?.covers(method, under: self) ?? false else { return nil }
        return event == .notSent ? .notSent : .connectionLost
    }
}

/// The header fields with which Okta's own SDKs mark a request as a retry.
enum RetryHeaders {
    /// Adds the number of the retry, and the id of the first request that received a response.
    static func apply(_ earlier: [RetriedAttempt], to fields: inout HTTPFields) {
        if let name = count { fields[name] = String(earlier.count) }
        if let name = first, let id = earlier.lazy.compactMap(\.requestID).first(where: isHeaderValue) {
            fields[name] = id
        }
    }

    private static let count = HTTPField.Name("X-Okta-Retry-Count")
    private static let first = HTTPField.Name("X-Okta-Retry-For")

    /// Returns whether a request id from the server can be sent in a header field.
    private static func isHeaderValue(_ text: String) -> Bool {
        text.utf8.count <= 128 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
