public import HTTPTypes

/// Authenticates with an API token from the Admin Console: `Authorization: SSWS …`.
///
/// A token has the permissions of the admin who created it, and expires after 30 days without use.
public struct APITokenAuthorization: RequestAuthorization {
    private let credentials: HeaderCredentials

    /// Checks a token for common copying mistakes.
    ///
    /// - Parameter token: The token, without `SSWS`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public init(_ token: String) throws(OktaError) {
        credentials = try HeaderCredentials("SSWS", token, as: .apiToken)
    }

    /// The token, the same for every request.
    public func credentials(for request: HTTPRequest, in session: AuthorizationContext) -> HTTPFields {
        credentials.fields
    }

    /// The kind of credentials; never the token.
    public var description: String { "API token" }
}

extension RequestAuthorization where Self == APITokenAuthorization {
    /// Authenticates with an API token from the Admin Console.
    ///
    /// - Parameter token: The token, without `SSWS`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public static func apiToken(_ token: String) throws(OktaError) -> APITokenAuthorization {
        try APITokenAuthorization(token)
    }
}

/// Authenticates with an OAuth 2.0 access token that the program supplies: `Authorization: Bearer …`.
///
/// Okta's access tokens expire after an hour, and this authorization does not renew them. Use it for short tasks, or
/// when another component issues tokens.
public struct BearerTokenAuthorization: RequestAuthorization {
    private let credentials: HeaderCredentials

    /// Checks a token for common copying mistakes.
    ///
    /// - Parameter token: The access token, without `Bearer`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public init(_ token: String) throws(OktaError) {
        credentials = try HeaderCredentials("Bearer", token, as: .accessToken)
    }

    /// The token, the same for every request.
    public func credentials(for request: HTTPRequest, in session: AuthorizationContext) -> HTTPFields {
        credentials.fields
    }

    /// The kind of credentials; never the token.
    public var description: String { "bearer token" }
}

extension RequestAuthorization where Self == BearerTokenAuthorization {
    /// Authenticates with an OAuth 2.0 access token that the program supplies.
    ///
    /// - Parameter token: The access token, without `Bearer`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public static func bearer(_ token: String) throws(OktaError) -> BearerTokenAuthorization {
        try BearerTokenAuthorization(token)
    }
}

/// A value of the `Authorization` header that is the same for every request and is never printed.
struct HeaderCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The single field, marked so that HTTP/2 and HTTP/3 do not add it to their dynamic tables.
    let fields: HTTPFields

    /// Checks a token for common copying mistakes.
    init(_ scheme: String, _ token: String, as kind: SecretToken.Kind) throws(OktaError) {
        let secret = try SecretToken(checking: token, as: kind)
        var field = HTTPField(name: .authorization, value: "\(scheme) \(secret.value)")
        field.indexingStrategy = .disallow
        fields = HTTPFields([field])
    }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
