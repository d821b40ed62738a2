import OktaRuntime

/// A refusal of the OAuth endpoints: an error code of RFC 6749 or an extension, and Okta's description.
struct OAuthRefusal: Error, Sendable {
    var status = 400
    var error: String
    var description: String
    /// Members beside the two of every refusal, such as the token of a sign-in that needs another factor.
    var members: [(String, JSON)] = []
    /// Header fields beside the body, such as a new nonce.
    var headers: [(name: String, value: String)] = []

    init(_ error: String, _ description: String, status: Int = 400) {
        self.error = error
        self.description = description
        self.status = status
    }

    static func invalidClient(_ description: String) -> OAuthRefusal {
        OAuthRefusal("invalid_client", description, status: 401)
    }

    static func invalidGrant(_ description: String) -> OAuthRefusal { OAuthRefusal("invalid_grant", description) }

    static func invalidRequest(_ description: String) -> OAuthRefusal { OAuthRefusal("invalid_request", description) }

    static func invalidScope(_ description: String) -> OAuthRefusal { OAuthRefusal("invalid_scope", description) }

    static func accessDenied(_ description: String) -> OAuthRefusal { OAuthRefusal("access_denied", description) }

    static let unknownScope = invalidScope(
        "One or more scopes are not configured for the authorization server resource.")
    static let policyDenied = accessDenied(
        "Policy evaluation failed for this request, please check the policy configurations.")
    static let notAssigned = accessDenied("User is not assigned to the client application.")
    /// Keys could not be used; the org's own failure.
    static let serverError = OAuthRefusal("server_error", "The server could not sign the token.", status: 500)

    var reply: Reply {
        var reply = Reply.json(
            JSON(members: [("error", JSON(error)), ("error_description", JSON(description))] + members), status: status)
        reply.headers = OAuthReply.uncached + headers
        return reply
    }
}

/// Answers of the OAuth endpoints.
enum OAuthReply {
    /// Tokens must not be kept by caches.
    static let uncached: [(name: String, value: String)] = [
        ("cache-control", "no-cache, no-store"), ("pragma", "no-cache"),
    ]

    static func json(_ json: JSON) -> Reply {
        var reply = Reply.json(json)
        reply.headers = uncached
        return reply
    }
}
