#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// Requests a token from an org, with further requests for a proof, a nonce, a corrected clock and retries.
struct TokenAcquisition: Sendable {
    let client: TokenClient
    let dpop: DPoPState

    /// Sends requests until there is a token or a final error, at most eight requests.
    ///
    /// The requests are subject to the org's rate limits, and are signed immediately before they are sent.
    ///
    /// - Parameter isUrgent: Whether there is no other usable token. If so, the request waits for a rate limit to
    ///   reset. The caller bounds the wait by the deadline of its call.
    func token(in context: AuthorizationContext, isUrgent: Bool) async throws(OktaError) -> AccessToken {
        var retries = TokenRetries()
        var proofKey = try sendsProofs ? nextKey() : nil
        var refusalOfProof: TokenErrorResponse?
        while true {
            let exchange: AuthorizationContext.Exchange<TokenRequest>
            do throws(OktaError) {
                exchange = try await send(proofKey, isUrgent: isUrgent, in: context)
            } catch {
                guard case .transport(let failure) = error, let pause = retries.pause(after: failure.error) else {
                    throw error
                }
                try await wait(pause, in: context)
                continue
            }
            let hasNonce = dpop.takeTokenNonce(from: exchange.response.head.headerFields)

            switch TokenResponse(exchange) {
            case .granted(let value, let type, let lifetime):
                let key = try key(for: type, proofKey, exchange.response)
                dpop.refusesProofs = proofKey == nil
                return AccessToken(value: value, key: key, issued: context.clock.now, lifetime: lifetime)
            case .refused(let refusal):
                if proofKey == nil, refusal.asksForProof, mayChoose, retries.changesProof() {
                    proofKey = try nextKey()
                } else if proofKey != nil, hasNonce, retries.takesNonce(after: refusal) {
                    continue
                } else if retries.takesCorrectedTime(after: refusal, skew: exchange.details.skew(in: context)) {
                    continue
                } else if let pause = retries.pause(after: refusal), isUrgent || pause <= Self.longestPatience {
                    try await wait(pause, in: context)
                } else if proofKey != nil, refusal.isOfProof, mayChoose, retries.changesProof() {
                    refusalOfProof = refusal
                    proofKey = nil
                } else {
                    // If an app requires a proof, the response to a request without one is not informative.
                    let refusal = refusal.asksForProof ? refusalOfProof ?? refusal : refusal
                    throw refusal.failure(for: client)
                }
            }
        }
    }

    /// Sends one request under the org's rate limits, signed immediately before it is sent.
    private func send(
        _ proofKey: DPoPKey?, isUrgent: Bool, in context: AuthorizationContext
    ) async throws(OktaError) -> AuthorizationContext.Exchange<TokenRequest> {
        let patience = isUrgent ? nil : context.clock.source.elapsed + Self.longestPatience
        return try await context.send(.post, RequestPath(stringLiteral: TokenRequest.path), until: patience) {
            () throws(OktaError) in
            let request = try TokenRequest(
                scopes: client.scopes, assertion: client.assertion, proofKey: proofKey, nonce: dpop.tokenNonce,
                in: context)
            return AuthorizationContext.SignedRequest(
                request: request.transportRequest, secrets: request.secrets, details: request)
        }
    }

    /// The maximum time that callers with a usable token wait for a new one, and that a request on their behalf waits
    /// in the queue.
    static let longestPatience = Duration.seconds(3)

    /// Whether the first request has a proof. By default it has one, because an org that requires proofs would
    /// otherwise refuse the grant, and record a failure each time a process starts.
    private var sendsProofs: Bool {
        switch client.options.dpop {
        case .automatic: !dpop.refusesProofs
        case .always: true
        case .never: false
        }
    }

    private var mayChoose: Bool { client.options.dpop == .automatic }

    private func nextKey() throws(OktaError) -> DPoPKey {
        if !client.options.rotatesDPoPKey, let key = dpop.key { return key }
        let key = try DPoPKey.generate(for: client.options.dpopAlgorithm)
        dpop.key = key
        return key
    }

    /// Returns the key that a token of this type is bound to.
    private func key(for type: String, _ proofKey: DPoPKey?, _ response: TransportResponse) throws(OktaError)
        -> DPoPKey?
    {
        switch type {
        case "bearer": return nil
        case "dpop" where proofKey != nil: return proofKey
        default:
            throw .authorization(
                .init(
                    message:
                        "the org issued a token of another type than requested; check the org URL and proxies on "
                        + "the way",
                    requestID: response.shownRequestID))
        }
    }

    private func wait(_ pause: Duration, in context: AuthorizationContext) async throws(OktaError) {
        guard pause > .zero else { return }
        let source = context.clock.source
        do {
            try await source.sleep(until: source.elapsed + pause)
        } catch {
            throw .cancelled
        }
    }
}

extension TokenErrorResponse {
    /// Whether the org requires a proof with the request.
    fileprivate var asksForProof: Bool { code == .invalidDPoPProof || code == .useDPoPNonce }

    /// Whether the org rejects the proof rather than the request.
    fileprivate var isOfProof: Bool {
        code == .invalidDPoPProof || (code == "invalid_request" && (summary ?? "").lowercased().contains("dpop"))
    }
}

/// The client that requests tokens, and its scopes.
struct TokenClient: Sendable {
    let assertion: ClientAssertion
    let scopes: [String]
    let options: OAuthOptions
}

/// The remaining retries of a renewal by reason, which are bounded so that it ends.
struct TokenRetries {
    private var pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]
    private var nonces = 2
    private var corrections = 1
    private var changesOfProof = 1

    /// The error in a signature's time, in seconds, above which it may be the reason for a refusal.
    static let toleratedSkew = 10.0

    /// The retry policy. A token request has no side effects, so it is retried like a read, even after it has reached
    /// the server.
    private static let policy = RetryPolicy()

    /// Returns the wait before a retry, half of which is jitter; `nil` if a retry would not succeed, or after three
    /// retries.
    mutating func pause(after error: TransportError) -> Duration? {
        Self.policy.reason(after: error, method: .get) == nil ? nil : pause()
    }

    /// Returns the wait before a retry after a response, because the endpoint accepts about four requests per second
    /// (429) and has transient errors (5xx).
    ///
    /// If the response states the reset of the limit, the wait is zero, because the next request waits in the queue.
    mutating func pause(after refusal: TokenErrorResponse) -> Duration? {
        guard refusal.retryReason(Self.policy) != nil, let pause = pause() else { return nil }
        if let stated = refusal.retryAfter { return stated <= Self.policy.maximumRetryAfter ? stated + pause : nil }
        return refusal.isUsedUp ? .zero : pause
    }

    private mutating func pause() -> Duration? {
        guard let longest = pauses.first else { return nil }
        pauses.removeFirst()
        return longest / 2 + longest / 2 * Double.random(in: 0...1)
    }

    /// Returns whether to retry, once, with a proof instead of without one, or the reverse.
    mutating func changesProof() -> Bool {
        guard changesOfProof > 0 else { return false }
        changesOfProof -= 1
        return true
    }

    /// Returns whether to retry with the nonce that the org has just sent.
    mutating func takesNonce(after refusal: TokenErrorResponse) -> Bool {
        guard refusal.code == .useDPoPNonce, nonces > 0 else { return false }
        nonces -= 1
        return true
    }

    /// Returns whether to retry, once, with the corrected time, because the signed time was wrong by `skew` seconds.
    mutating func takesCorrectedTime(after refusal: TokenErrorResponse, skew: Double) -> Bool {
        guard [.invalidClient, .invalidDPoPProof, "invalid_request"].contains(refusal.code),
            abs(skew) > Self.toleratedSkew, corrections > 0
        else { return false }
        corrections -= 1
        return true
    }
}

extension TokenErrorResponse {
    /// Returns the reason to retry the same request; `nil` if it would not succeed.
    fileprivate func retryReason(_ policy: RetryPolicy) -> RetriedAttempt.RetryReason? {
        policy.reason(afterStatus: status, code: code, signal: signal, method: .get)
    }

    /// Whether the request may succeed later without any change.
    var isTransient: Bool { retryReason(RetryPolicy()) != nil }
}
