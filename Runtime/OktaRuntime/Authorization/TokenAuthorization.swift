public import HTTPTypes

/// Signs in with an API token of the Admin Console: `Authorization: SSWS …`.
///
/// A token carries the rights of the admin who created it, and expires when it is not used for 30 days.
public struct APITokenAuthorization: RequestAuthorization {
    private let credentials: HeaderCredentials

    /// Checks a token for the mistakes that are made when one is copied.
    ///
    /// - Parameter token: The token, without `SSWS`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public init(_ token: String) throws(OktaError) {
        credentials = try HeaderCredentials("SSWS", token, as: .apiToken)
    }

    /// The token, for every request alike.
    public func credentials(for request: HTTPRequest, in session: AuthorizationContext) -> HTTPFields {
        credentials.fields
    }

    /// The kind of credentials; never the token.
    public var description: String { "API token" }
}

extension RequestAuthorization where Self == APITokenAuthorization {
    /// Signs in with an API token of the Admin Console.
    ///
    /// - Parameter token: The token, without `SSWS`.
    /// - Throws: ``OktaError/configuration(_:)``, which never repeats the token.
    public static func apiToken(_ token: String) throws(OktaError) -> APITokenAuthorization {
        try APITokenAuthorization(token)
    }
}

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
    public func credentials(for request: HTTPRequest, in session: AuthorizationContext) -> HTTPFields {
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

/// A value of the `Authorization` header that stays the same for every request, and that nothing prints.
struct HeaderCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The one field; marked so that HTTP/2 and HTTP/3 keep it out of their tables of seen values.
    let fields: HTTPFields

    /// Checks a token for the mistakes that are made when one is copied.
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
