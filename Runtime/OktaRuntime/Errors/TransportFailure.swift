public import HTTPTypes

extension OktaError {
    /// A call that received no complete response.
    public struct TransportFailure: Sendable, Hashable, CustomStringConvertible {
        /// The error of the transport.
        public var error: TransportError

        /// The method of the call; `nil` if the transport could not be started.
        public var method: HTTPRequest.Method?

        /// The path of the call, without its query.
        public var path: String?

        /// The attempts of the call before this one, in order.
        public var previousAttempts: [RetriedAttempt] = []

        /// The time that the call waited before its first attempt, under the rate limits and behind other calls of its
        /// client.
        public var queueDuration = Duration.zero

        /// Creates a failure.
        public init(_ error: TransportError, method: HTTPRequest.Method? = nil, path: String? = nil) {
            self.error = error
            self.method = method
            self.path = path
        }

        /// The call, what went wrong, and what to do next.
        public var description: String { advice.map { "\(event). \($0)" } ?? event }

        /// The call, and what went wrong.
        package var event: String {
            let call = [method?.rawValue, path].compactMap { $0 }.joined(separator: " ")
            return (call.isEmpty ? "\(error)" : "\(call): \(error)") + queueNote + previousAttempts.note
        }

        /// A note that explains a timeout after a long wait caused by the program's own calls.
        private var queueNote: String {
            guard error.kind == .timedOut, queueDuration >= .milliseconds(100) else { return "" }
            return ", after waiting \(queueDuration.inWords) for its turn among this client's calls"
        }

        /// A warning that the server may have executed the call.
        package var caution: String? {
            mayHaveChanged ? "The server may have executed the request; check before you retry the call." : nil
        }

        private var advice: String? {
            let sentences = [caution, remedy].compactMap { $0 }
            return sentences.isEmpty ? nil : sentences.joined(separator: " ")
        }

        /// Whether the call may have changed something in the org.
        private var mayHaveChanged: Bool {
            guard let method else { return false }
            return error.mayHaveReachedServer && !method.isSafe
        }

        /// The advice; `nil` if the error's text is sufficient.
        private var remedy: String? {
            switch error.kind {
            case .unknownHost: "Check the org URL and DNS."
            case .proxyFailed: "Check the proxy setting and the environment variable https_proxy."
            case .proxyAuthenticationFailed:
                "Check the user name and the password of the proxy setting, or of the environment variable https_proxy; Basic is "
                    + "the only supported scheme. The call is not retried, because the proxy may lock the account."
            case .proxyRefused:
                "Ask the proxy's operators to allow connections to the org's host, or set proxy to \"\" if none is needed."
            case .connectionFailed: "Check the network, firewall and proxy."
            case .tlsFailed:
                "Check whether a proxy or firewall on the way interferes, and whether a client certificate is required."
            case .untrustedCertificate:
                "If a proxy inspects traffic here, set caBundlePath to a PEM file with its certificate."
            case .invalidOptions: "Check caBundlePath, clientCertificate and proxy of the configuration."
            case .timedOut:
                mayHaveChanged
                    ? "Raise the timeout if the call needs longer."
                    : "Retry the call, request smaller pages, or raise the timeout."
            case .responseTooLarge:
                "Request smaller pages, or raise maximumResponseBytes, or for a stream its maximumBytes."
            case .malformedResponse:
                "Check host and port of the org URL, and whether a proxy or a sign-in page is in between."
            case .bodyFailed: "Check the source of the body, and that it is as long as announced."
            case .shutDown: "Make the call with a running transport, and before the process exits."
            case .connectionLost, .truncatedResponse: mayHaveChanged ? nil : "Retry the call."
            case .cancelled, .invalidRequest: nil
            default: mayHaveChanged ? nil : "Retry the call later; if it keeps failing, investigate the stated cause."
            }
        }
    }
}
