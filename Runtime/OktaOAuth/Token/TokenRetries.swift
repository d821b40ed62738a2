internal import OktaRuntime

/// How often one renewal may still repeat its request, by reason; small numbers, so that it ends.
struct TokenRetries {
    private var pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]
    private var nonces = 2
    private var corrections = 1
    private var changesOfProof = 1

    /// Beyond this a signature's time is wrong enough to be the reason for a refusal.
    private static let toleratedSkew = 10.0

    /// How long to wait before a repeat that may go better, half of it by chance so that clients do not meet again;
    /// `nil` when it would not, or after three.
    mutating func pause(after error: TransportError) -> Duration? {
        switch error.kind {
        case .unknownHost, .proxyFailed, .connectionFailed, .tlsFailed, .timedOut, .connectionLost, .truncatedResponse:
            // A request for a token changes nothing, so it may be repeated also after it has reached the server.
            pause()
        default:
            // A certificate that is not trusted, an answer that is no HTTP and the like would be the same again.
            nil
        }
    }

    /// The same for an answer: the endpoint takes some four requests in a second (429), and has its bad moments (5xx).
    ///
    /// Where the answer tells when the limit's window ends there is no pause here: the next request waits for its turn.
    mutating func pause(after refusal: TokenRefusal) -> Duration? {
        guard [429, 500, 502, 503, 504].contains(refusal.status), let pause = pause() else { return nil }
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
