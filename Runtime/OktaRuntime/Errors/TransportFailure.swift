public import HTTPTypes

/// A call that brought back no complete answer.
public struct TransportFailure: Sendable, Hashable, CustomStringConvertible {
    /// What went wrong on the way.
    public var error: TransportError

    /// The method of the call; `nil` when the transport could not even be started.
    public var method: HTTPRequest.Method?

    /// The path of the call, without its query.
    public var path: String?

    /// The attempts of the call before this one, in order.
    public var earlierAttempts: [CallAttempt] = []

    /// Creates a failure.
    public init(_ error: TransportError, method: HTTPRequest.Method? = nil, path: String? = nil) {
        self.error = error
        self.method = method
        self.path = path
    }

    /// The call, what went wrong, and what to do next.
    public var description: String {
        let call = [method?.rawValue, path].compactMap { $0 }.joined(separator: " ")
        let text = (call.isEmpty ? "\(error)" : "\(call): \(error)") + earlierAttempts.note
        return advice.map { "\(text). \($0)" } ?? text
    }

    private var advice: String? {
        switch error.kind {
        case .unknownHost: "Check the org URL and the network's name service."
        case .proxyFailed: "Check the proxy setting and the environment variable https_proxy."
        case .connectionFailed: "Check the network, firewall and proxy."
        case .untrustedCertificate:
            "If a proxy inspects traffic here, set caBundlePath to a PEM file with its certificate."
        case .timedOut: "Repeat the call, ask for smaller pages, or raise the timeout."
        case .responseTooLarge:
            "Ask for smaller pages, or raise maximumResponseBytes, or for a stream its maximumBytes."
        case .connectionLost, .truncatedResponse:
            error.mayHaveReachedServer
                ? "The server may have done the work; check before repeating a change." : "Repeat the call."
        default: nil
        }
    }
}
