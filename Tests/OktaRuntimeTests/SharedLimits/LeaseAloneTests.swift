import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// The permits set aside for clients that work without their store.
@Suite struct LeaseAloneTests {
    private typealias Fixture = SharedBucketFixture

    private func millionths(_ reply: LeaseReply) -> Int { Int((reply.share * 1_000_000).rounded()) }

    @Test("Alone: the granted shares add up to one at most, with any joining clients and lost replies")
    func partsAddUp() {
        var fixture = Fixture()
        var random = SplitMix64(seed: 1)
        var shares: [String: Int] = [:]
        var acknowledged: [String: Int] = [:]
        for number in 1...2000 {
            fixture.now += Int.random(in: 0...100, using: &random)
            let client = "\(Int.random(in: 0...min(9, number / 50), using: &random))"
            let reply = fixture.exchange(client, weight: (Int(client) ?? 0) % 4 + 1, number: number) {
                ($0.share, $0.acknowledged) = (shares[client] ?? 0, acknowledged[client] ?? 0)
            }
            if !random.oneIn(5) { (shares[client], acknowledged[client]) = (millionths(reply), number) }
            #expect(shares.values.reduce(0, +) <= 1_000_000)
        }
        // Every client ends up with its fair share. The weights are 1, 2, 3, 4, 1, 2, 3, 4, 1, 2.
        for _ in 0..<3 {
            for client in 0...9 {
                let reply = fixture.exchange("\(client)", weight: client % 4 + 1) {
                    $0.share = shares["\(client)"] ?? 0
                }
                shares["\(client)"] = millionths(reply)
            }
        }
        for client in 0...9 { #expect(shares["\(client)"] == 1_000_000 * (client % 4 + 1) / 23) }
    }

    @Test("Alone: while a record is new, the shares of the previous one remain valid")
    func partsOfBefore() {
        var fixture = Fixture()
        #expect(fixture.exchange("a", known: 1) { $0.share = 300_000 }.share == 0.3)
        #expect(fixture.exchange("b", known: 1) { $0.share = 700_000 }.share == 0.7)
        // A client without state gets the rest.
        #expect(fixture.exchange("c").share == 0)
        fixture.now = SharedLimitTimes.lease
        #expect(fixture.exchange("a") { $0.share = 300_000 }.share == 0.3)
        #expect(fixture.exchange("b") { $0.share = 700_000 }.share == 0.333333)
    }

    @Test("Alone: the share of a killed client stays reserved for ten seconds")
    func killedClient() {
        var fixture = Fixture()
        #expect(fixture.exchange("a").share == 1)
        fixture.now = SharedLimitTimes.interest
        #expect(fixture.exchange("b").share == 0)
        fixture.now += 1
        #expect(fixture.exchange("b").share == 1)
    }

    /// Two clients of equal weight, a window of 60 seconds and a limit of 100 calls, of which each client has used 20.
    private func pair() -> Fixture {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(100, of: 100))
        var shares = ["a": 1_000_000]
        for _ in 0..<4 {
            for client in ["a", "b"] {
                let held = fixture.bucket.members[client]?.held ?? 0
                let part = shares[client] ?? 0
                shares[client] = millionths(
                    fixture.exchange(client, waiting: 20 - held, held: held) { $0.share = part })
            }
        }
        return fixture
    }

    @Test("Alone: a client that is back gets nothing of what absent clients may still use")
    func othersAreAwaited() {
        var fixture = pair()
        #expect(fixture.bucket.members.values.map(\.taken) == [20, 20])
        #expect(fixture.bucket.members.values.map(\.part) == [500_000, 500_000])
        fixture.now = 20_000
        // Both lost the store 19 seconds before, and the leases have ended. 60 calls are left, of which b may use 30.
        let first = fixture.exchange("a", waiting: 100) {
            ($0.alone, $0.stated) = (.seconds(19), Fixture.stated(60, of: 100, departed: 19_000))
        }
        #expect(first.granted > 0)
        var held = first.granted
        for _ in 0..<20 { held += fixture.exchange("a", waiting: 100, held: held).granted }
        #expect(held <= 30)
        #expect(fixture.exchange("a", waiting: 100, held: held).retryAfter.map { $0 < .seconds(1) } == true)
        // b is back, and has used 25 of them.
        fixture.now += 500
        fixture.exchange("b") {
            ($0.alone, $0.stated) = (.seconds(19), Fixture.stated(35, of: 100, departed: 20_400))
        }
        #expect(fixture.bucket.isAwaited(fixture.bucket.members["b"] ?? .empty, Fixture.start + fixture.now))
        // The client received the reply.
        fixture.exchange("b")
        #expect(!fixture.bucket.isAwaited(fixture.bucket.members["b"] ?? .empty, Fixture.start + fixture.now))
    }

    @Test("Alone: a client that does not come back is awaited for three seconds")
    func clientThatDoesNotComeBackIsAwaitedForThreeSeconds() {
        var fixture = pair()
        fixture.now = 20_000
        let stated = Fixture.stated(31, of: 100, departed: 19_000)
        var held = fixture.exchange("a", waiting: 100) { ($0.alone, $0.stated) = (.seconds(19), stated) }.granted
        for _ in 0..<5 { held += fixture.exchange("a", waiting: 100, held: held).granted }
        #expect(held == 1)
        fixture.now += SharedLimitTimes.absence
        for _ in 0..<20 { held += fixture.exchange("a", waiting: 100, held: held).granted }
        #expect(held > 1)
    }

    @Test("Alone: a store that only one of two clients cannot reach reserves nothing for the other")
    func oneClientIsLate() {
        var fixture = pair()
        fixture.now = 2000
        fixture.exchange("b", waiting: 0, held: 20)
        fixture.now = 2100
        fixture.exchange("a", waiting: 0, held: 20) { $0.alone = .milliseconds(500) }
        let time = Fixture.start + fixture.now
        #expect(!fixture.bucket.isAwaited(fixture.bucket.members["b"] ?? .empty, time))
    }

    // MARK: Client

    @Test("Alone: a lost store is asked about later calls once, without a busy timer")
    func lostStoreIsAsked() throws {
        let key = RateLimitKey(method: .get, path: "/api/v1/users")
        let sharing = RateLimitSharing(store: InProcessRateLimitStore(), program: "p")
        var state = RateLimiterState(
            policy: RateLimitPolicy(utilization: 1, initialConcurrentCalls: 100), sharing: sharing)
        func exchange(_ reply: LeaseReply?, _ now: Duration) throws -> [LeaseRequest] {
            for index in state.buckets.indices { state.updateLeased(index) }
            let due = try #require(state.dueExchange(now) { Fixture.date(0).addingTimeInterval(seconds($0)) })
            _ = state.endExchange(due.number, reply.map { [$0] }, now) {
                .seconds($0.timeIntervalSince(Fixture.date(0)))
            }
            return due.requests
        }
        func acquire(_ key: RateLimitKey, _ now: Duration) -> RateLimiter.Admission {
            state.acquire(key, ticket: nil, deadline: nil, now: now)
        }
        func next(_ now: Duration) -> Duration? { state.nextChange(now) }
        let retry = Duration.milliseconds(5500)
        _ = acquire(key, .zero)
        _ = try exchange(
            LeaseReply(granted: 1, duration: .seconds(5), retryAfter: nil, window: nil, share: 0.1), .zero)
        state.admitWaiting(.zero)
        state.release(
            Permit(bucket: 0, ticket: Ticket(1), departed: .zero),
            with: RateLimit(limit: 10, remaining: 0, reset: Fixture.date(60_000)), end: .seconds(60), signal: nil,
            now: .milliseconds(10))
        _ = try exchange(
            LeaseReply(granted: 0, duration: .seconds(5), retryAfter: .seconds(56), window: nil, share: 0.1),
            .seconds(4))
        // The call waits for the end of the window, and there is nothing to report.
        _ = acquire(key, .seconds(5))
        #expect(state.access?.leased.isEmpty == true)
        // An exchange for another bucket fails, and its call is cancelled.
        let other = acquire(RateLimitKey(method: .get, path: "/api/v1/groups"), .seconds(5)).waiter
        #expect(try exchange(nil, .seconds(5)).map(\.bucket) == ["GET /api/v1/groups"])
        other?.decide(.cancelled)
        state.admitWaiting(.seconds(5))
        #expect(next(.seconds(5)) == retry)
        let asked = state.dueExchange(retry) { _ in Fixture.date(0) }
        #expect(asked?.requests.map(\.bucket) == ["GET /api/v1/users"])
        let later = next(retry)
        #expect(later == retry + sharing.timeout)
    }
}

extension SharedBucket.Member {
    fileprivate static let empty = SharedBucket.Member(principal: "", name: "", weight: 1, priority: .bulk)
}
