public import HTTPTypes

extension OktaError {
    /// An invalid setting.
    public struct ConfigurationFailure: Sendable, Hashable, CustomStringConvertible {
        /// The problem, without the value, which may contain a secret.
        public var message: String

        /// The corrected value, if it is known.
        public var suggestion: String?

        /// The individual failures, if this one covers several settings.
        package var parts: [OktaError.ConfigurationFailure] = []

        /// The missing setting; `nil` for any other failure, or if this one covers several settings.
        package var missing: MissingSetting?

        /// Creates a failure.
        public init(message: String, suggestion: String? = nil) {
            self.message = message
            self.suggestion = suggestion
        }

        /// The message with the corrected value.
        public var description: String {
            suggestion.map { "\(message). Use \($0)" } ?? message
        }
    }
}

extension OktaError {
    /// No credentials are available for a call: the server refuses to issue a token, or the key cannot sign.
    public struct AuthorizationFailure: Sendable, Hashable, CustomStringConvertible {
        /// The problem and advice, without any token, key or assertion.
        public var message: String

        /// The OAuth error, such as `invalid_client`, if the server sent one.
        public var code: OktaErrorCode?

        /// Okta's id of the token request.
        public var requestID: String?

        /// Whether a retry may succeed without any change, because the org could not respond or is not ready.
        public var isTemporary = false

        /// Whether Okta responded that there is no org with that name.
        public var isUnknownOrg = false

        /// Creates a failure.
        public init(message: String, code: OktaErrorCode? = nil, requestID: String? = nil) {
            self.message = message
            self.code = code
            self.requestID = requestID
        }

        /// The message with the code and the request id.
        public var description: String {
            message + (code.map { " (\($0))" } ?? "") + (requestID.map { " [request \($0)]" } ?? "")
        }
    }
}

extension OktaError {
    /// A call that was not sent, because it could not be admitted before its deadline.
    public struct RateLimitFailure: Sendable, Hashable, CustomStringConvertible {
        /// The method and path template that the limit applies to, such as `GET /api/v1/users/{}`.
        public var bucket: String

        /// The limit that the newest response stated; `nil` if no response has stated one.
        public var rateLimit: RateLimit?

        /// The time that the call would still have had to wait; `nil` if other calls were ahead of it until its
        /// deadline.
        public var wait: Duration?

        /// The method of the call.
        public var method: HTTPRequest.Method

        /// The path of the call, without its query.
        public var path: String

        /// Creates a failure.
        public init(
            bucket: String, rateLimit: RateLimit? = nil, wait: Duration? = nil, method: HTTPRequest.Method, path: String
        ) {
            self.bucket = bucket
            self.rateLimit = rateLimit
            self.wait = wait
            self.method = method
            self.path = path
        }

        /// The call, the limit that it waited for, and what to do next.
        public var description: String {
            let advice =
                wait == nil
                ? "Make fewer calls at once, or raise the timeout or rateLimits.maximumWait."
                : "Raise the timeout or rateLimits.maximumWait, make fewer calls, or raise rateLimits.utilization."
            return "\(event). \(advice)"
        }

        /// The call, and the limit that it waited for.
        package var event: String {
            let call = "\(method.rawValue) \(path) was not sent"
            guard let wait else {
                return "\(call): other calls of this client were ahead of it for longer than its timeout"
            }
            let limit = rateLimit.map { " of \($0.limit) calls" } ?? ""
            return
                "\(call): the client's share of the limit\(limit) for \(bucket) is used up for another \(wait.inWords), "
                + "longer than the call may take"
        }
    }
}

extension OktaError {
    /// A response that does not match the declared type of the action.
    public struct DecodingFailure: Sendable, Hashable, CustomStringConvertible {
        /// The mismatch and its position in the response, without the content of the response.
        public var reason: String

        /// The method of the call.
        public var method: HTTPRequest.Method

        /// The path of the call, without its query.
        public var path: String

        /// Okta's id of the request; `nil` if the response did not come from an org.
        public var requestID: String?

        /// The advice for the program, if there is any.
        public var remedy: String?

        /// Creates a failure.
        public init(reason: String, method: HTTPRequest.Method, path: String, requestID: String? = nil) {
            self.reason = reason
            self.method = method
            self.path = path
            self.requestID = requestID
        }

        /// The call, the mismatch, the request id, and what to do next.
        public var description: String {
            var text = "\(method.rawValue) \(path): \(reason)"
            if let requestID { text += " (request \(requestID))" }
            if !text.hasSuffix(".") { text += "." }
            if !method.isSafe {
                // A response without a request id may come from a proxy, so the org may not have received the call.
                text +=
                    requestID == nil
                    ? " The org may have executed the call."
                    : " The org has accepted and executed the call."
                text += " Read the object before you change it again."
            }
            return "\(text) \(advice)"
        }

        private var advice: String {
            if requestID == nil {
                return
                    "Responses of an org have a request id, but this one has none; check the org URL, and whether a proxy or a "
                    + "sign-in page is in between."
            }
            return remedy ?? "To see the raw response, make the call with the client's request(_:_:) and read its body."
        }
    }
}

/// A missing setting, for programs that give different advice than the library.
package struct MissingSetting: Sendable, Hashable {
    /// The name of the setting, such as `orgUrl`.
    package let name: String
    /// The setting in words, such as `the API token`.
    package let what: String
    /// The environment variable of the setting.
    package let variable: String
    /// Remarks on related variables and settings.
    package let remarks: [String]
}
