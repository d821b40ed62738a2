import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// The facts that the limiter learns from a completed call.
@Suite struct RateLimiterArrivalTests {
    private static let key = RateLimitKey(method: .get, path: "/api/v1/users")

    private let time = SimulatedTime()

    private func limiter(_ policy: RateLimitPolicy = RateLimitPolicy()) -> RateLimiter {
        RateLimiter(policy: policy, time: time, clock: ServerClock(source: time), executor: time)
    }

    private func limit(_ remaining: Int, reset second: Double) -> RateLimit {
        RateLimit(limit: 100, remaining: remaining, reset: time.start.addingTimeInterval(second))
    }

    /// A late response, even a refusal, describes the window that has ended.
    @Test("Rate limiter responses: a late 429 does not close the next window")
    func aLateRefusalDoesNotCloseTheNextWindow() throws {
        let limiter = limiter()
        let late = try #require(limiter.acquire(Self.key, ticket: nil, deadline: nil, now: .zero).permit)
        let first = try #require(limiter.acquire(Self.key, ticket: nil, deadline: nil, now: .zero).permit)
        limiter.release(first, .responded(limit(50, reset: 60), nil), now: .seconds(1))
        let next = try #require(limiter.acquire(Self.key, ticket: nil, deadline: nil, now: .seconds(61)).permit)
        limiter.release(next, .responded(limit(99, reset: 120), nil), now: .seconds(62))

        limiter.release(late, .responded(limit(0, reset: 60), .exhausted), now: .seconds(63))
        #expect(limiter.window(of: Self.key) == limit(99, reset: 120))
        let again = limiter.acquire(Self.key, ticket: late.ticket, deadline: nil, now: .seconds(63))
        #expect(again.permit?.ticket == late.ticket)
    }

    /// An outage does not affect the concurrency limit.
    @Test("Rate limiter responses: only responses raise the concurrency limit") func onlyResponsesRaiseTheCap() {
        let limiter = limiter(RateLimitPolicy(maximumConcurrentCalls: 8, initialConcurrentCalls: 100))
        let all = permits(from: limiter)
        #expect(all.count == 8)
        for permit in all { limiter.release(permit, .responded(nil, .concurrency), now: .zero) }
        #expect(capacity(of: limiter) == 4)
        for arrival in [RateLimiter.Outcome.lost, .unsent] {
            send(400, through: limiter, arrival)
            #expect(capacity(of: limiter) == 4)
        }
        send(400, through: limiter, .responded(nil, nil))
        #expect(capacity(of: limiter) == 8)
        #expect(limiter.load == (0, false))
    }

    /// Sends calls one after the other, all with the same result.
    private func send(_ count: Int, through limiter: RateLimiter, _ arrival: RateLimiter.Outcome) {
        for _ in 0..<count {
            guard let permit = limiter.acquire(Self.key, ticket: nil, deadline: nil, now: .zero).permit else {
                Issue.record("nothing is in the way")
                return
            }
            limiter.release(permit, arrival, now: .zero)
        }
    }

    /// Returns the number of calls that are sent concurrently.
    private func capacity(of limiter: RateLimiter) -> Int {
        let all = permits(from: limiter)
        for permit in all { limiter.release(permit, .unsent, now: .zero) }
        return all.count
    }

    /// Requests turns until a call would have to wait.
    private func permits(from limiter: RateLimiter) -> [Permit] {
        var permits: [Permit] = []
        while true {
            let admission = limiter.acquire(Self.key, ticket: nil, deadline: nil, now: .zero)
            guard let permit = admission.permit else {
                admission.waiter?.decide(.cancelled)
                return permits
            }
            permits.append(permit)
        }
    }
}
