import Foundation
import Testing

@testable import OktaRuntime

/// The effects of reports, and of the ends of leases and windows, on a shared bucket.
@Suite struct SharedBucketTests {
    private typealias Fixture = SharedBucketFixture

    @Test("SharedBucket: a permit stays with its client until the client reports the end of the call")
    func permitsAreHeldUntilReported() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(10, of: 10), waiting: 10)
        #expect(fixture.bucket.members["a"]?.held == 5)
        fixture.exchange("a", held: 2)
        #expect(fixture.bucket.members["a"]?.held == 2)
        #expect(fixture.bucket.windows["token"]?.remaining == 10)
    }

    @Test("SharedBucket: of two reports about a window, the lower count applies")
    func lowestCountHolds() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(7, of: 10))
        fixture.state("b", Fixture.stated(9, of: 10))
        #expect(fixture.bucket.windows["token"]?.remaining == 7)
        fixture.state("b", Fixture.stated(4, of: 10))
        #expect(fixture.bucket.windows["token"]?.remaining == 4)
    }

    @Test("SharedBucket: the next window may begin before the clock shows it, and the old one does not return")
    func nextWindowBeginsEarly() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(3, of: 10), waiting: 2)
        fixture.now = 59_500
        fixture.state("b", Fixture.stated(9, of: 10, reset: 120_000))
        #expect(fixture.bucket.windows["token"]?.remaining == 9)
        #expect(fixture.bucket.windows["token"]?.lastReset == Fixture.start + 60_000)
        #expect(fixture.bucket.members["a"]?.taken == 0)
        fixture.state("a", Fixture.stated(0, of: 10), held: 1)
        #expect(fixture.bucket.windows["token"]?.reset == Fixture.start + 120_000)
        #expect(fixture.bucket.windows["token"]?.remaining == 9)
    }

    @Test("SharedBucket: a tighter limit that ends earlier replaces the known one")
    func tighterLimitReplaces() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(50, of: 100))
        fixture.state("a", Fixture.stated(5, of: 20, reset: 30_000))
        #expect(fixture.bucket.windows["token"]?.remaining == 5)
        #expect(fixture.bucket.windows["token"]?.reset == Fixture.start + 30_000)
    }

    @Test("SharedBucket: a late statement about an ended window is ignored")
    func lateStatementIsIgnored() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(0, of: 10))
        fixture.now = 60_010
        let reply = fixture.state("a", Fixture.stated(0, of: 10, departed: 59_900), waiting: 3)
        #expect(fixture.bucket.windows["token"]?.reset == 0)
        #expect(reply.window == nil)
        #expect(reply.granted > 0)
    }

    @Test("SharedBucket: a limit that ends more than two minutes from now is ignored as the result of a wrong clock")
    func absurdEndIsIgnored() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(3, of: 10, reset: 200_000))
        #expect(fixture.bucket.windows["token"]?.limit == 0)
        fixture.state("a", Fixture.stated(3, of: 10))
        fixture.now = -3_600_000
        fixture.exchange("a")
        #expect(fixture.bucket.windows["token"]?.reset == 0)
        #expect(fixture.bucket.members["a"]?.seen == Fixture.start - 3_600_000)
    }

    @Test("SharedBucket: calls without a stated limit lower the count, but not below zero")
    func unstatedCallsLowerTheCount() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(5, of: 10))
        fixture.exchange("a") { $0.unstated = 3 }
        #expect(fixture.bucket.windows["token"]?.remaining == 2)
        fixture.exchange("a") { $0.unstated = 30 }
        #expect(fixture.bucket.windows["token"]?.remaining == 0)
    }

    // MARK: Refusals

    @Test("SharedBucket: a refusal ends the window's permits for all")
    func refusalExhaustsWindow() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(5, of: 10))
        fixture.exchange("a") { $0.isExhausted = true }
        let reply = fixture.exchange("b", waiting: 1)
        #expect(reply.granted == 0)
        #expect(reply.retryAfter == .milliseconds(60_000))
    }

    @Test("SharedBucket: a refusal without a known window delays calls for a second, and then one call tests the limit")
    func refusalWithoutKnownWindowDelaysCallsForSecond() {
        var fixture = Fixture()
        fixture.exchange("a") { $0.isExhausted = true }
        #expect(fixture.exchange("b", waiting: 1).retryAfter == .milliseconds(1000))
        fixture.now = 1000
        #expect(fixture.exchange("b", waiting: 1).granted == 1)
    }

    @Test("SharedBucket: a refusal in an ended window does not exhaust the next one")
    func lateRefusal() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(5, of: 10))
        fixture.now = 60_100
        fixture.state("b", Fixture.stated(9, of: 10, reset: 120_000, departed: 60_010))
        fixture.exchange("a") {
            $0.stated = Fixture.stated(0, of: 10)
            $0.isExhausted = true
        }
        #expect(fixture.bucket.windows["token"]?.remaining == 9)
        fixture.now += 1000
        #expect(fixture.exchange("b", waiting: 1).granted == 1)
    }

    @Test("SharedBucket: after an exhausted window without a known end, one call at a time tests the limit")
    func probes() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(5, of: 10))
        fixture.now = 60_000
        fixture.exchange("a") { $0.unstated = 30 }
        #expect(fixture.exchange("a", waiting: 3).granted == 1)
        #expect(fixture.exchange("b", waiting: 3).granted == 0)
        fixture.exchange("a") { $0.unstated = 1 }
        #expect(fixture.exchange("b", waiting: 3).granted == 1)
    }

    // MARK: Leases

    @Test("SharedBucket: a lease lasts five seconds, but not beyond its window")
    func leaseEndsWithWindow() {
        var fixture = Fixture()
        let first = fixture.state("a", Fixture.stated(10, of: 10), waiting: 1)
        #expect(first.duration == .milliseconds(5000))
        fixture.now = 58_000
        #expect(fixture.exchange("a", waiting: 1).duration == .milliseconds(2000))
    }

    @Test("SharedBucket: permits of an absent client are in doubt until a later call was counted")
    func permitsOfAbsentClientAreInDoubtUntilLaterCallWasCounted() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(10, of: 10), waiting: 10)
        fixture.now = 5000
        // Five permits are left besides those in doubt, and the last one is withheld.
        let grants = (0..<8).map { fixture.exchange("b", waiting: 1, held: min($0, 4)).granted }
        #expect(grants == [1, 1, 1, 1, 0, 0, 0, 0])
        #expect(fixture.bucket.windows["token"]?.inDoubt == 5)
        fixture.now = 7200
        fixture.state("b", Fixture.stated(5, of: 10, departed: 6990))
        #expect(fixture.bucket.windows["token"]?.inDoubt == 5)
        fixture.state("b", Fixture.stated(5, of: 10, departed: 7010))
        #expect(fixture.bucket.windows["token"]?.inDoubt == 0)
    }

    @Test("SharedBucket: the last permit tests what an absent client has used")
    func lastPermitEndsDoubts() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(10, of: 10), waiting: 10)
        fixture.now = 4900
        for held in 0..<4 { fixture.exchange("b", waiting: 1, held: held) }
        // The org has counted the calls of b but none of a.
        fixture.state("b", Fixture.stated(6, of: 10, departed: 4900))
        fixture.now = 7900
        #expect(fixture.exchange("b", waiting: 3).granted == 0)
        fixture.now = 8001
        #expect(fixture.exchange("b", waiting: 3).granted == 1)
        #expect(fixture.exchange("b", waiting: 3, held: 1).granted == 0)
        // The clock is a second behind.
        fixture.state("b", Fixture.stated(5, of: 10, departed: 7001))
        // From then on, a gets no share.
        fixture.now = 10_001
        var held = 0
        for _ in 0..<5 { held += fixture.exchange("b", waiting: 5, held: held).granted }
        #expect(held == 4)
        fixture.state("b", Fixture.stated(1, of: 10, departed: 8100))
        #expect(fixture.exchange("b", waiting: 5).granted == 1)
    }

    @Test("SharedBucket: the report of a client that was only late counts")
    func lateClient() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(10, of: 10), waiting: 10)
        fixture.now = 5000
        fixture.exchange("b")
        #expect(fixture.bucket.windows["token"]?.inDoubt == 5)
        fixture.exchange("a", held: 3)
        #expect(fixture.bucket.windows["token"]?.inDoubt == 0)
        #expect(fixture.bucket.members["a"]?.held == 3)
    }

    @Test("SharedBucket: calls that are sent before a window ends may count in the next one")
    func callsAcrossWindows() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(10, of: 10), waiting: 10)
        fixture.now = 59_000
        fixture.exchange("a", held: 3)
        fixture.now = 60_100
        fixture.exchange("b", waiting: 1)
        fixture.state("b", Fixture.stated(9, of: 10, reset: 120_000, departed: 60_101))
        #expect(fixture.bucket.windows["token"]?.inDoubt == 3)
        fixture.exchange("a", held: 0)
        #expect(fixture.bucket.windows["token"]?.inDoubt == 0)
    }

    @Test("SharedBucket: doubts from long before the window's end end with it")
    func doubtsEndWithTheWindow() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(10, of: 10), waiting: 10)
        fixture.now = 10_000
        fixture.exchange("b")
        #expect(fixture.bucket.windows["token"]?.inDoubt == 5)
        fixture.now = 60_000
        fixture.exchange("b")
        #expect(fixture.bucket.windows["token"]?.inDoubt == 0)
    }

    @Test("SharedBucket: without a stated limit, neither doubts nor clients accumulate")
    func nothingAccumulates() {
        var fixture = Fixture()
        for client in 0..<500 {
            fixture.exchange("client\(client)", waiting: 1)
            fixture.now += 3000
        }
        #expect(fixture.bucket.members.count <= 30)
        #expect(fixture.bucket.windows["token"]?.doubts.count ?? .max <= 50)
        fixture.now += 3_700_000
        fixture.exchange("z", principal: "app")
        #expect(fixture.bucket.members.keys.sorted() == ["z"])
        #expect(fixture.bucket.windows.keys.sorted() == ["app"])
    }
}
