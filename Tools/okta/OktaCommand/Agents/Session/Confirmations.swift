/// Confirmation tokens for destructive calls.
///
/// A first call returns a token and sends nothing. The same call with the token is sent. A token is valid for exactly
/// this call, can be used once, and expires.
struct Confirmations: Sendable {
    /// The reason why a token is invalid.
    enum Refusal: Error, Sendable {
        case unknown, expired, otherCall
    }

    private struct Pending: Sendable {
        let call: String
        let end: ContinuousClock.Instant
    }

    /// The lifetime of a token.
    static let lifetime = Duration.seconds(300)
    private static let maximumCount = 100
    private var pending: [String: Pending] = [:]

    /// Creates a token.
    ///
    /// - Parameter call: The whole call as text: org, method, URL and body.
    mutating func issue(for call: String, now: ContinuousClock.Instant) -> String {
        pending = pending.filter { $0.value.end > now }
        // The oldest token is dropped, so that unconfirmed calls do not accumulate.
        if pending.count >= Self.maximumCount, let oldest = pending.min(by: { $0.value.end < $1.value.end }) {
            pending[oldest.key] = nil
        }
        let token = RandomText.make()
        pending[token] = Pending(call: call, end: now + Self.lifetime)
        return token
    }

    /// Consumes a token, even if it does not confirm the call.
    mutating func redeem(_ token: String, for call: String, now: ContinuousClock.Instant) throws(Refusal) {
        guard let found = pending.removeValue(forKey: token) else { throw .unknown }
        guard found.end > now else { throw .expired }
        guard found.call == call else { throw .otherCall }
    }
}

/// Unguessable texts.
enum RandomText {
    /// Returns 128 random bits of the system's generator in hexadecimal.
    static func make() -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(source.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
