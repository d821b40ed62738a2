internal import HTTPTypes

/// Why a call is attempted again.
public enum RetryReason: String, Sendable, Hashable {
    /// Its rate limit was used up: 429.
    case rateLimit
    /// Too many calls ran at the same time: 429 with a limit of 0.
    case concurrency
    /// The org was busy with something that excludes the call: 423, 503.
    case unavailable
    /// A server in between had no answer in time: 504.
    case gatewayTimeout
    /// No connection was made, nothing was sent over it, or the server turned the request away unread.
    case notSent
    /// The connection was lost before the answer was complete.
    case connectionLost
    /// The org wanted other credentials.
    case credentials
}

extension RetryPolicy {
    /// Why an answer calls for another attempt; `nil` when it is final.
    func reason(
        afterStatus status: HTTPResponse.Status, code: String?, signal: RateLimitSignal?, method: HTTPRequest.Method
    ) -> RetryReason? {
        switch status.code {
        case 429:
            switch signal {
            case .exhausted: .rateLimit
            case .concurrency: .concurrency
            case .business, nil: nil
            }
        case 423 where code == "E0000239":
            .unavailable
        // Read-only mode and a service that is down refuse before they do anything.
        case 503 where code == "E0000010" || code == "E0000181" || repeatableMethods.contains(method):
            .unavailable
        case 504 where method == .get || method == .head:
            .gatewayTimeout
        default:
            nil
        }
    }

    /// Why a failure on the way calls for another attempt; `nil` when it is final.
    func reason(after error: TransportError, method: HTTPRequest.Method) -> RetryReason? {
        switch error.kind {
        case .unknownHost, .proxyFailed, .connectionFailed, .tlsFailed, .timedOut, .connectionLost, .truncatedResponse:
            if !error.mayHaveReachedServer { return .notSent }
            return repeatableMethods.contains(method) ? .connectionLost : nil
        default:
            // Cancelled, shut down, a certificate that is not trusted, an answer that is too large or no HTTP: all of
            // these would be the same again.
            return nil
        }
    }
}
