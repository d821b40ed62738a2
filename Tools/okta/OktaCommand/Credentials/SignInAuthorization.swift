#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import HTTPTypes
internal import OktaOAuthAPI
package import OktaRuntime

/// Authenticates with the tokens of a person who signed in, and renews them.
///
/// A refresh token may be good for one use. So a renewal happens under a lock of all processes, reads the stored tokens
/// again first, and stores the new ones before the lock ends.
package struct SignInAuthorization: RequestAuthorization {
    private let renewer: TokenRenewer
    private let orgURL: String

    /// - Parameters:
    ///   - profile: The profile whose tokens they are.
    ///   - orgURL: The org that issued them; no other gets them.
    package init(profile: String, orgURL: String, tokens: SignInTokens, store: SecretStore) {
        self.orgURL = orgURL
        renewer = TokenRenewer(profile: profile, tokens: tokens, store: store)
    }

    package var description: String { "sign-in" }

    package func credentials(
        for request: HTTPRequest, in context: AuthorizationContext
    ) async throws(OktaError) -> HTTPFields {
        guard context.orgURL == orgURL else {
            throw .authorization(.init(message: "the tokens of \(orgURL) are not sent to \(context.orgURL)"))
        }
        let token = try await renewer.token(in: context)
        var field = HTTPField(name: .authorization, value: "Bearer \(token)")
        field.indexingStrategy = .disallow
        return HTTPFields([field])
    }

    package func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) async -> AuthorizationContext.Refresh {
        guard response.head.status.code == 401,
            let token = request.headerFields[.authorization]?.split(separator: " ").last
        else { return .unchanged }
        return await renewer.reject(String(token)) ? .refreshed : .unchanged
    }
}

/// The tokens of one profile in this process.
private actor TokenRenewer {
    private let profile: String
    private let store: SecretStore
    private var tokens: SignInTokens
    private var rejected: Set<String> = []
    private var renewal: Task<Result<SignInTokens, OktaError>, Never>?

    init(profile: String, tokens: SignInTokens, store: SecretStore) {
        self.profile = profile
        self.tokens = tokens
        self.store = store
    }

    func token(in context: AuthorizationContext) async throws(OktaError) -> String {
        if isUsable(tokens, context.clock.now) { return tokens.accessToken }
        // One renewal for all callers. It is not cancelled with its caller: the org may have replaced the refresh token.
        let task = renewal ?? Task { () -> Result<SignInTokens, OktaError> in await renewed(in: context) }
        renewal = task
        return try await task.value.get().accessToken
    }

    private func renewed(in context: AuthorizationContext) async -> Result<SignInTokens, OktaError> {
        defer { renewal = nil }
        do throws(OktaError) {
            tokens = try await renew(in: context)
            return .success(tokens)
        } catch {
            return .failure(error)
        }
    }

    /// Notes that the org refused a token.
    ///
    /// - Returns: Whether another one may help.
    func reject(_ token: String) -> Bool {
        guard tokens.accessToken == token else { return true }
        guard tokens.refreshToken != nil else { return false }
        return rejected.insert(token).inserted
    }

    private func isUsable(_ tokens: SignInTokens, _ now: Date) -> Bool {
        tokens.isFresh(at: now) && !rejected.contains(tokens.accessToken)
    }

    private func renew(in context: AuthorizationContext) async throws(OktaError) -> SignInTokens {
        do {
            let lock = try await FileLock.wait(store.lockPath(profile))
            defer { withExtendedLifetime(lock) {} }
            guard let (text, place) = try store.read(profile), let stored = SignInTokens(stored: text) else {
                throw ended("its tokens are gone")
            }
            // Another process may have renewed them meanwhile.
            if isUsable(stored, context.clock.now) { return stored }
            guard let refreshToken = stored.refreshToken else {
                throw ended("the access token has expired, and the scope offline_access was not granted")
            }
            let new = try await TokenExchange(
                orgURL: context.orgURL, clientID: stored.clientID, transport: context.transport
            ).tokens(
                ["grant_type": "refresh_token", "refresh_token": JSON(refreshToken)], now: context.clock.now,
                previous: stored)
            try store.write(new.stored, of: profile, to: place)
            return new
        } catch let error as OktaError {
            if case .api(let failure) = error, failure.code?.rawValue == "invalid_grant" {
                throw ended("the org no longer accepts its refresh token")
            }
            throw error
        } catch {
            throw .configuration(.init(message: "the tokens of \(profile) cannot be renewed: \(error)"))
        }
    }

    private func ended(_ reason: String) -> OktaError {
        .authorization(
            .init(message: "the sign-in of \(profile) has ended: \(reason); run `okta login --org \(profile)`"))
    }
}

/// Requests to an org's token endpoint for an app without a secret.
package struct TokenExchange: Sendable {
    /// A client that sends no token.
    package let client: OktaClient
    /// The app.
    package let authentication: ClientAuthentication

    /// - Parameter transport: Sends the requests; nil for one of its own.
    package init(orgURL: String, clientID: String, transport: (any HTTPTransport)? = nil) throws(OktaError) {
        authentication = try .publicClient(clientID: clientID)
        client = try OktaClient(
            configuration: OktaConfiguration(orgURL: orgURL, authorization: NoCredentials()), transport: transport)
    }

    /// Exchanges a grant for tokens.
    package func tokens(
        _ form: JSON, now: Date = Date(), previous: SignInTokens? = nil
    ) async throws(OktaError) -> SignInTokens {
        let answer = try await client.orgAuthorizationServer.requestToken(
            OrgTokenRequest(json: form), client: authentication)
        guard
            let tokens = SignInTokens(answer.json, clientID: authentication.clientID, now: now, previous: previous)
        else {
            throw .authorization(
                .init(
                    message: "the org issued no bearer token; where the app requires DPoP, turn it off in its settings")
            )
        }
        return tokens
    }
}

/// Sends no credentials: the calls authenticate an app.
private struct NoCredentials: RequestAuthorization {
    var description: String { "no credentials" }

    func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields { HTTPFields() }
}
