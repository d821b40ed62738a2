import Testing

@testable import OktaRuntime

/// The wait after a refusal for too many concurrent calls.
@Suite struct ConcurrencyBackoffTests {
    /// The policy's bound, and the shortest and longest wait, in milliseconds.
    @Test(
        "Concurrency limit backoff: observes the bounds of the retry policy",
        arguments: [(20_000, 500, 2000), (1000, 250, 1000), (100, 25, 100), (0, 0, 0), (-1000, 0, 0)])
    func itKeepsToThePolicysBound(_ bound: Int, _ shortest: Int, _ longest: Int) {
        let backoff = Backoff(generator: SplitMix64(seed: 1))
        let policy = RetryPolicy(maximumBackoff: .milliseconds(bound))
        let range = Duration.milliseconds(shortest)...Duration.milliseconds(longest)
        let waits = (1...100).map { backoff.wait(for: .concurrency, repetition: $0, policy: policy) }
        #expect(waits.allSatisfy { range.contains($0) })
        // Calls that were refused together do not retry at the same time.
        #expect(longest == 0 || Set(waits).count > 50)
    }
}
