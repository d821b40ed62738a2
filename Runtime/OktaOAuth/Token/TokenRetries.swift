internal import OktaRuntime

/// How often one renewal may still repeat its request, by reason; small numbers, so that it ends.
struct TokenRetries {
    private var pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]
    private var nonces = 2
    private var corrections = 1

    /// Beyond this a signature's time is wrong enough to be the reason for a refusal.
    private static let toleratedSkew = 10.0

    /// Okta's windows last a minute; what seems to last longer comes of a wrong clock.
    private static let longestWindow = Duration.seconds(120)

    /// How long to wait before a repeat that may go better, half of it by chance so that clients do not meet again;
    /// `nil` when it would not, or after three.
    mutating func pause(after error: TransportError) -> Duration? {
        // A request for a token changes nothing, so it may be repeated also after it has reached the server.
        switch error.kind {
        case .connectionFailed, .connectionLost, .truncatedResponse: pause()
        default: nil
        }
    }

    /// The same for an answer: the endpoint takes some four requests in a second (429), and has its bad moments (5xx).
    ///
    /// - Parameter reset: How long the limit's window still lasts, where it is used up and the answer tells. Asking earlier
    ///   would be refused again.
    mutating func pause(after refusal: TokenRefusal, untilReset reset: Duration?) -> Duration? {
        switch refusal.status {
        case 429:
            guard let pause = pause() else { return nil }
            return max(pause, min(reset ?? .zero, Self.longestWindow))
        case 500, 502, 503, 504: return pause()
        default: return nil
        }
    }

    private mutating func pause() -> Duration? {
        guard let longest = pauses.first else { return nil }
        pauses.removeFirst()
        return longest / 2 + longest / 2 * Double.random(in: 0...1)
    }

    /// Whether to repeat with the nonce that the org has just given.
    mutating func takesNonce(after refusal: TokenRefusal) -> Bool {
        guard refusal.code == "use_dpop_nonce", nonces > 0 else { return false }
        nonces -= 1
        return true
    }

    /// Whether to repeat once with the right time: what was signed stated one that was off by `skew` seconds.
    mutating func takesCorrectedTime(after refusal: TokenRefusal, skew: Double) -> Bool {
        guard ["invalid_client", "invalid_dpop_proof", "invalid_request"].contains(refusal.code),
            abs(skew) > Self.toleratedSkew, corrections > 0
        else { return false }
        corrections -= 1
        return true
    }
}
