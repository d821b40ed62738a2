import HTTPTypes
internal import OktaRuntime

/// The response of the token endpoint.
enum TokenResponse: Sendable {
    /// A token, with its type in lower case and its lifetime in seconds.
    case granted(value: String, type: String, lifetime: Int)
    case refused(TokenErrorResponse)

    init(_ exchange: AuthorizationContext.Exchange<TokenRequest>) {
        let response = exchange.response
        var refusal = TokenErrorResponse(status: response.head.status.code)
        refusal.signal = exchange.signal
        refusal.rateLimit = exchange.rateLimit
        guard let error = exchange.error else {
            if let body = try? JSON(parsing: response.body), let value = body[string: "access_token"],
                Self.isToken(value)
            {
                // Okta always states both. The defaults match Okta's tokens.
                let type = body[string: "token_type"]?.lowercased() ?? "bearer"
                let lifetime = body[int: "expires_in"] ?? body[string: "expires_in"].flatMap { Int($0) } ?? 3600
                self = .granted(value: value, type: type, lifetime: max(0, lifetime))
                return
            }
            refusal.isUnreadable = true
            refusal.requestID = response.shownRequestID
            self = .refused(refusal)
            return
        }
        refusal.code = error.code
        refusal.summary = error.summary
        refusal.requestID = error.requestID
        refusal.retryAfter = error.retryAfter
        refusal.isUnreadable = !error.isReadable
        // Every response of an org has a code or a request id.
        refusal.isUnknownOrg = error.isUnknownOrg
        self = .refused(refusal)
    }

    /// Returns whether a text can be sent as a token in a header field.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// A response without a token.
struct TokenErrorResponse: Sendable, Hashable {
    var status: Int

    /// The OAuth error, such as `invalid_client`, or Okta's own code.
    var code: OktaErrorCode?

    /// The server's message for people, safe to display.
    var summary: String?

    /// Okta's id of the request.
    var requestID: String?

    /// The meaning of a 429 response.
    var signal: RateLimitSignal?

    /// The rate limit of token requests, if the response states one.
    var rateLimit: RateLimit?

    /// The wait that the server requests, if any.
    var retryAfter: Duration?

    /// Whether the rate limit is used up. A limit of 0 means too many concurrent requests.
    var isUsedUp: Bool { status == 429 && rateLimit.map { $0.limit > 0 && $0.remaining == 0 } ?? false }

    /// Whether this is the response for a host without an org.
    var isUnknownOrg = false

    /// Whether the response is not in the format of a token endpoint.
    var isUnreadable = false
}

extension TokenErrorResponse {
    /// Returns the error for callers, with the server's message and advice.
    func failure(for client: TokenClient) -> OktaError {
        var message = "the org issued no access token to client \(client.assertion.clientID)"
        if let summary, !summary.isEmpty {
            message += ": \(summary)"
        } else if code == nil {
            message += ": it responded with \(status)"
        }
        if let advice = advice(for: client) {
            if !message.hasSuffix(".") { message += "." }
            message += " \(advice)"
        }
        var failure = OktaError.AuthorizationFailure(message: message, code: code, requestID: requestID)
        failure.isTemporary = isTransient
        failure.isUnknownOrg = isUnknownOrg
        return .authorization(failure)
    }

    private func advice(for client: TokenClient) -> String? {
        switch code?.rawValue {
        case "invalid_client":
            return
                "Check the client id, that the app is active and signs in with Public key / Private key, and that the "
                + "public half of the \(client.assertion.key) is among its active keys."
                + (client.assertion.key.keyID == nil ? " The key has no key id; set it to the app's kid." : "")
        case "invalid_scope":
            return
                "Grant the app these scopes in the Admin Console under Applications, the app, Okta API Scopes, or request "
                + "fewer: \(client.scopes.joined(separator: " "))"
        case "unauthorized_client":
            return "The app may not use the client credentials grant; it must be an API Services app."
        case "unsupported_grant_type":
            return "Check that the org URL is the org's own, without an authorization server in its path."
        case "access_denied":
            return "Check the org's policies, the app's network zones, and that the app has an admin role."
        case "invalid_dpop_proof":
            return client.options.dpop == .never
                ? "The app requires DPoP; allow it in the client (.automatic), or turn it off in the app's settings."
                : "Check this machine's clock."
        case "use_dpop_nonce":
            return client.options.dpop == .never
                ? "The app requires DPoP; allow it in the client (.automatic), or turn it off in the app's settings."
                : "The org kept requesting another nonce; retry the call later."
        default:
            break
        }
        if isUnknownOrg { return "There is no Okta org at this address; check the org URL." }
        switch status {
        case 429:
            return "Too many token requests; retry the call in a minute, and share one client among callers."
        case 300...399: return "The client does not follow redirects; check that the org URL is the org's own."
        case 500...599: return "Okta could not respond; retry the call later, and see status.okta.com."
        default:
            return isUnreadable
                ? "The response is not from Okta's token endpoint; check the org URL and any proxies." : nil
        }
    }
}
