import HTTPTypes
import Testing

@testable import OktaRuntime

/// A call that is cancelled at any point leaves nothing behind.
@Suite struct RateLimiterCancellationTests {
    private static let limit = SimulatedOrg.Limit(name: "users", calls: 100, offset: 20)

    private func request(_ id: Int) -> OktaRequest { OktaRequest(.get, "/api/v1/users/\(id)") }

    private func isCancelled(_ result: Result<OktaResponse, any Error>) -> Bool {
        if case .failure(OktaError.cancelled) = result { true } else { false }
    }

    @Test("Rate limiter cancellation: in the queue for the window") func inLineForTheWindow() async throws {
        let time = SimulatedTime()
        let org = SimulatedOrg(time: time, limits: [Self.limit]) { _ in "users" }
        let simulation = try Simulation(org, time: time)
        try await time.run { [request, isCancelled] in
            for index in 0..<80 { _ = try await simulation.client.send(request(index)) }
            let first = Task(executorPreference: time) { try await simulation.client.send(request(80)) }
            let second = Task(executorPreference: time) { try await simulation.client.send(request(81)) }
            try await time.sleep(for: .seconds(1))
            #expect(simulation.core.limiter.load.waiting)
            let before = time.elapsed
            first.cancel()
            #expect(isCancelled(await first.result))
            #expect(time.elapsed == before)
            #expect(try await second.value.status == .ok)
        }
        #expect(org.count.arrivals.count == 81)
        #expect(simulation.core.limiter.load == (0, false))
    }

    /// The last waiting call ends the timer.
    @Test("Rate limiter cancellation: as the only one in the queue") func asOnlyOneInQueue() async throws {
        let time = SimulatedTime()
        let org = SimulatedOrg(time: time, limits: [Self.limit]) { _ in "users" }
        let simulation = try Simulation(org, time: time)
        try await time.run { [request, isCancelled] in
            for index in 0..<80 { _ = try await simulation.client.send(request(index)) }
            let task = Task(executorPreference: time) { try await simulation.client.send(request(80)) }
            try await time.sleep(for: .milliseconds(10))
            #expect(time.sleeperCount == 1)
            task.cancel()
            #expect(isCancelled(await task.result))
            #expect(time.sleeperCount == 0)
        }
        #expect(simulation.core.limiter.load == (0, false))
    }

    @Test("Rate limiter cancellation: during the request") func inFlight() async throws {
        let time = SimulatedTime()
        let org = SimulatedOrg(time: time, limits: [Self.limit], latency: 10...10) { _ in "users" }
        let simulation = try Simulation(org, time: time)
        try await time.run { [request, isCancelled] in
            let task = Task(executorPreference: time) { try await simulation.client.send(request(0)) }
            try await time.sleep(for: .seconds(1))
            task.cancel()
            #expect(isCancelled(await task.result))
            #expect(time.elapsed == .seconds(1))
        }
        #expect(simulation.core.limiter.load == (0, false))
    }

    @Test("Rate limiter cancellation: before a retry") func beforeAnotherAttempt() async throws {
        let time = SimulatedTime()
        let transport = StubTransport(503, #"{"errorCode":"E0000010"}"#)
        let simulation = try Simulation(transport, time: time) { $0.retry.initialBackoff = .seconds(1000) }
        try await time.run { [request, isCancelled] in
            let task = Task(executorPreference: time) { try await simulation.client.send(request(0)) }
            try await time.sleep(for: .milliseconds(1))
            #expect(transport.requests.count == 1)
            #expect(simulation.core.limiter.load == (0, false))
            task.cancel()
            #expect(isCancelled(await task.result))
            #expect(time.elapsed == .milliseconds(1))
        }
        #expect(transport.requests.count == 1)
    }

    /// Cancellations at random moments, of calls that wait for windows or other calls, or are in flight.
    @Test("Rate limiter cancellation: at random moments", arguments: 1...20)
    func anywhere(_ seed: UInt64) async throws {
        let time = SimulatedTime()
        let org = SimulatedOrg(
            time: time, limits: [Self.limit], maximumAtATime: 12, latency: 0.05...2, seed: seed
        ) { _ in "users" }
        let simulation = try Simulation(org, time: time, seed: seed) { $0.rateLimits.maximumConcurrentCalls = 16 }
        let counts = try await time.run { [request, isCancelled] in
            var generator = SplitMix64(seed: seed)
            let tasks = (0..<300).map { index in
                Task(executorPreference: time) { try await simulation.client.send(request(index)) }
            }
            let cancelling = (0..<200).map { _ in
                (
                    at: Duration.milliseconds(Int.random(in: 0...150_000, using: &generator)),
                    task: tasks[Int.random(in: 0..<tasks.count, using: &generator)]
                )
            }
            return await withTaskGroup(of: String?.self) { group in
                for (moment, task) in cancelling {
                    group.addTask {
                        try? await time.sleep(until: moment)
                        task.cancel()
                        return nil
                    }
                }
                for task in tasks {
                    group.addTask {
                        let result = await task.result
                        return isCancelled(result) ? "cancelled" : (try? result.get()) == nil ? "failed" : "done"
                    }
                }
                return await group.reduce(into: [String: Int]()) { counts, end in
                    if let end { counts[end, default: 0] += 1 }
                }
            }
        }
        #expect(counts.values.reduce(0, +) == 300)
        #expect((counts["cancelled"] ?? 0) > 10)
        #expect((counts["done"] ?? 0) > 100)
        #expect(counts["failed"] == nil)
        #expect(simulation.core.limiter.load == (0, false))
        #expect(time.sleeperCount == 0)
    }
}
