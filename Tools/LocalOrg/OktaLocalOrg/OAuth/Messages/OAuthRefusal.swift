import OktaRuntime

/// An error of the OAuth endpoints: a code of RFC 6749 or an extension, and Okta's description.
struct OAuthRefusal: Error, Sendable {
    var status = 400
    var error: String
    var description: String
    /// Further members, such as the token of a sign-in that needs another factor.
    var members: [(String, JSON)] = []
    /// Header fields of the response, such as a new nonce.
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
    /// The error for a failure to sign a token.
    static let serverError = OAuthRefusal("server_error", "The server could not sign the token.", status: 500)

    var response: OrgResponse {
        var response = OrgResponse.json(
            JSON(members: [("error", JSON(error)), ("error_description", JSON(description))] + members), status: status)
        response.headers = OAuthResponse.uncached + headers
        return response
    }
}

/// Responses of the OAuth endpoints.
enum OAuthResponse {
    /// Header fields that prevent caching of tokens.
    static let uncached: [(name: String, value: String)] = [
        ("cache-control", "no-cache, no-store"), ("pragma", "no-cache"),
    ]

    static func json(_ json: JSON) -> OrgResponse {
        var response = OrgResponse.json(json)
        response.headers = uncached
        return response
    }
}
