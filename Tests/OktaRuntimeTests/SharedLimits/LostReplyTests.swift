import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// The handling of exchanges with lost replies, of late exchanges, and of exchanges for a lost record.
@Suite struct LostReplyTests {
    private typealias Fixture = SharedBucketFixture

    @Test("Lost replies: permits that the client has not received do not count toward its share of the window")
    func grantsAreUndone() {
        var fixture = Fixture()
        fixture.exchange("b", waiting: 100, number: 1)
        fixture.exchange("a", number: 1) { $0.stated = Fixture.stated(100, of: 100) }
        let lost = fixture.exchange("a", waiting: 100, number: 2) { $0.acknowledged = 1 }
        #expect(lost.granted > 10)
        let again = fixture.exchange("a", waiting: 100, number: 3) { $0.acknowledged = 1 }
        #expect(again.granted == lost.granted)
        #expect(fixture.bucket.members["a"]?.taken == again.granted)
        #expect(fixture.bucket.members["a"]?.held == again.granted)
        // The reply to the last exchange arrived.
        fixture.exchange("a", held: again.granted, number: 4) { $0.acknowledged = 3 }
        #expect(fixture.bucket.members["a"]?.taken == again.granted)
    }

    @Test("Lost replies: a report is counted once, however many replies are lost")
    func reportsCountOnce() {
        var fixture = Fixture()
        fixture.exchange("a", waiting: 20, number: 1) { $0.stated = Fixture.stated(100, of: 100) }
        let taken = fixture.bucket.members["a"]?.taken ?? 0
        for (number, reports) in [(2, 1), (3, 1), (4, 3), (5, 3)] {
            fixture.exchange("a", number: number) {
                ($0.acknowledged, $0.unstated, $0.returned) = (1, reports, reports)
            }
        }
        #expect(fixture.bucket.windows["token"]?.remaining == 97)
        #expect(fixture.bucket.members["a"]?.taken == taken - 3)
        fixture.exchange("a", number: 6) { ($0.acknowledged, $0.unstated) = (5, 2) }
        #expect(fixture.bucket.windows["token"]?.remaining == 95)
    }

    @Test("Lost replies: an exchange is late only after a later one of its own client")
    func lateExchanges() {
        var fixture = Fixture()
        fixture.exchange("a", number: 5)
        let a = SharingProgram(id: "a", name: "a", weight: 1, principal: "token")
        let b = SharingProgram(id: "b", name: "b", weight: 1, principal: "token")
        #expect(fixture.bucket.isLate(5, from: a) && fixture.bucket.isLate(4, from: a))
        #expect(!fixture.bucket.isLate(6, from: a) && !fixture.bucket.isLate(1, from: b))
        // Exchanges without numbers are executed as they arrive.
        #expect(!fixture.bucket.isLate(0, from: a))
    }

    @Test("Lost records: another record grants nothing until the leases of a client's known record have ended")
    func recordIsReplaced() {
        var fixture = Fixture()
        fixture.state("b", Fixture.stated(60, of: 100))
        let born = fixture.bucket.born
        #expect(born == Fixture.start)
        fixture.now = 1000
        let paused = fixture.exchange("a", waiting: 5, held: 40, known: born - 70_000)
        #expect(paused.granted == 0)
        #expect(paused.retryAfter == .milliseconds(SharedLimitTimes.lease - 1000))
        // Clients without state get no permits, either.
        #expect(fixture.exchange("b", waiting: 5).granted == 0)
        // The permits that clients hold are counted immediately.
        #expect(fixture.bucket.members["a"]?.held == 40)
        fixture.now = SharedLimitTimes.lease
        #expect(fixture.exchange("b", waiting: 5, known: born).granted > 0)
        // A client with the former record arrives late, after the leases have ended.
        #expect(fixture.exchange("c", waiting: 5, known: born - 70_000).granted > 0)
    }

    @Test("Lost records: setting the clock back does not prolong the pause")
    func clockIsSetBack() {
        var fixture = Fixture()
        fixture.exchange("a", known: 1)
        fixture.now = -3_600_000
        #expect(fixture.exchange("a", waiting: 3).granted == 2)
    }

    // MARK: Client

    private static let key = RateLimitKey(method: .get, path: "/api/v1/users")

    /// A limiter whose first call has learned a limit of 10, and its exchange.
    private func limiter() throws -> RateLimiterState {
        let sharing = RateLimitSharing(store: InProcessRateLimitStore(), program: "p")
        var state = RateLimiterState(
            policy: RateLimitPolicy(utilization: 1, initialConcurrentCalls: 100), sharing: sharing)
        #expect(state.acquire(Self.key, ticket: nil, deadline: nil, now: .zero).waiter != nil)
        try exchange(&state, granted: 5, at: .zero)
        state.admitWaiting(.zero)
        respond(&state, remaining: 9, reset: 60, at: .milliseconds(10))
        return state
    }

    /// Makes the due exchange, and returns its report.
    @discardableResult
    private func exchange(
        _ state: inout RateLimiterState, granted: Int?, at now: Duration
    ) throws -> LeaseRequest {
        state.updateLeased(0)
        let due = try #require(state.dueExchange(now) { Fixture.date(0).addingTimeInterval(seconds($0)) })
        let replies = granted.map {
            [LeaseReply(granted: $0, duration: .seconds(5), retryAfter: nil, window: nil, share: 0.5)]
        }
        _ = state.endExchange(due.number, replies, now) { .seconds($0.timeIntervalSince(Fixture.date(0))) }
        return try #require(due.requests.first)
    }

    @Test("Client: a call without a stated limit is deducted once, by the store or by a later response")
    func deductedOnce() throws {
        var state = try limiter()
        let permit = try #require(
            state.acquire(Self.key, ticket: nil, deadline: nil, now: .milliseconds(20)).permit)
        state.release(permit, isCounted: true, now: .milliseconds(30))
        // The client loses no information: 9 less the one call.
        let request = try exchange(&state, granted: 1, at: .seconds(4))
        #expect(request.stated?.remaining == 9 && request.unstated == 1)
        #expect(state.window(of: Self.key)?.remaining == 8)
        let next = try exchange(&state, granted: 1, at: .seconds(8))
        #expect(next.stated?.remaining == 8 && next.unstated == 0)
    }

    @Test("Client: an exchange names the last received reply, and repeats later reports")
    func acknowledged() throws {
        var state = try limiter()
        let permit = try #require(
            state.acquire(Self.key, ticket: nil, deadline: nil, now: .milliseconds(20)).permit)
        state.release(permit, isCounted: true, now: .milliseconds(30))
        let lost = try exchange(&state, granted: nil, at: .seconds(4))
        #expect(lost.acknowledged == 1 && lost.unstated == 1)
        let again = try exchange(&state, granted: 1, at: .seconds(5))
        #expect(again.acknowledged == 1 && again.unstated == 1)
        let next = try exchange(&state, granted: 1, at: .seconds(9))
        #expect(next.acknowledged == 3 && next.unstated == 0)
    }

    @Test("Client: without its store, it uses its share of a window once, and its share of what is left at a time")
    func partWithoutStore() throws {
        var state = try limiter()
        try exchange(&state, granted: nil, at: .seconds(4))
        #expect(state.access?.isReachable == false)
        // The held permits have expired. The client's part is half of 10, of which it has sent one call.
        #expect(begin(&state, at: .seconds(6)) == 4)
        for _ in 0..<4 { respond(&state, remaining: 1, reset: 60, at: .seconds(7)) }
        state.admitWaiting(.seconds(59))
        #expect(state.inFlight == 0)
        // Calls that are sent before a response has stated the new window belong to it.
        state.admitWaiting(.seconds(61))
        #expect(begin(&state, at: .seconds(61)) == 5)
        for _ in 0..<5 { respond(&state, remaining: 5, reset: 120, at: .seconds(62)) }
        #expect(begin(&state, at: .seconds(63)) == 0)
    }

    @Test("Client: a call without a permit that was not sent returns none")
    func permitsFromNothing() throws {
        var state = try limiter()
        var bucket = state.buckets[0]
        while bucket.lease?.hasPermit(.seconds(1)) == true {
            let isLeased = bucket.begin(.seconds(1))
            #expect(isLeased)
        }
        let isLeased = bucket.begin(.seconds(1))
        #expect(!isLeased)
        bucket.release(isCounted: false, isLeased: isLeased, now: .seconds(1))
        #expect(bucket.lease?.unspent == 0)
        bucket.release(isCounted: false, isLeased: true, now: .seconds(1))
        #expect(bucket.lease?.unspent == 1)
        #expect(begin(&state, at: .seconds(1)) > 0)
    }

    @Test("Client: without its store, it leaves to others what they have used beyond their share")
    func othersWithoutStore() throws {
        var state = try limiter()
        try exchange(&state, granted: nil, at: .seconds(4))
        #expect(begin(&state, at: .seconds(6)) == 4)
        // Its share of the 4 remaining calls is 2, then 1.
        for _ in 0..<4 { respond(&state, remaining: 4, reset: 60, at: .seconds(7)) }
        state.admitWaiting(.seconds(61))
        #expect(state.inFlight == 1)
        respond(&state, remaining: 4, reset: 120, at: .seconds(62))
        #expect(begin(&state, at: .seconds(62)) == 2)
        for _ in 0..<2 { respond(&state, remaining: 1, reset: 120, at: .seconds(62)) }
        #expect(begin(&state, at: .seconds(63)) == 0)
    }

    /// Sends calls until one has to wait, and returns the number of calls in flight.
    private func begin(_ state: inout RateLimiterState, at now: Duration) -> Int {
        while state.acquire(Self.key, ticket: nil, deadline: nil, now: now).permit != nil {}
        return state.inFlight
    }

    private func respond(_ state: inout RateLimiterState, remaining: Int, reset: Int, at now: Duration) {
        state.release(
            Permit(bucket: 0, ticket: Ticket(1), departed: now - .milliseconds(10)),
            with: RateLimit(limit: 10, remaining: remaining, reset: Fixture.date(reset * 1000)), end: .seconds(reset),
            signal: nil, now: now)
    }
}
