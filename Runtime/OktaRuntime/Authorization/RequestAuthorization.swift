public import HTTPTypes

/// Adds credentials to a client's requests: an API token, a bearer token, or a scheme from another module.
///
/// The client requests the fields for every attempt of a call, with the final method and URL, and passes it every
/// response. The description of an implementation must not contain a secret.
public protocol RequestAuthorization: Sendable, CustomStringConvertible {
    /// Returns the header fields that carry the credentials of one attempt, such as `Authorization`.
    ///
    /// The function must return or throw before the context's ``AuthorizationContext/deadline``, and as soon as the
    /// task is cancelled.
    ///
    /// - Parameters:
    ///   - request: The request as it will be sent, without credentials.
    ///   - context: The parts of the client that the authorization may use for its requests.
    /// - Throws: ``OktaError``. ``OktaError/authorization(_:)`` if no credentials are available.
    func credentials(for request: HTTPRequest, in context: AuthorizationContext) async throws(OktaError) -> HTTPFields

    /// Inspects the response to an attempt. Types with static credentials need not implement this.
    ///
    /// - Parameters:
    ///   - response: The status, header fields and body; without the body for a streamed 2xx response.
    ///   - request: The request as it was sent, including credentials.
    ///   - context: The parts of the client that the authorization may use for its requests.
    /// - Returns: Whether new credentials may help. The client then retries, at most once per call.
    func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) async -> AuthorizationContext.Refresh

    /// An identifier of the token or app for which the org counts the calls, because every token and app has a separate
    /// limit. Programs that share rate limits use it. It must not be a secret. All types that do not implement it have
    /// the same identifier.
    var principal: String { get }
}

extension RequestAuthorization {
    /// The identifier shared by all authorizations that do not implement this property. They count as one principal.
    public var principal: String { "default" }

    /// Returns `unchanged`, because another attempt with static credentials would have the same result.
    public func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) -> AuthorizationContext.Refresh {
        .unchanged
    }
}

/// An authorization whose credentials are the same for all requests and do not change after a response. The client adds
/// them without calling ``RequestAuthorization/credentials(for:in:)`` for every attempt.
protocol FixedAuthorization: RequestAuthorization {
    /// The header fields that carry the credentials.
    var fixedFields: HTTPFields { get }
}

extension AuthorizationContext {
    /// The decision of an authorization about a response.
    public enum Refresh: Sendable, Hashable {
        /// The credentials did not cause this response, or new ones would not change it.
        case unchanged
        /// The next attempt will use new credentials, so a retry is worthwhile.
        case refreshed
    }
}

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

    /// Returns the token, the same for every request.
    public func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields {
        credentials.fields
    }

    /// An identifier that is derived from a hash of the token.
    public var principal: String { credentials.principal }

    /// The kind of credentials; never the token.
    public var description: String { "API token" }
}

extension APITokenAuthorization: FixedAuthorization {
    var fixedFields: HTTPFields { credentials.fields }
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

    /// Returns the token, the same for every request.
    public func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields {
        credentials.fields
    }

    /// An identifier that is derived from a hash of the token.
    public var principal: String { credentials.principal }

    /// The kind of credentials; never the token.
    public var description: String { "bearer token" }
}

extension BearerTokenAuthorization: FixedAuthorization {
    var fixedFields: HTTPFields { credentials.fields }
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

    /// An identifier of the token: its 64-bit FNV-1a hash, which is too short to recover the token from.
    var principal: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (fields[.authorization] ?? "").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "token-\(String(hash, radix: 36))"
    }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// A validated token that is never printed.
struct SecretToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name of a kind of token, and where to get a new one.
    struct Kind: Sendable {
        let name: String
        let placeholders: [String]
        let source: String

        static let apiToken = Kind(
            name: "API token", placeholders: ["apitoken", "{apiToken}"],
            source: "create one in the Admin Console under Security, API, Tokens")
        static let accessToken = Kind(
            name: "access token", placeholders: ["accesstoken", "{accessToken}"],
            source: "request one from the org's token endpoint")
    }

    let value: String

    /// Checks a token for common copying mistakes.
    init(checking text: String, as kind: Kind) throws(OktaError) {
        // Files and shells add trailing line breaks.
        let token = text.trimmingSpace()
        if let problem = Self.problem(with: token, kind) {
            throw .configuration(.init(message: "the \(kind.name) \(problem)"))
        }
        value = token
    }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// Returns a message about an invalid token; `nil` for a valid one. The message never contains the token.
    private static func problem(with token: String, _ kind: Kind) -> String? {
        if token.isEmpty { return "is empty; \(kind.source)" }
        if token.contains("{") || token.contains("}") || token.contains("<")
            || kind.placeholders.contains(token.lowercased())
        {
            return "is a placeholder such as \(kind.placeholders.last ?? ""); replace it with your token"
        }
        for scheme in ["SSWS", "Bearer", "DPoP"] where token.lowercased().hasPrefix(scheme.lowercased() + " ") {
            return "begins with an authorization scheme; remove \"\(scheme)\" and the space"
        }
        let isHost = OktaDomains.all.contains { token.lowercased().hasSuffix("." + $0) }
        if isHost || token.contains("://") { return "is a URL; the org's URL and the token are swapped" }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "contains a space, a line break or a character that is not valid in a token; copy it again"
        }
        if token.hasPrefix("\"") || token.hasPrefix("'") { return "is in quotation marks; remove them" }
        return nil
    }
}
