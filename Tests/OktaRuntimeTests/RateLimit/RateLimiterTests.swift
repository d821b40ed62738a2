import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

@Suite struct RateLimiterTests {
    private static let users = SimulatedOrg.Limit(name: "users", calls: 100, offset: 20)
    private static let groups = SimulatedOrg.Limit(name: "groups", calls: 40, offset: 0)

    private func org(
        _ time: SimulatedTime, maximumAtATime: Int = .max, latency: ClosedRange<Double> = 0.1...0.1, seed: UInt64 = 1
    ) -> SimulatedOrg {
        SimulatedOrg(
            time: time, limits: [Self.users, Self.groups], maximumAtATime: maximumAtATime, latency: latency, seed: seed
        ) { $0.hasPrefix("/api/v1/groups") ? "groups" : "users" }
    }

    private func user(_ id: Int) -> OktaRequest { OktaRequest(.get, "/api/v1/users/\(id)") }
    private func group(_ id: Int) -> OktaRequest { OktaRequest(.get, "/api/v1/groups/\(id)") }

    // MARK: Order

    /// With equal latency, calls arrive in the order in which they were made, independently of their waits.
    @Test("Rate limiter: calls are sent in order of arrival", arguments: [1, 2, 7, 64])
    func callsAreSentInOrderOfArrival(_ inFlight: Int) async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try Simulation(org, time: time) { $0.rateLimits.maximumConcurrentCalls = inFlight }
        try await time.run { [user, group] in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<300 {
                    tasks.addTask {
                        _ = try await simulation.client.send(index.isMultiple(of: 3) ? group(index) : user(index))
                    }
                }
                try await tasks.waitForAll()
            }
        }
        let arrivals = org.count.arrivals
        for kind in ["users", "groups"] {
            let ids = arrivals.filter { $0.contains(kind) }.compactMap { Int($0.split(separator: "/").last ?? "") }
            #expect(ids.count == (kind == "users" ? 200 : 100))
            #expect(ids == ids.sorted())
        }
        #expect(org.count.mostAtATime <= inFlight)
        #expect(org.count.responses == [200: 300])
    }

    /// A queue without progress does not delay another queue.
    @Test("Rate limiter: a used-up limit does not delay calls of another") func usedUpLimitDoesNotDelayCallsOfAnother()
        async throws
    {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try Simulation(org, time: time)
        let groupsDone = try await time.run { [user, group] in
            try await withThrowingTaskGroup(of: Duration.self) { tasks in
                for index in 0..<200 {
                    tasks.addTask {
                        _ = try await simulation.client.send(user(index))
                        return .zero
                    }
                }
                for index in 0..<20 {
                    tasks.addTask {
                        _ = try await simulation.client.send(group(index))
                        return time.elapsed
                    }
                }
                return try await tasks.reduce(.zero) { max($0, $1) }
            }
        }
        #expect(groupsDone < .seconds(5))
        #expect(time.elapsed > .seconds(60))
    }

    @Test("Rate limiter: an unknown limit starts with few concurrent calls")
    func anActionThatNothingIsKnownOfBeginsWithFewCalls() async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try Simulation(org, time: time)
        try await time.run { [user] in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<50 { tasks.addTask { _ = try await simulation.client.send(user(index)) } }
                try await time.sleep(for: .milliseconds(75))
                #expect(org.count.arrivals.count == 4)
                try await tasks.waitForAll()
            }
        }
        #expect(org.count.mostAtATime > 4)
    }

    // MARK: Deadlines

    @Test("Rate limiter: a wait that exceeds the deadline is refused immediately")
    func waitThatExceedsDeadlineIsRefusedImmediately() async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try Simulation(org, time: time)
        try await time.run { [user] in
            for index in 0..<80 { _ = try await simulation.client.send(user(index)) }
            let before = time.elapsed
            let hurried = simulation.client.with { $0.timeout = .seconds(5) }
            let error = await #expect(throws: OktaError.self) { try await hurried.send(user(80)) }
            guard case .rateLimited(let failure) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(time.elapsed == before)
            #expect(failure.rateLimit?.limit == 100)
            #expect(failure.bucket == "GET /api/v1/users/{}")
            // The window ends at a stated second. The clock knows it to within a second.
            let actual = Double(org.reset(of: Self.users)) - time.date.timeIntervalSince1970
            #expect(abs(seconds(try #require(failure.wait)) - actual) < 1.01)
            for part in ["GET /api/v1/users/80", "not sent", "100 calls", "rateLimits.utilization"] {
                #expect(failure.description.contains(part), "\(failure)")
            }
            let patient = simulation.client.with { $0.timeout = .seconds(70) }
            _ = try await patient.send(user(81))
        }
        #expect(org.count.responses == [200: 81])
        #expect(simulation.core.limiter.load == (0, false))
    }

    @Test("Rate limiter: a call that waited in vain fails at its deadline")
    func callThatWaitedInVainFailsAtItsDeadline()
        async throws
    {
        let time = SimulatedTime()
        let org = org(time, latency: 30...30)
        let simulation = try Simulation(org, time: time) { $0.rateLimits.maximumConcurrentCalls = 1 }
        try await time.run { [user] in
            async let long = simulation.client.send(user(0))
            try await time.sleep(for: .seconds(1))
            let hurried = simulation.client.with { $0.timeout = .seconds(3) }
            let error = await #expect(throws: OktaError.self) { try await hurried.send(user(1)) }
            guard case .rateLimited(let failure) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(time.elapsed == .seconds(4))
            #expect(failure.wait == nil)
            _ = try await long
        }
        #expect(org.count.arrivals.count == 1)
        #expect(simulation.core.limiter.load == (0, false))
    }

    // MARK: Other programs

    /// The next response shows the calls of other programs, and the reserve is sufficient for them until then.
    @Test("Rate limiter: another program can use its share", arguments: 1...5)
    func anotherProgramCanTakeItsPart(_ seed: UInt64) async throws {
        let time = SimulatedTime()
        let org = org(time, latency: 0.05...0.3, seed: seed)
        let simulation = try Simulation(org, time: time, seed: seed) { $0.rateLimits.maximumConcurrentCalls = 8 }
        try await time.run { [user] in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                let thief = Task(executorPreference: time) {
                    var generator = SplitMix64(seed: seed)
                    while !Task.isCancelled {
                        try await time.sleep(for: .milliseconds(Int.random(in: 100...2000, using: &generator)))
                        org.take(Int.random(in: 0...5, using: &generator), of: "users")
                    }
                }
                for index in 0..<500 { tasks.addTask { _ = try await simulation.client.send(user(index)) } }
                try await tasks.waitForAll()
                thief.cancel()
            }
        }
        #expect(org.count.responses == [200: 500])
    }

    /// Even if another program uses up everything, there are few refusals per window, and each call finally succeeds.
    @Test("Rate limiter: a program that leaves nothing costs few 429 responses")
    func programThatLeavesNothingCostsFew429Responses() async throws {
        let time = SimulatedTime()
        let org = org(time)
        let simulation = try Simulation(org, time: time)
        try await time.run { [user] in
            for _ in 0..<3 {
                // The known limit is outdated.
                try await time.sleep(for: .seconds(2))
                org.take(100, of: "users")
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for index in 0..<50 { tasks.addTask { _ = try await simulation.client.send(user(index)) } }
                    try await tasks.waitForAll()
                }
            }
        }
        #expect(org.count.responses[200] == 150)
        #expect((1...12).contains(org.count.responses[429] ?? 0))
    }

    /// The templates of one limit do not share state, but each response states the use by the others.
    @Test("Rate limiter: actions that share a limit do not exceed it", arguments: 1...10)
    func actionsThatShareALimitDoNotExceedIt(_ seed: UInt64) async throws {
        let time = SimulatedTime()
        let org = SimulatedOrg(time: time, limits: [Self.users], latency: 0.1...0.2, seed: seed) { _ in "users" }
        let simulation = try Simulation(org, time: time, seed: seed)
        try await time.run { [user, group] in
            // The limiter's state of the group action is outdated when its calls begin.
            _ = try await simulation.client.send(group(0))
            for index in 0..<70 { _ = try await simulation.client.send(user(index)) }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<200 {
                    tasks.addTask {
                        _ = try await simulation.client.send(index.isMultiple(of: 2) ? group(index) : user(index))
                    }
                }
                try await tasks.waitForAll()
            }
        }
        #expect(org.count.responses == [200: 271])
    }

    // MARK: Concurrency limit

    @Test("Rate limiter: the concurrency limit follows the org's", arguments: [1, 5, 20, 35])
    func theCapFollowsTheOrgs(_ maximum: Int) async throws {
        let time = SimulatedTime()
        let org = SimulatedOrg(
            time: time, limits: [.init(name: "all", calls: 1_000_000, offset: 0)], maximumAtATime: maximum,
            latency: 0.1...0.3
        ) { _ in "all" }
        let simulation = try Simulation(org, time: time) { $0.retry.maximumAttempts = 10 }
        try await time.run { [user] in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<1000 { tasks.addTask { _ = try await simulation.client.send(user(index)) } }
                try await tasks.waitForAll()
            }
        }
        #expect(org.count.responses[200] == 1000)
        #expect((org.count.responses[429] ?? 0) <= 200, "\(org.count.responses)")
        // The calls are never slower than in sequence, and a refusal does not delay them until a reset.
        #expect(time.elapsed < .seconds(1000 * 0.2 / Double(maximum) * 3 + 10), "\(time.elapsed)")
    }
}
