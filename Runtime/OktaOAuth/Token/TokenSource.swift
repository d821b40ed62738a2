#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime
import Synchronization

/// The token for one org: kept until shortly before its end, renewed once for all who ask.
final class TokenSource: Sendable {
    private struct State {
        var token: AccessToken?
        /// Whether the token stands in for one that the API had refused.
        var isReplacement = false
        /// Until when a token near its end is used on, since renewing it has failed.
        var renewalPause: Date?
    }

    private let state = Mutex(State())
    private let flight = SingleFlight<AccessToken>()
    private let endpoint: TokenEndpoint
    private let margin: TimeInterval

    /// How long to leave the endpoint alone when a renewal has failed and the old token is still good.
    private static let pauseAfterFailure: TimeInterval = 30

    /// A replacement that is refused this soon is not at fault, and yet another would be refused too.
    private static let trustInReplacement: TimeInterval = 10

    init(client: TokenClient) {
        endpoint = TokenEndpoint(client: client, memory: DPoPMemory())
        margin = client.options.renewalMargin / .seconds(1)
    }

    /// How many wait for a token now.
    var waitingCallers: Int { flight.waitingCallers }

    /// The fields of one attempt of a request.
    func fields(for request: HTTPRequest, in session: AuthorizationSession) async throws(OktaError) -> HTTPFields {
        let token = try await token(in: session, userAgent: request.headerFields[.userAgent])
        return try token.fields(for: request, nonce: endpoint.memory.apiNonce, at: session.clock.now)
    }

    private func token(in session: AuthorizationSession, userAgent: String?) async throws(OktaError) -> AccessToken {
        if let token = fresh(at: session.clock.now) { return token }
        do {
            return try await renewed(in: session, userAgent: userAgent)
        } catch {
            if case .cancelled = error { throw error }
            // The pause that the failed renewal has set lets a token that is still good serve on.
            guard let token = fresh(at: session.clock.now) else { throw error }
            return token
        }
    }

    /// Waits for the renewal that serves all, but no longer than this caller may; it goes on for the others.
    private func renewed(in session: AuthorizationSession, userAgent: String?) async throws(OktaError) -> AccessToken {
        let outcome = await session.clock.source.run(until: session.deadline) { () -> Result<AccessToken, OktaError> in
            do throws(OktaError) {
                return .success(try await self.flight.value { await self.renew(in: session, userAgent: userAgent) })
            } catch {
                return .failure(error)
            }
        }
        guard let outcome else {
            let error = TransportError(.timedOut, detail: "no access token within the time of the call")
            throw .transport(TransportFailure(error, method: .post, path: TokenRequest.path))
        }
        return try outcome.get()
    }

    /// The token, unless it is time for another one.
    private func fresh(at now: Date) -> AccessToken? {
        state.withLock { state in
            guard let token = state.token, now < token.expiry else { return nil }
            // Half of a short life is margin enough.
            let margin = min(margin, token.expiry.timeIntervalSince(token.issued) / 2)
            if now < token.expiry.addingTimeInterval(-margin) { return token }
            if let pause = state.renewalPause, now < pause { return token }
            return nil
        }
    }

    /// Whether there is a token that the API still takes.
    private func hasToken(at now: Date) -> Bool {
        state.withLock { $0.token.map { now < $0.expiry } ?? false }
    }

    private func renew(in session: AuthorizationSession, userAgent: String?) async -> Result<AccessToken, OktaError> {
        // Somebody who looked before the last renewal ended may ask after it.
        if let token = fresh(at: session.clock.now) { return .success(token) }
        do throws(OktaError) {
            let token = try await endpoint.token(
                in: session, userAgent: userAgent, isUrgent: !hasToken(at: session.clock.now))
            state.withLock { state in
                state.isReplacement = state.token == nil && state.isReplacement
                state.token = token
                state.renewalPause = nil
            }
            return .success(token)
        } catch {
            if case .cancelled = error {
            } else {
                let pause = session.clock.now.addingTimeInterval(Self.pauseAfterFailure)
                state.withLock { $0.renewalPause = pause }
            }
            return .failure(error)
        }
    }

    /// Looks at an answer of the API.
    func review(
        _ answer: TransportResponse, to request: HTTPRequest, in session: AuthorizationSession
    ) -> AuthorizationReview {
        let fields = answer.head.headerFields
        let hasNonce = endpoint.memory.takeAPINonce(from: fields)
        guard answer.head.status == .unauthorized else { return .keep }
        let body = try? JSON(parsing: answer.body)
        var errors = fields[values: .wwwAuthenticate].compactMap { ChallengeParameters($0)["error"] }
        if let error = body?[string: "error"] { errors.append(error) }
        if hasNonce, errors.contains("use_dpop_nonce") { return .renew }
        // Another token would have the same scopes, and the org the same features (E0000015).
        if errors.contains("insufficient_scope") { return .keep }
        if body?[string: "errorCode"] == "E0000015" { return .keep }
        return drop(tokenOf: request, at: session.clock.now)
    }

    private func drop(tokenOf request: HTTPRequest, at now: Date) -> AuthorizationReview {
        state.withLock { state in
            // Another one has taken its place since the request was sent.
            guard let token = state.token, token.isIn(request) else { return .renew }
            let age = now.timeIntervalSince(token.issued)
            if state.isReplacement, age < Self.trustInReplacement { return .keep }
            state.token = nil
            state.isReplacement = true
            return .renew
        }
    }
}
