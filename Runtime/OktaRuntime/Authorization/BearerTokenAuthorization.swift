public import HTTPTypes

/// Signs in with an OAuth 2.0 access token that the program already has: `Authorization: Bearer …`.
///
/// Okta's access tokens last an hour; nothing renews this one. Use it for short tasks, or where something else hands
/// out tokens.
public struct BearerTokenAuthorization: RequestAuthorization {
    private let credentials: HeaderCredentials

    /// Checks a token for the mistakes that are made when one is copied.
    ///
    /// - Parameter token: The access token, without `Bearer`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public init(_ token: String) throws(OktaError) {
        credentials = try HeaderCredentials("Bearer", token, as: .accessToken)
    }

    /// The token, for every request alike.
    public func fields(for request: HTTPRequest, in session: AuthorizationSession) -> HTTPFields {
        credentials.fields
    }

    /// The kind of credentials; never the token.
    public var description: String { "bearer token" }
}

extension RequestAuthorization where Self == BearerTokenAuthorization {
    /// Signs in with an OAuth 2.0 access token that the program already has.
    ///
    /// - Parameter token: The access token, without `Bearer`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public static func bearer(_ token: String) throws(OktaError) -> BearerTokenAuthorization {
        try BearerTokenAuthorization(token)
    }
}
