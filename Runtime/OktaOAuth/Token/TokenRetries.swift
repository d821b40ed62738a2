internal import OktaRuntime

/// How often one renewal may still retry, by reason; bounded, so that it ends.
struct TokenRetries {
    private var pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]
    private var nonces = 2
    private var corrections = 1
    private var changesOfProof = 1

    /// A larger error in a signature's time can be the reason for a refusal.
    private static let toleratedSkew = 10.0

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
    fileprivate func retryReason(_ policy: RetryPolicy) -> RetryReason? {
        policy.reason(afterStatus: status, code: code, signal: signal, method: .get)
    }

    /// Whether the request may succeed later without any change.
    var isTransient: Bool { retryReason(RetryPolicy()) != nil }
}
