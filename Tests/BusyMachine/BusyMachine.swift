import Dispatch
import Testing

extension Trait where Self == LongCalculation {
    /// A trait for tests with long calculations. They run outside Swift's concurrency pool, which has one thread per
    /// core: otherwise, no waiting test could continue while all threads calculate.
    static var longCalculation: Self { Self() }
}

/// Runs tests on separate threads, as many as the machine has cores.
struct LongCalculation: TestTrait, SuiteTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(CalculationThreads.shared) { try await function() }
    }
}

/// The threads of a system queue that nothing else uses in the tests.
final class CalculationThreads: TaskExecutor {
    static let shared = CalculationThreads()

    let queue = DispatchQueue.global(qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension Trait where Self == TimeLimitTrait {
    /// A time limit for tests that would hang if the tested code were broken, long enough for any busy machine.
    static var hangLimit: Self { .timeLimit(.minutes(30)) }
}

/// Lets other tasks run until a condition holds. It has no separate time limit, because a busy machine could exceed
/// any limit. Returns `false` if the test is cancelled, such as by its `hangLimit`.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    while try await !condition() {
        if Task.isCancelled { return false }
        await Task.yield()
    }
    return true
}
