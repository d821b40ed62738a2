/// No credentials for a call are to be had: the server refuses to give a token, or the key cannot sign.
public struct AuthorizationFailure: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what to do; no token, no key, no assertion.
    public var message: String

    /// The OAuth error, such as `invalid_client`, when the server gave one.
    public var code: OktaErrorCode?

    /// Okta's id of the request for a token.
    public var requestID: String?

    /// Whether the same may succeed later though nobody changes anything: the org could not answer, or not yet again.
    public var isTemporary = false

    /// Whether what answered is Okta, and has no org of that name.
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
