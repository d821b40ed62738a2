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
        case .rateLimit:
            // Only where the server does not say how long: limits are of some seconds to a minute, so the wait is long,
            // and never next to nothing.
            let bound = bound(policy.initialBackoff * 4, repetition, policy)
            return random(from: bound / 2, to: bound)
        default:
            return random(from: .zero, to: bound(policy.initialBackoff, repetition, policy))
        }
    }

    /// The wait before another attempt that a server asks for, and a little more by chance, so that all who were told the
    /// same do not come back together.
    func wait(stated: Duration, policy: RetryPolicy) -> Duration {
        stated + random(from: .zero, to: bound(policy.initialBackoff, 1, policy))
    }

    private func bound(_ first: Duration, _ repetition: Int, _ policy: RetryPolicy) -> Duration {
        max(.zero, min(first * (1 << min(max(repetition - 1, 0), 20)), policy.maximumBackoff))
    }

    private func random(from lower: Duration, to upper: Duration) -> Duration {
        let fraction = generator.withLock { generator in Double.random(in: 0...1, using: &generator) }
        return lower + (upper - lower) * fraction
    }
}
