import Dispatch
import Testing

extension Trait where Self == LongCalculation {
    /// For tests that prove by long calculation. They leave Swift's concurrency pool, which has a thread for each core of
    /// the machine, to the tests that wait for something: nobody could go on while all of them calculate.
    static var longCalculation: Self { Self() }
}

/// Runs tests on threads of their own, as many as the machine has cores.
struct LongCalculation: TestTrait, SuiteTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(CalculationThreads.shared) { try await function() }
    }
}

/// The threads of a queue of the system that nothing else uses here.
final class CalculationThreads: TaskExecutor {
    static let shared = CalculationThreads()

    let queue = DispatchQueue.global(qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
