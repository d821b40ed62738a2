public import HTTPTypes
public import OktaRuntime
import Synchronization

/// Authenticates as an app, with OAuth 2.0 client credentials and a private key (`private_key_jwt`).
///
/// ```swift
/// let authorization = try OAuthClientCredentials(
///     clientID: "0oa1b2c3d4e5f6g7h8i9",
///     scopes: ["okta.users.read", "okta.groups.manage"],
///     privateKey: OAuthPrivateKey(pem, keyID: "kid-of-the-app"))
/// let okta = try OktaClient(
///     configuration: OktaConfiguration(orgURL: "https://acme.okta.com", authorization: authorization))
/// ```
///
/// The app is an API Services app of the org. It needs the public key, a grant for each scope, and an admin role. A
/// token is requested when the first call needs one, renewed before it expires, and replaced once if the API rejects
/// it. Concurrent callers share one token request. Proof of possession (DPoP) follows the org's requirement; see
/// ``DPoPMode``. Copies, and clients that share a copy, share the token. The key and tokens are never printed.
public struct OAuthClientCredentials: RequestAuthorization {
    /// The options for requesting and using tokens.
    public typealias Options = OAuthOptions

    /// The app's id in the org, such as `0oa1b2c3d4e5f6g7h8i9`.
    public let clientID: String

    /// The scopes to request.
    public let scopes: [String]

    private let tokens: TokenSources

    /// Validates the settings. Sends no request.
    ///
    /// - Parameters:
    ///   - clientID: The app's client id.
    ///   - scopes: The scopes to request, at least one, such as `okta.users.read`. An action's documentation names the
    ///     scopes it needs.
    ///   - privateKey: The private key whose public key is registered in the app.
    ///   - options: The options for requesting and using tokens.
    /// - Throws: `OktaError.configuration` for an empty or malformed client id or scope.
    public init(
        clientID: String, scopes: [String], privateKey: OAuthPrivateKey, options: Options = Options()
    ) throws(OktaError) {
        let check = OAuthSettingsCheck(clientID: clientID, scopes: scopes, options: options)
        self.clientID = try check.checkedClientID()
        self.scopes = try check.checkedScopes()
        try check.checkMargin()
        tokens = TokenSources(
            client: TokenClient(
                assertion: ClientAssertion(clientID: self.clientID, key: privateKey), scopes: self.scopes,
                options: options))
    }

    /// Returns the number of callers that wait for an org's token, for tests.
    func waitingCallers(for orgURL: String) -> Int { tokens[orgURL].waitingCallers }

    /// The app's client id, because the org counts the calls of an app together.
    public var principal: String { "app-\(clientID)" }

    /// Returns the token, with a proof for this request if the token is bound to a key.
    public func credentials(
        for request: HTTPRequest, in context: AuthorizationContext
    ) async throws(OktaError) -> HTTPFields {
        try await tokens[context.orgURL].credentials(for: request, in: context)
    }

    /// Requests another attempt if the API rejects the token or requires a new nonce. A new token would not help if the
    /// org lacks a feature (E0000015), nor for 403.
    public func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) async -> AuthorizationContext.Refresh {
        tokens[context.orgURL].refresh(after: response, to: request, in: context)
    }
}

extension OAuthClientCredentials: CustomDebugStringConvertible, CustomReflectable {
    /// The app and its scopes, without key and token.
    public var description: String { "OAuth client \(clientID) (\(scopes.joined(separator: " ")))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without key and tokens.
    public var customMirror: Mirror { Mirror(self, children: ["clientID": clientID, "scopes": scopes]) }
}

extension RequestAuthorization where Self == OAuthClientCredentials {
    /// Authenticates as an app, with OAuth 2.0 client credentials and a private key.
    ///
    /// - Parameters:
    ///   - clientID: The app's client id.
    ///   - scopes: The scopes to request, at least one, such as `okta.users.read`.
    ///   - privateKey: The private key whose public key is registered in the app.
    ///   - options: The options for requesting and using tokens.
    /// - Throws: `OktaError.configuration` for an empty or malformed client id or scope.
    public static func oauth(
        clientID: String, scopes: [String], privateKey: OAuthPrivateKey,
        options: OAuthClientCredentials.Options = OAuthClientCredentials.Options()
    ) throws(OktaError) -> OAuthClientCredentials {
        try OAuthClientCredentials(clientID: clientID, scopes: scopes, privateKey: privateKey, options: options)
    }
}

/// The token sources by org, so that a token of one org is never sent to another.
private final class TokenSources: Sendable {
    private let client: TokenClient
    private let byOrg = Mutex<[String: TokenSource]>([:])

    init(client: TokenClient) {
        self.client = client
    }

    subscript(orgURL: String) -> TokenSource {
        byOrg.withLock { sources in
            if let source = sources[orgURL] { return source }
            let source = TokenSource(client: client)
            sources[orgURL] = source
            return source
        }
    }
}
