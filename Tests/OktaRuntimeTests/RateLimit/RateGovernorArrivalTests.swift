import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// What the governor learns from a call that comes back, and what it does not.
@Suite struct RateGovernorArrivalTests {
    private static let key = RateLimitKey(method: .get, path: "/api/v1/users")

    private let time = SimulatedTime()

    private func governor(_ policy: RateLimitPolicy = RateLimitPolicy()) -> RateGovernor {
        RateGovernor(policy: policy, time: time, clock: ServerClock(source: time), executor: time)
    }

    private func limit(_ remaining: Int, reset second: Double) -> RateLimit {
        RateLimit(limit: 100, remaining: remaining, reset: time.start.addingTimeInterval(second))
    }

    /// An answer that was long on its way tells of the window that has ended, also when it is a refusal.
    @Test func aLateRefusalDoesNotCloseTheNextWindow() throws {
        let governor = governor()
        let late = try #require(governor.ask(Self.key, ticket: nil, deadline: nil, now: .zero).permit)
        let first = try #require(governor.ask(Self.key, ticket: nil, deadline: nil, now: .zero).permit)
        governor.arrive(first, .answered(limit(50, reset: 60), nil), now: .seconds(1))
        let next = try #require(governor.ask(Self.key, ticket: nil, deadline: nil, now: .seconds(61)).permit)
        governor.arrive(next, .answered(limit(99, reset: 120), nil), now: .seconds(62))

        governor.arrive(late, .answered(limit(0, reset: 60), .exhausted), now: .seconds(63))
        #expect(governor.window(of: Self.key) == limit(99, reset: 120))
        let again = governor.ask(Self.key, ticket: late.ticket, deadline: nil, now: .seconds(63))
        #expect(again.permit?.ticket == late.ticket)
    }

    /// An outage shows nothing of how many calls the org takes at a time.
    @Test func onlyAnswersRaiseTheCap() {
        let governor = governor(RateLimitPolicy(maximumCallsInFlight: 8, callsInFlightUntilKnown: 100))
        let all = permits(from: governor)
        #expect(all.count == 8)
        for permit in all { governor.arrive(permit, .answered(nil, .concurrency), now: .zero) }
        #expect(capacity(of: governor) == 4)
        for arrival in [RateGovernor.Arrival.lost, .unsent] {
            send(400, through: governor, arrival)
            #expect(capacity(of: governor) == 4)
        }
        send(400, through: governor, .answered(nil, nil))
        #expect(capacity(of: governor) == 8)
        #expect(governor.load == (0, false))
    }

    /// Sends calls one after the other, all of which come to the same end.
    private func send(_ count: Int, through governor: RateGovernor, _ arrival: RateGovernor.Arrival) {
        for _ in 0..<count {
            guard let permit = governor.ask(Self.key, ticket: nil, deadline: nil, now: .zero).permit else {
                Issue.record("nothing is in the way")
                return
            }
            governor.arrive(permit, arrival, now: .zero)
        }
    }

    /// How many calls go at a time.
    private func capacity(of governor: RateGovernor) -> Int {
        let all = permits(from: governor)
        for permit in all { governor.arrive(permit, .unsent, now: .zero) }
        return all.count
    }

    /// Asks until a call would have to wait.
    private func permits(from governor: RateGovernor) -> [RatePermit] {
        var permits: [RatePermit] = []
        while true {
            let admission = governor.ask(Self.key, ticket: nil, deadline: nil, now: .zero)
            guard let permit = admission.permit else {
                admission.waiter?.decide(.cancelled)
                return permits
            }
            permits.append(permit)
        }
    }
}
