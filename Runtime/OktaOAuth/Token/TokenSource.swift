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
    private let kept = Mutex(CachedToken())
    private let flight = SingleFlight<TokenRenewal>()
    private let endpoint: TokenEndpoint
    private let margin: TimeInterval

    init(client: TokenClient) {
        endpoint = TokenEndpoint(client: client, memory: DPoPNonceStore())
        margin = client.options.renewalMargin / .seconds(1)
    }

    /// How many wait for a token now.
    var waitingCallers: Int { flight.waitingCallers }

    /// The fields of one attempt of a request.
    func credentials(for request: HTTPRequest, in session: AuthorizationContext) async throws(OktaError) -> HTTPFields {
        let token = try await token(in: session)
        return try token.credentials(for: request, nonce: endpoint.memory.apiNonce, at: session.clock.now)
    }

    private func token(in session: AuthorizationContext) async throws(OktaError) -> AccessToken {
        if let token = fresh(at: session.clock.now) { return token }
        if valid(at: session.clock.now) != nil, let token = try await tokenAheadOfTime(in: session) { return token }
        return try await urgentToken(in: session)
    }

    /// Waits a little for the renewal of a token near its end, and goes on with the old one when it takes longer.
    ///
    /// - Returns: One of the two; `nil` when the old one has ended or was refused meanwhile.
    private func tokenAheadOfTime(in session: AuthorizationContext) async throws(OktaError) -> AccessToken? {
        let renewal = try await joinRenewal(in: session, until: patience(in: session), outlivesCaller: true)
        if case .success(let token) = renewal?.result { return token }
        // It goes on, but those who come after this caller need not wait for it too.
        if renewal == nil { pauseRenewal(at: session.clock.now) }
        return valid(at: session.clock.now)
    }

    /// Waits for a token as long as the call may: without one it cannot go on.
    private func urgentToken(in session: AuthorizationContext) async throws(OktaError) -> AccessToken {
        while true {
            guard let renewal = try await joinRenewal(in: session, until: session.deadline, outlivesCaller: false)
            else {
                let error = TransportError(.timedOut, detail: "no access token within the time of the call")
                throw .transport(TransportFailure(error, method: .post, path: TokenRequest.path))
            }
            switch renewal.result {
            case .success(let token):
                return token
            case .failure(let error):
                if let token = valid(at: session.clock.now) { return token }
                // One that began ahead of time, and has given up early, tells nothing of one that has all the time.
                if renewal.isUrgent { throw error }
            }
        }
    }

    /// Until when a caller who has a token to go on with waits for another; half of the time that its call has left is
    /// for the call itself.
    private func patience(in session: AuthorizationContext) -> Duration {
        let now = session.clock.source.elapsed
        let longest = TokenEndpoint.longestPatience
        guard let deadline = session.deadline else { return now + longest }
        return now + min(longest, max(.zero, deadline - now) / 2)
    }

    /// Waits for the renewal that serves all, but no longer than until a moment; it goes on for the others.
    ///
    /// - Parameters:
    ///   - moment: The moment; nil for no limit.
    ///   - outlivesCaller: Whether it goes on also when there are no others.
    /// - Returns: How it has ended; nil when the moment came first.
    private func joinRenewal(
        in session: AuthorizationContext, until moment: Duration?, outlivesCaller: Bool
    ) async throws(OktaError) -> TokenRenewal? {
        let outcome = await session.clock.source.run(until: moment) { () -> Result<TokenRenewal, OktaError> in
            do throws(OktaError) {
                return .success(
                    try await self.flight.value(outlivesCaller: outlivesCaller) { await self.renew(in: session) })
            } catch {
                return .failure(error)
            }
        }
        return try outcome?.get()
    }

    private func renew(in session: AuthorizationContext) async -> TokenRenewal {
        // Somebody who looked before the last renewal ended may ask after it.
        if let token = fresh(at: session.clock.now) { return TokenRenewal(result: .success(token), isUrgent: false) }
        let isUrgent = valid(at: session.clock.now) == nil
        do throws(OktaError) {
            let token = try await endpoint.token(in: session, isUrgent: isUrgent)
            kept.withLock { $0.replace(with: token) }
            return TokenRenewal(result: .success(token), isUrgent: isUrgent)
        } catch {
            pauseRenewal(at: session.clock.now)
            return TokenRenewal(result: .failure(error), isUrgent: isUrgent)
        }
    }

    private func fresh(at now: Date) -> AccessToken? { kept.withLock { $0.fresh(at: now, margin: margin) } }

    private func valid(at now: Date) -> AccessToken? { kept.withLock { $0.valid(at: now) } }

    private func pauseRenewal(at now: Date) { kept.withLock { $0.pauseRenewal(at: now) } }

    /// Looks at an answer of the API.
    func refresh(
        after answer: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
    ) -> AuthorizationRefresh {
        let fields = answer.head.headerFields
        let hasNonce = endpoint.memory.takeAPINonce(from: fields)
        guard answer.head.status == .unauthorized else { return .unchanged }
        let error = session.error ?? ErrorResponse(answer, clock: session.clock, without: Secrets())
        let codes = error.challenges.map(\.error) + (error.code.map { [$0] } ?? [])
        if hasNonce, codes.contains(.useDPoPNonce) { return .refreshed }
        // Another token would have the same scopes, and the org the same features.
        if codes.contains(.insufficientScope) || codes.contains(.featureNotEnabled) { return .unchanged }
        let now = session.clock.now
        return kept.withLock { $0.drop(tokenOf: request, at: now) }
    }
}

/// How asking for a token has ended, for all who waited for it.
struct TokenRenewal: Sendable {
    let result: Result<AccessToken, OktaError>

    /// Whether there was no other token to go on with when it began. One that was not urgent gives up early.
    let isUrgent: Bool
}
