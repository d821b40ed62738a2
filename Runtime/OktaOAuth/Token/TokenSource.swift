#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime
import Synchronization

/// The source of tokens for one org. A token is cached until shortly before it expires, and renewed once for all
/// callers.
final class TokenSource: Sendable {
    private let kept = Mutex(CachedToken())
    private let flight = SingleFlight<TokenRenewal>()
    private let acquisition: TokenAcquisition
    private let margin: TimeInterval

    init(client: TokenClient) {
        acquisition = TokenAcquisition(client: client, dpop: DPoPState())
        margin = client.options.renewalMargin / .seconds(1)
    }

    /// The number of callers that wait for a token.
    var waitingCallers: Int { flight.waitingCallers }

    /// Returns the header fields for one attempt of a request.
    func credentials(for request: HTTPRequest, in context: AuthorizationContext) async throws(OktaError) -> HTTPFields {
        let token = try await token(in: context)
        return try token.credentials(for: request, nonce: acquisition.dpop.apiNonce, at: context.clock.now)
    }

    private func token(in context: AuthorizationContext) async throws(OktaError) -> AccessToken {
        if let token = fresh(at: context.clock.now) { return token }
        if valid(at: context.clock.now) != nil, let token = try await tokenAheadOfTime(in: context) { return token }
        return try await urgentToken(in: context)
    }

    /// Waits briefly for the renewal of a token that is about to expire.
    ///
    /// - Returns: The new token, or the old one if the renewal takes longer; `nil` if the old one has expired or was
    ///   rejected meanwhile.
    private func tokenAheadOfTime(in context: AuthorizationContext) async throws(OktaError) -> AccessToken? {
        let renewal = try await joinRenewal(in: context, until: patience(in: context), outlivesCaller: true)
        if case .success(let token) = renewal?.result { return token }
        // The renewal continues, but later callers need not wait for it.
        if renewal == nil { pauseRenewal(at: context.clock.now) }
        return valid(at: context.clock.now)
    }

    /// Waits for a token until the deadline of the call, which cannot continue without one.
    private func urgentToken(in context: AuthorizationContext) async throws(OktaError) -> AccessToken {
        while true {
            guard let renewal = try await joinRenewal(in: context, until: context.deadline, outlivesCaller: false)
            else {
                let error = TransportError(.timedOut, detail: "no access token within the time of the call")
                throw .transport(.init(error, method: .post, path: TokenRequest.path))
            }
            switch renewal.result {
            case .success(let token):
                return token
            case .failure(let error):
                if let token = valid(at: context.clock.now) { return token }
                // A renewal in advance gives up early, so a longer one may still succeed.
                if renewal.isUrgent { throw error }
            }
        }
    }

    /// Returns the time until which a caller with a usable token waits for a new one. Half of the remaining time of its
    /// call is reserved for the call itself.
    private func patience(in context: AuthorizationContext) -> Duration {
        let now = context.clock.source.elapsed
        let longest = TokenAcquisition.longestPatience
        guard let deadline = context.deadline else { return now + longest }
        return now + min(longest, max(.zero, deadline - now) / 2)
    }

    /// Waits for the shared renewal until a deadline. After the deadline, the renewal continues for other callers.
    ///
    /// - Parameters:
    ///   - moment: The deadline; `nil` for no limit.
    ///   - outlivesCaller: Whether the renewal continues even without other callers.
    /// - Returns: The result of the renewal; `nil` if the deadline passed first.
    private func joinRenewal(
        in context: AuthorizationContext, until moment: Duration?, outlivesCaller: Bool
    ) async throws(OktaError) -> TokenRenewal? {
        let outcome = await context.clock.source.run(until: moment) { () -> Result<TokenRenewal, OktaError> in
            do throws(OktaError) {
                return .success(
                    try await self.flight.value(outlivesCaller: outlivesCaller) { await self.renew(in: context) })
            } catch {
                return .failure(error)
            }
        }
        return try outcome?.get()
    }

    private func renew(in context: AuthorizationContext) async -> TokenRenewal {
        // A caller that checked before the last renewal ended may arrive here after it.
        if let token = fresh(at: context.clock.now) { return TokenRenewal(result: .success(token), isUrgent: false) }
        let isUrgent = valid(at: context.clock.now) == nil
        do throws(OktaError) {
            let token = try await acquisition.token(in: context, isUrgent: isUrgent)
            kept.withLock { $0.replace(with: token) }
            return TokenRenewal(result: .success(token), isUrgent: isUrgent)
        } catch {
            pauseRenewal(at: context.clock.now)
            return TokenRenewal(result: .failure(error), isUrgent: isUrgent)
        }
    }

    private func fresh(at now: Date) -> AccessToken? { kept.withLock { $0.fresh(at: now, margin: margin) } }

    private func valid(at now: Date) -> AccessToken? { kept.withLock { $0.valid(at: now) } }

    private func pauseRenewal(at now: Date) { kept.withLock { $0.pauseRenewal(at: now) } }

    /// Inspects an API response.
    func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) -> AuthorizationContext.Refresh {
        let hasNonce = acquisition.dpop.takeAPINonce(from: response.head.headerFields)
        switch TokenVerdict(response, to: request, hasNonce: hasNonce, in: context) {
        case .accepted: return .unchanged
        case .requiresProof: return .refreshed
        case .rejected:
            let now = context.clock.now
            return kept.withLock { $0.drop(tokenOf: request, at: now) }
        }
    }
}

/// The result of a renewal, for all callers that waited for it.
struct TokenRenewal: Sendable {
    let result: Result<AccessToken, OktaError>

    /// Whether there was no usable token when it began. A renewal that is not urgent gives up early.
    let isUrgent: Bool
}
