/// No credentials are available for a call: the server refuses to issue a token, or the key cannot sign.
public struct AuthorizationFailure: Sendable, Hashable, CustomStringConvertible {
    /// The problem, and what to do; never a token, key or assertion.
    public var message: String

    /// The OAuth error, such as `invalid_client`, when the server sent one.
    public var code: OktaErrorCode?

    /// Okta's id of the request for a token.
    public var requestID: String?

    /// Whether a retry may succeed without any change: the org could not respond, or is not ready yet.
    public var isTemporary = false

    /// Whether the response came from Okta, which has no org with that name.
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
