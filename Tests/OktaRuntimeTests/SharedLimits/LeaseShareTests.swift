import Foundation
import Testing

@testable import OktaRuntime

/// The rules by which a bucket grants permits.
@Suite struct LeaseShareTests {
    private typealias Fixture = SharedBucketFixture

    @Test("LeaseShare: a grant is half of the free permits, and the last permits are granted singly")
    func grantsAreHalves() {
        var fixture = Fixture()
        var grants = [fixture.state("a", Fixture.stated(20, of: 20), waiting: 50).granted]
        for _ in 0..<6 { grants.append(fixture.exchange("a", waiting: 50, held: grants.reduce(0, +)).granted) }
        #expect(grants == [10, 5, 2, 1, 1, 0, 0])
        // The last permit is granted if no client has any.
        fixture.state("a", Fixture.stated(1, of: 20))
        #expect(fixture.exchange("a", waiting: 50).granted == 1)
    }

    @Test("LeaseShare: before a response has arrived, four calls may be in flight together")
    func firstCalls() {
        var fixture = Fixture()
        #expect(fixture.exchange("a", waiting: 9).granted == 2)
        #expect(fixture.exchange("b", waiting: 9).granted == 1)
        #expect(fixture.exchange("c", waiting: 9).granted == 1)
        let reply = fixture.exchange("a", waiting: 9, held: 2)
        #expect(reply.granted == 0)
        #expect(reply.retryAfter == .milliseconds(50))
    }

    @Test("LeaseShare: clients with waiting calls share by weight, counting what they have taken")
    func weightsCount() {
        var fixture = Fixture()
        var held = ["a": 0, "b": 0]
        fixture.state("a", Fixture.stated(90, of: 90))
        for _ in 0..<40 {
            for (client, weight) in [("b", 2), ("a", 1)] {
                let reply = fixture.exchange(client, waiting: 50, held: held[client] ?? 0, weight: weight)
                held[client, default: 0] += reply.granted
            }
        }
        #expect(held == ["a": 29, "b": 60])
    }

    @Test("LeaseShare: some calls of a limit are left to programs without the store")
    func utilizationCounts() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(100, of: 100))
        let reply = fixture.exchange("a", waiting: 500, held: 78) { $0.utilization = 800 }
        #expect(reply.granted == 1)
        #expect(fixture.exchange("a", waiting: 500, held: 80) { $0.utilization = 800 }.granted == 0)
    }

    // MARK: Classes

    @Test("LeaseShare: bulk calls leave a reserve, which interactive calls may use")
    func reserveIsLeft() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(20, of: 100))
        let bulk = fixture.exchange("a", waiting: 5) { $0.reserve = 200 }
        #expect(bulk.granted == 0)
        // No permit for bulk calls is returned before the window ends.
        #expect(bulk.retryAfter == .milliseconds(60_000))
        let interactive = fixture.exchange("b", waiting: 5) {
            $0.reserve = 200
            $0.priority = .interactive
        }
        #expect(interactive.granted == 5)
    }

    @Test("LeaseShare: a reserve larger than the first calls does not prevent a window from beginning")
    func reserveInNewWindow() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(600, of: 600))
        fixture.now = 60_000
        #expect(fixture.exchange("a", waiting: 50) { $0.reserve = 20 }.granted == 2)
    }

    @Test("LeaseShare: a waiting interactive call gets the next permit")
    func interactiveGoesFirst() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(0, of: 10))
        fixture.bucket.windows["token"]?.remaining = 0
        #expect(fixture.exchange("b", waiting: 1) { $0.priority = .interactive }.granted == 0)
        fixture.bucket.windows["token"]?.remaining = 1
        #expect(fixture.exchange("a", waiting: 5).granted == 0)
        #expect(fixture.exchange("b", waiting: 1) { $0.priority = .interactive }.granted == 1)
    }

    // MARK: Quiet clients

    @Test("LeaseShare: a client with calls in flight keeps its share, which is released before the window ends")
    func quietClientsKeepTheirPart() {
        var fixture = Fixture()
        fixture.now = 40_000
        fixture.state("b", Fixture.stated(100, of: 100), waiting: 1)
        var held = 0
        func lease() {
            for _ in 0..<12 { held += fixture.exchange("a", waiting: 100, held: held).granted }
        }
        lease()
        #expect((48...51).contains(held))
        fixture.now = 49_000
        fixture.exchange("b", held: 1)
        fixture.now = 55_000
        fixture.exchange("b", held: 1)
        lease()
        #expect((72...76).contains(held))
        fixture.now = 59_990
        lease()
        #expect(held == 98)
    }

    @Test("LeaseShare: a client that has been absent for ten seconds keeps nothing")
    func absentClientsKeepNothing() {
        var fixture = Fixture()
        fixture.state("b", Fixture.stated(100, of: 100))
        fixture.now = 10_001
        var held = 0
        for _ in 0..<12 { held += fixture.exchange("a", waiting: 100, held: held).granted }
        #expect(held == 99)
    }

    // MARK: Principals

    @Test("LeaseShare: clients share only the limit of their own principal")
    func principalsHaveTheirOwnLimits() {
        var fixture = Fixture()
        fixture.state("a", Fixture.stated(100, of: 100), principal: "one")
        fixture.state("b", Fixture.stated(100, of: 100), principal: "two")
        var held = ["a": 0, "b": 0]
        for _ in 0..<20 {
            for (client, principal, weight) in [("a", "one", 5), ("b", "two", 1)] {
                let reply = fixture.exchange(
                    client, waiting: 200, held: held[client] ?? 0, weight: weight, principal: principal)
                held[client, default: 0] += reply.granted
            }
        }
        #expect(held == ["a": 99, "b": 99])
    }

    @Test("LeaseShare: all principals together stay within the org's limit")
    func orgHasALimit() {
        var fixture = Fixture()
        var held = ["one": 0, "two": 0, "three": 0]
        for principal in held.keys.sorted() {
            fixture.state(principal, Fixture.stated(100, of: 100), principal: principal)
        }
        for _ in 0..<20 {
            for principal in held.keys.sorted() {
                let reply = fixture.exchange(
                    principal, waiting: 200, held: held[principal] ?? 0, principal: principal)
                held[principal, default: 0] += reply.granted
            }
        }
        #expect(held.values.reduce(0, +) == 199)
        #expect(held.values.allSatisfy { (65...67).contains($0) }, "\(held)")
    }
}
