#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import HTTPTypes
internal import OktaOAuth
package import OktaRuntime

/// Authenticates with the tokens of a signed-in user, and refreshes them.
///
/// A refresh token may be usable only once. So a refresh holds a lock across processes, first reads the stored tokens
/// again, and stores the new ones before releasing the lock.
package struct SignInAuthorization: RequestAuthorization {
    private let renewer: TokenRenewer
    private let orgURL: String
    private let clientID: String

    /// Creates the authorization.
    ///
    /// - Parameters:
    ///   - profile: The profile of the tokens.
    ///   - orgURL: The org that issued the tokens; no other org receives them.
    ///   - tokens: The tokens.
    ///   - store: The store of the tokens; nil for tokens that are not stored yet and cannot be refreshed.
    /// - Throws: ``OktaError`` for an invalid proof key.
    package init(profile: String, orgURL: String, tokens: SignInTokens, store: SecretStore?) throws(OktaError) {
        self.orgURL = orgURL
        clientID = tokens.clientID
        renewer = try TokenRenewer(profile: profile, tokens: tokens, store: store)
    }

    package var description: String { "sign-in" }

    /// The app's client id, since the org counts the calls of an app together.
    package var principal: String { "app-\(clientID)" }

    package func credentials(
        for request: HTTPRequest, in context: AuthorizationContext
    ) async throws(OktaError) -> HTTPFields {
        guard context.orgURL == orgURL else {
            throw .authorization(.init(message: "the tokens of \(orgURL) are not sent to \(context.orgURL)"))
        }
        let (token, session) = try await renewer.token(in: context)
        if let session { return try session.credentials(token, for: request, in: context) }
        var field = HTTPField(name: .authorization, value: "Bearer \(token)")
        field.indexingStrategy = .disallow
        return HTTPFields([field])
    }

    package func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) async -> AuthorizationContext.Refresh {
        switch await renewer.verdict(on: response, to: request, in: context) {
        case .accepted: return .unchanged
        case .requiresProof: return .refreshed
        case .rejected:
            guard let token = request.headerFields[.authorization]?.split(separator: " ").last else {
                return .unchanged
            }
            return await renewer.reject(String(token)) ? .refreshed : .unchanged
        }
    }
}

/// The tokens of one profile in this process.
private actor TokenRenewer {
    private let profile: String
    private let store: SecretStore?
    private var tokens: SignInTokens
    /// The session that signs DPoP proofs; nil for bearer tokens.
    private var session: DPoPSession?
    private var rejected: Set<String> = []
    private let flight = SingleFlight<Result<SignInTokens, OktaError>>()

    init(profile: String, tokens: SignInTokens, store: SecretStore?) throws(OktaError) {
        self.profile = profile
        self.tokens = tokens
        self.store = store
        session = try Self.session(of: tokens, profile)
    }

    /// Returns a valid access token.
    ///
    /// - Returns: The access token, and the session that signs its proofs.
    func token(in context: AuthorizationContext) async throws(OktaError) -> (String, DPoPSession?) {
        if isUsable(tokens, context.clock.now) { return (tokens.accessToken, session) }
        // All callers share one refresh. It continues without them, since the org may already have replaced the refresh
        // token.
        let outcome = await context.clock.source.run(until: context.deadline) { () -> Result<SignInTokens, OktaError> in
            do throws(OktaError) {
                return try await self.flight.value(outlivesCaller: true) { await self.renewed(in: context) }
            } catch {
                return .failure(error)
            }
        }
        guard let outcome else {
            let error = TransportError(.timedOut, detail: "no access token within the time of the call")
            throw .transport(.init(error, method: .post, path: PublicClient.tokenPath))
        }
        return (try outcome.get().accessToken, session)
    }

    func verdict(
        on response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) -> TokenVerdict {
        session?.verdict(on: response, to: request, in: context) ?? TokenVerdict(response, to: request, in: context)
    }

    private func renewed(in context: AuthorizationContext) async -> Result<SignInTokens, OktaError> {
        do throws(OktaError) {
            // A caller that checked before the last refresh ended may arrive here after it.
            if isUsable(tokens, context.clock.now) { return .success(tokens) }
            let new = try await renew(in: context)
            // Another process may have signed in again with another key.
            if new.proofKey != tokens.proofKey { session = try Self.session(of: new, profile) }
            tokens = new
            return .success(new)
        } catch {
            return .failure(error)
        }
    }

    /// Records that the org rejected a token.
    ///
    /// - Returns: Whether another token may be accepted.
    func reject(_ token: String) -> Bool {
        guard tokens.accessToken == token else { return true }
        guard store != nil, tokens.refreshToken != nil else { return false }
        return rejected.insert(token).inserted
    }

    private func isUsable(_ tokens: SignInTokens, _ now: Date) -> Bool {
        tokens.isFresh(at: now) && !rejected.contains(tokens.accessToken)
    }

    private static func session(of tokens: SignInTokens, _ profile: String) throws(OktaError) -> DPoPSession? {
        guard let key = tokens.proofKey else { return nil }
        do { return try DPoPSession(stored: key) } catch {
            throw ended(profile, "its key of proofs (DPoP) cannot be read")
        }
    }

    private func renew(in context: AuthorizationContext) async throws(OktaError) -> SignInTokens {
        guard let store else { throw ended("the access token has expired") }
        do {
            let lock = try await FileLock.wait(store.lockPath(profile))
            defer { withExtendedLifetime(lock) {} }
            guard let (text, place) = try store.read(profile), let stored = SignInTokens(stored: text) else {
                throw ended("its tokens no longer exist")
            }
            // Another process may have refreshed them in the meantime.
            if isUsable(stored, context.clock.now) { return stored }
            guard let refreshToken = stored.refreshToken else {
                throw ended("the access token has expired, and the scope offline_access was not granted")
            }
            // The request may invalidate the refresh token, so a full disk or a read-only folder has to be detected
            // first.
            if place == .file { try store.write(text, of: profile, to: place) }
            let new = try await PublicClient(
                orgURL: context.orgURL, clientID: stored.clientID, session: Self.session(of: stored, profile),
                transport: context.transport
            ).tokens(["grant_type": "refresh_token", "refresh_token": JSON(refreshToken)], previous: stored)
            try store.write(new.stored, of: profile, to: place)
            return new
        } catch let error as OktaError {
            guard case .api(let failure) = error else { throw error }
            switch failure.code {
            case "invalid_grant": throw ended("the org no longer accepts its refresh token")
            case .invalidDPoPProof:
                throw ended(
                    tokens.proofKey == nil
                        ? "the app now requires tokens that are bound to a key (DPoP)"
                        : "the org does not accept the proof of its key (DPoP)")
            default: throw error
            }
        } catch {
            throw .configuration(.init(message: "the tokens of \(profile) cannot be renewed: \(error)"))
        }
    }

    private func ended(_ reason: String) -> OktaError { Self.ended(profile, reason) }

    private static func ended(_ profile: String, _ reason: String) -> OktaError {
        .authorization(
            .init(message: "the sign-in of \(profile) has ended: \(reason); run `okta login --org \(profile)`"))
    }
}
