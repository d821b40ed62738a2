import Synchronization

/// The wait before a retry: exponential backoff with full jitter.
final class Backoff: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    init(generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.generator = Mutex(generator)
    }

    /// Returns the wait before a retry.
    ///
    /// - Parameters:
    ///   - reason: The reason for the retry.
    ///   - repetition: The number of the retry; 1 for the second attempt of a call.
    ///   - policy: The bounds.
    func wait(for reason: RetriedAttempt.RetryReason, repetition: Int, policy: RetryPolicy) -> Duration {
        switch reason {
        case .credentials:
            return .zero
        case .concurrency:
            // The concurrent calls end soon, regardless of the stated reset. The wait is random even if the bound is
            // low, so that calls do not retry together.
            let longest = max(.zero, min(.seconds(2), policy.maximumBackoff))
            return random(from: longest / 4, to: longest)
        case .rateLimit:
            // The server states no reset. Windows last from a few seconds to a minute, so the wait is long and never
            // close to zero.
            let bound = bound(policy.initialBackoff * 4, repetition, policy)
            return random(from: bound / 2, to: bound)
        default:
            return random(from: .zero, to: bound(policy.initialBackoff, repetition, policy))
        }
    }

    /// Returns the wait that a server requests, plus jitter, so that clients with the same wait do not retry together.
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
