/// The tokens that confirm calls which destroy or overwrite something.
///
/// A first call returns a token and sends nothing. The same call with the token is sent. A token fits one call exactly,
/// serves once, and expires.
struct Confirmations: Sendable {
    /// Why a token does not confirm a call.
    enum Refusal: Error, Sendable {
        case unknown, expired, otherCall
    }

    private struct Pending: Sendable {
        let call: String
        let end: ContinuousClock.Instant
    }

    /// How long a token is valid.
    static let lifetime = Duration.seconds(300)
    private static let most = 100
    private var pending: [String: Pending] = [:]

    /// Creates a token.
    ///
    /// - Parameter call: The whole call as text: org, method, address, and body.
    mutating func issue(for call: String, now: ContinuousClock.Instant) -> String {
        pending = pending.filter { $0.value.end > now }
        // A client that never confirms does not fill the memory: the oldest goes.
        if pending.count >= Self.most, let oldest = pending.min(by: { $0.value.end < $1.value.end }) {
            pending[oldest.key] = nil
        }
        let token = RandomText.make()
        pending[token] = Pending(call: call, end: now + Self.lifetime)
        return token
    }

    /// Takes a token back. It is used up, whatever the outcome.
    mutating func redeem(_ token: String, for call: String, now: ContinuousClock.Instant) throws(Refusal) {
        guard let found = pending.removeValue(forKey: token) else { throw .unknown }
        guard found.end > now else { throw .expired }
        guard found.call == call else { throw .otherCall }
    }
}

/// Texts that cannot be guessed.
enum RandomText {
    /// 128 bits from the system's source of randomness, in hexadecimal digits.
    static func make() -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(source.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
