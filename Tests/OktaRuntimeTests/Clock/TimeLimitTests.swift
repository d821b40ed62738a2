import Testing

@testable import OktaRuntime

@Suite struct TimeLimitTests {
    private let time = SimulatedTime()

    /// Waits for a time, and notices a cancellation only after a delay.
    private func work(for duration: Duration) async -> String {
        do {
            try await time.sleep(for: duration)
            return "done"
        } catch {
            for _ in 0..<5 { await Task.yield() }
            return "cancelled"
        }
    }

    @Test("Time limit: work that ends in time is not delayed", arguments: [Duration.seconds(2), nil])
    func workThatEndsInTimeIsNotHeldUp(_ limit: Duration?) async throws {
        let result = try await time.run { await time.run(until: limit) { await work(for: .seconds(1)) } }
        #expect(result == "done")
        #expect(time.elapsed == .seconds(1))
        #expect(time.sleeperCount == 0)
    }

    @Test("Time limit: work that takes longer is cancelled") func workThatDoesNotIsCancelled() async throws {
        let result = try await time.run { await time.run(until: .seconds(1)) { await work(for: .seconds(2)) } }
        #expect(result == nil)
        #expect(time.elapsed == .seconds(1))
        #expect(time.sleeperCount == 0)
    }

    /// A cancelled task has not exceeded its time limit.
    @Test("Time limit: a cancellation is not reported as a timeout") func cancellationIsNotReportedAsTimeout()
        async throws
    {
        let result = try await time.run {
            await withTaskGroup(of: String?.self) { group in
                group.addTask { await time.run(until: .seconds(9)) { await work(for: .seconds(2)) } }
                try? await time.sleep(for: .seconds(1))
                group.cancelAll()
                return await group.next() ?? nil
            }
        }
        #expect(result == "cancelled")
        #expect(time.elapsed == .seconds(1))
    }
}
