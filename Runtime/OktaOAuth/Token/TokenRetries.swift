internal import OktaRuntime

/// How often one renewal may still repeat its request, by reason; small numbers, so that it ends.
struct TokenRetries {
    private var pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]
    private var nonces = 2
    private var corrections = 1
    private var changesOfProof = 1

    /// Beyond this a signature's time is wrong enough to be the reason for a refusal.
    private static let toleratedSkew = 10.0

    /// A request for a token changes nothing, so it is repeated where a read would be, also after it has reached the server.
    private static let policy = RetryPolicy()

    /// How long to wait before a repeat that may go better, half of it by chance so that clients do not meet again;
    /// `nil` when it would not, or after three.
    mutating func pause(after error: TransportError) -> Duration? {
        Self.policy.reason(after: error, method: .get) == nil ? nil : pause()
    }

    /// The same for an answer: the endpoint takes some four requests in a second (429), and has its bad moments (5xx).
    ///
    /// Where the answer tells when the limit's window ends there is no pause here: the next request waits for its turn.
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

    /// Whether to repeat once with a proof where there was none, or without one.
    mutating func changesProof() -> Bool {
        guard changesOfProof > 0 else { return false }
        changesOfProof -= 1
        return true
    }

    /// Whether to repeat with the nonce that the org has just given.
    mutating func takesNonce(after refusal: TokenErrorResponse) -> Bool {
        guard refusal.code == .useDPoPNonce, nonces > 0 else { return false }
        nonces -= 1
        return true
    }

    /// Whether to repeat once with the right time: what was signed stated one that was off by `skew` seconds.
    mutating func takesCorrectedTime(after refusal: TokenErrorResponse, skew: Double) -> Bool {
        guard [.invalidClient, .invalidDPoPProof, "invalid_request"].contains(refusal.code),
            abs(skew) > Self.toleratedSkew, corrections > 0
        else { return false }
        corrections -= 1
        return true
    }
}

extension TokenErrorResponse {
    /// Why the same request may be answered otherwise after a while; nil when it would not be.
    fileprivate func retryReason(_ policy: RetryPolicy) -> RetryReason? {
        policy.reason(afterStatus: status, code: code, signal: signal, method: .get)
    }

    /// Whether the same may succeed later though nobody changes anything.
    var isTransient: Bool { retryReason(RetryPolicy()) != nil }
}
