import Synchronization

/// How long to wait before another attempt: a random time below a bound that doubles, so that programs which failed
/// together do not come back together.
final class Backoff: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    init(generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.generator = Mutex(generator)
    }

    /// The wait before another attempt.
    ///
    /// - Parameters:
    ///   - reason: Why there is one.
    ///   - repetition: 1 for the second attempt of a call.
    ///   - policy: The bounds.
    func wait(for reason: RetryReason, repetition: Int, policy: RetryPolicy) -> Duration {
        switch reason {
        case .credentials:
            return .zero
        case .concurrency:
            // The others are done in a moment, whatever the stated reset says. What is left to them is a part of the
            // bound: with a fixed time, all would wait equally long where the bound is low.
            let longest = max(.zero, min(.seconds(2), policy.maximumBackoff))
            return random(from: longest / 4, to: longest)
        default:
            let doubled = policy.initialBackoff * (1 << min(max(repetition - 1, 0), 20))
            return random(from: .zero, to: max(.zero, min(doubled, policy.maximumBackoff)))
        }
    }

    private func random(from lower: Duration, to upper: Duration) -> Duration {
        let fraction = generator.withLock { generator in Double.random(in: 0...1, using: &generator) }
        return lower + (upper - lower) * fraction
    }
}
