import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// Waiting calls whose deadline turns out to be before the end of their wait.
@Suite(.longCalculation) struct RateLimiterFutileWaitTests {
    private static let users = RateLimitKey(method: .get, path: "/api/v1/users")
    private static let groups = RateLimitKey(method: .get, path: "/api/v1/groups")
    private static let policy = RateLimitPolicy(utilization: 0.8, initialConcurrentCalls: 1)

    private static func limiter(_ time: SimulatedTime) -> RateLimiter {
        RateLimiter(policy: policy, time: time, clock: ServerClock(source: time), executor: time)
    }

    /// The client's share of the limit is used up.
    private static func usedUp(until reset: Date) -> RateLimit {
        RateLimit(limit: 100, remaining: 20, reset: reset)
    }

    @Test("Rate limiter waits that are too long: fail as soon as that is known")
    func aWaitIsRefusedOnceItIsKnownToBeTooLong() async throws {
        let time = SimulatedTime()
        let limiter = Self.limiter(time)
        try await time.run {
            let first = try #require(limiter.acquire(Self.users, ticket: nil, deadline: nil, now: .zero).permit)
            let hurried = try #require(
                limiter.acquire(Self.users, ticket: nil, deadline: .seconds(30), now: .zero).waiter)
            let patient = try #require(
                limiter.acquire(Self.users, ticket: nil, deadline: .seconds(70), now: .zero).waiter)
            try await time.sleep(for: .seconds(5))
            #expect(!hurried.isDecided)

            let limit = Self.usedUp(until: time.start.addingTimeInterval(60))
            limiter.release(first, .responded(limit, nil), now: time.elapsed)
            await limiter.wait(hurried)
            guard case .tooLate(let wait?) = hurried.decision else {
                Issue.record("it is not refused, or without the wait")
                return
            }
            #expect(time.elapsed == .seconds(5))
            #expect(abs(seconds(wait) - 55) < 0.01)
            #expect(!patient.isDecided)

            await limiter.wait(patient)
            guard case .admitted(let permit) = patient.decision else {
                Issue.record("it is not admitted")
                return
            }
            #expect(abs(seconds(time.elapsed) - 60) < 0.01)
            limiter.release(permit, .responded(nil, nil), now: time.elapsed)
        }
        #expect(limiter.load == (0, false))
        #expect(time.sleeperCount == 0)
    }

    /// The last waiting call ends the timer.
    @Test("Rate limiter waits that are too long: leave nothing of a refused queue")
    func leaveNothingOfRefusedQueue() async throws {
        let time = SimulatedTime()
        let limiter = Self.limiter(time)
        try await time.run {
            let first = try #require(limiter.acquire(Self.users, ticket: nil, deadline: nil, now: .zero).permit)
            let hurried = try #require(
                limiter.acquire(Self.users, ticket: nil, deadline: .seconds(30), now: .zero).waiter)
            try await time.sleep(for: .seconds(5))
            #expect(time.sleeperCount == 1)
            let limit = Self.usedUp(until: time.start.addingTimeInterval(60))
            limiter.release(first, .responded(limit, nil), now: time.elapsed)
            #expect(hurried.isDecided)
            #expect(limiter.load == (0, false))
            #expect(time.sleeperCount == 0)
        }
    }

    /// The test uses many calls in two queues.
    @Test("Rate limiter waits that are too long: refuse only calls that cannot be sent in time", arguments: 1...5)
    func refuseOnlyCallsThatCannotBeSentInTime(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var state = RateLimiterState(policy: Self.policy)
        let admission = state.acquire(Self.users, ticket: nil, deadline: nil, now: .zero)
        let first = try #require(admission.permit)
        // Its response does not arrive.
        _ = state.acquire(Self.groups, ticket: nil, deadline: nil, now: .zero)
        var users: [Waiter] = []
        var groups: [Waiter] = []
        for _ in 0..<10_000 {
            let second = Int.random(in: 6...120, using: &generator)
            let deadline: Duration? = generator.oneIn(10) ? nil : .seconds(second)
            let isUser = generator.oneIn(2)
            let admission = state.acquire(
                isUser ? Self.users : Self.groups, ticket: nil, deadline: deadline, now: .zero)
            let waiter = try #require(admission.waiter)
            if isUser { users.append(waiter) } else { groups.append(waiter) }
        }

        let now = Duration.seconds(5)
        let end = Duration.seconds(60)
        let limit = Self.usedUp(until: Date(timeIntervalSince1970: 60))
        state.release(first, with: limit, end: end, signal: nil, now: now)
        state.admitWaiting(now)
        state.failUnreachable(now)
        #expect(users.allSatisfy { $0.isDecided == ($0.deadline.map { $0 < end } ?? false) })
        #expect(groups.allSatisfy { !$0.isDecided })
        let next = state.nextChange(now)
        #expect(next == groups.compactMap(\.deadline).min())

        state.expire(.seconds(90))
        let isOver = { (waiter: Waiter) in waiter.deadline.map { $0 <= .seconds(90) } ?? false }
        #expect((users + groups).allSatisfy { $0.isDecided == isOver($0) })
    }
}
