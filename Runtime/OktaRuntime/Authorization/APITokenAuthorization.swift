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
    public func fields(for request: HTTPRequest, in session: AuthorizationSession) -> HTTPFields {
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
