#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// Requests a token from an org, with as many requests as proof, nonce, clock and retries require.
struct TokenEndpoint: Sendable {
    let client: TokenClient
    let memory: DPoPNonceStore

    /// Sends requests until there is a token or a final error; at most eight requests.
    ///
    /// Each request is subject to the org's rate limits, and is signed when its turn has come.
    ///
    /// - Parameter isUrgent: Whether there is no other usable token. Only then does the request wait for a rate limit
    ///   to reset; a caller on behalf of a call bounds the wait.
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
            let hasNonce = memory.takeTokenNonce(from: exchange.response.head.headerFields)

            switch TokenResponse(exchange) {
            case .granted(let value, let type, let lifetime):
                let key = try key(for: type, proofKey, exchange.response)
                memory.refusesProofs = proofKey == nil
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
                    // When an app requires a proof, its response to a request without one is not informative.
                    let refusal = refusal.asksForProof ? refusalOfProof ?? refusal : refusal
                    throw refusal.failure(for: client)
                }
            }
        }
    }

    /// Sends one request, signed when its turn under the org's rate limits has come.
    private func send(
        _ proofKey: DPoPKey?, isUrgent: Bool, in context: AuthorizationContext
    ) async throws(OktaError) -> AuthorizationContext.Exchange<TokenRequest> {
        let patience = isUrgent ? nil : context.clock.source.elapsed + Self.longestPatience
        return try await context.send(.post, RequestPath(stringLiteral: TokenRequest.path), until: patience) {
            () throws(OktaError) in
            let request = try TokenRequest(
                scopes: client.scopes, assertion: client.assertion, proofKey: proofKey, nonce: memory.tokenNonce,
                in: context)
            return AuthorizationContext.SignedRequest(
                request: request.transportRequest, secrets: request.secrets, details: request)
        }
    }

    /// How long callers with a usable token wait for a new one, and how long a request on their behalf waits for its
    /// turn.
    static let longestPatience = Duration.seconds(3)

    /// Whether the first request has a proof. It does without being asked, because an app that requires one would
    /// otherwise refuse the grant, and the org would record that as a failure each time a process starts.
    private var sendsProofs: Bool {
        switch client.options.dpop {
        case .automatic: !memory.refusesProofs
        case .always: true
        case .never: false
        }
    }

    private var mayChoose: Bool { client.options.dpop == .automatic }

    private func nextKey() throws(OktaError) -> DPoPKey {
        if !client.options.rotatesDPoPKey, let key = memory.key { return key }
        let key = try DPoPKey.generate(for: client.options.dpopAlgorithm)
        memory.key = key
        return key
    }

    /// The key that a token of this type is bound to.
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

/// How often one renewal may still retry, by reason; bounded, so that it ends.
struct TokenRetries {
    private var pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]
    private var nonces = 2
    private var corrections = 1
    private var changesOfProof = 1

    /// A larger error in a signature's time can be the reason for a refusal.
    static let toleratedSkew = 10.0

    /// A token request changes nothing, so it is retried like a read, even after it has reached the server.
    private static let policy = RetryPolicy()

    /// How long to wait before a retry that may succeed, with half of it as jitter; `nil` when it would not succeed, or
    /// after three.
    mutating func pause(after error: TransportError) -> Duration? {
        Self.policy.reason(after: error, method: .get) == nil ? nil : pause()
    }

    /// The same for a response: the endpoint accepts about four requests per second (429), and has transient errors
    /// (5xx).
    ///
    /// When the response states the reset time of the limit, there is no pause here: the next request waits for its
    /// turn.
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

    /// Whether to retry once with a proof instead of without, or the reverse.
    mutating func changesProof() -> Bool {
        guard changesOfProof > 0 else { return false }
        changesOfProof -= 1
        return true
    }

    /// Whether to retry with the nonce that the org has just sent.
    mutating func takesNonce(after refusal: TokenErrorResponse) -> Bool {
        guard refusal.code == .useDPoPNonce, nonces > 0 else { return false }
        nonces -= 1
        return true
    }

    /// Whether to retry once with the corrected time: the signed time was off by `skew` seconds.
    mutating func takesCorrectedTime(after refusal: TokenErrorResponse, skew: Double) -> Bool {
        guard [.invalidClient, .invalidDPoPProof, "invalid_request"].contains(refusal.code),
            abs(skew) > Self.toleratedSkew, corrections > 0
        else { return false }
        corrections -= 1
        return true
    }
}

extension TokenErrorResponse {
    /// The reason why the same request may succeed later; nil when it would not.
    fileprivate func retryReason(_ policy: RetryPolicy) -> RetriedAttempt.RetryReason? {
        policy.reason(afterStatus: status, code: code, signal: signal, method: .get)
    }

    /// Whether the request may succeed later without any change.
    var isTransient: Bool { retryReason(RetryPolicy()) != nil }
}
