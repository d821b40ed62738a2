import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// A client's side of a lease: its permits of one bucket, and its access to the store.
@Suite struct LeasePartsTests {
    private func reply(_ granted: Int, seconds: Int = 5, retry: Duration? = nil, share: Double = 1) -> LeaseReply {
        LeaseReply(granted: granted, duration: .seconds(seconds), retryAfter: retry, window: nil, share: share)
    }

    /// Makes an exchange at a moment.
    private func exchange(
        _ lease: inout BucketLease, _ reply: LeaseReply, waiting: Int = 0, priority: CallPriority? = .bulk,
        inFlight: Int = 0, at moment: Duration
    ) -> LeaseRequest {
        let request = lease.request(
            bucket: "GET /", waiting: waiting, priority: priority, inFlight: inFlight, moment)
        lease.apply(reply, to: request, asked: moment)
        return request
    }

    @Test("BucketLease: permits end with the lease, and are returned")
    func permitsEnd() {
        var lease = BucketLease()
        _ = exchange(&lease, reply(3), waiting: 3, at: .zero)
        #expect(lease.hasPermit(.milliseconds(4999)))
        #expect(!lease.hasPermit(.seconds(5)))
        let request = exchange(&lease, reply(0), waiting: 1, at: .seconds(5))
        #expect(request.returned == 3)
        #expect(request.held == 0)
        #expect(request.waiting == 1)
    }

    @Test("BucketLease: a client without waiting calls reports the end of its last call, and then nothing")
    func lastReport() {
        var lease = BucketLease()
        _ = exchange(&lease, reply(1), waiting: 1, at: .zero)
        lease.spend()
        // The call ends during this exchange.
        #expect(exchange(&lease, reply(0), priority: nil, inFlight: 1, at: .seconds(4)).held == 1)
        #expect(lease.renewal(inFlight: 0) != nil)
        #expect(exchange(&lease, reply(0), priority: nil, at: .seconds(8)).held == 0)
        #expect(lease.renewal(inFlight: 0) == nil)
    }

    @Test("BucketLease: an interactive call asks although a bulk call was refused until later")
    func interactiveAsks() {
        var lease = BucketLease()
        _ = exchange(&lease, reply(0, retry: .seconds(40)), waiting: 2, at: .zero)
        #expect(lease.wait(.bulk, .seconds(1)) == .seconds(40))
        #expect(!lease.isDue(waiting: .bulk, inFlight: 0, .seconds(1)))
        #expect(lease.isDue(waiting: .interactive, inFlight: 0, .seconds(1)))
        _ = exchange(&lease, reply(0, retry: .seconds(30)), waiting: 1, priority: .interactive, at: .seconds(1))
        #expect(!lease.isDue(waiting: .interactive, inFlight: 0, .seconds(2)))
    }

    @Test("BucketLease: a call that was not sent returns its permit, to the store if the lease has ended")
    func permitsAreTakenBack() {
        var lease = BucketLease()
        _ = exchange(&lease, reply(1), waiting: 1, at: .zero)
        lease.spend()
        lease.takeBack(.seconds(1))
        #expect(lease.unspent == 1)
        lease.spend()
        lease.takeBack(.seconds(6))
        #expect(lease.unspent == 0)
        #expect(exchange(&lease, reply(0), at: .seconds(6)).returned == 1)
    }

    @Test("BucketLease: the report of a failed exchange is repeated")
    func reportsAreRepeated() {
        var lease = BucketLease()
        lease.noteUnstated()
        lease.noteExhausted()
        let lost = lease.request(bucket: "GET /", waiting: 1, priority: .bulk, inFlight: 0, .zero)
        #expect(lost.unstated == 1 && lost.isExhausted)
        lease.noteUnstated()
        let next = exchange(&lease, reply(0), waiting: 1, at: .seconds(1))
        #expect(next.unstated == 2 && next.isExhausted)
        let last = exchange(&lease, reply(0), waiting: 1, at: .seconds(2))
        #expect(last.unstated == 0 && !last.isExhausted)
    }

    @Test("BucketLease: a refusal in a window that has ended is not reported")
    func refusalEndsWithItsWindow() {
        var lease = BucketLease()
        lease.noteExhausted()
        lease.beginWindow()
        #expect(!exchange(&lease, reply(0), at: .zero).isExhausted)
    }

    @Test("BucketLease: an invalid reply has no effect")
    func oddReplies() {
        var lease = BucketLease()
        _ = exchange(&lease, reply(-5, seconds: -5, retry: .seconds(-1), share: .nan), waiting: 1, at: .seconds(1))
        #expect(lease.unspent == 0)
        #expect(lease.share == nil)
        // There is no loop of exchanges.
        #expect(!lease.isDue(waiting: .bulk, inFlight: 0, .seconds(1)))
    }

    // MARK: Access

    @Test("StoreAccess: a failing store is tried again after growing pauses, of at most a second")
    func pausesGrow() throws {
        var access = StoreAccess(RateLimitSharing(store: InProcessRateLimitStore(), program: "p"))
        var now = Duration.zero
        var pauses: [Duration] = []
        for attempt in 0..<6 {
            #expect(access.mayBegin(now))
            let ended = access.end(access.begin([], now), failed: true, now)
            #expect(ended?.isChange == (attempt == 0))
            guard case .gone(_, _, let retry) = access.phase else { break }
            #expect(!access.mayBegin(retry - .milliseconds(1)))
            pauses.append(retry - now)
            now = retry
        }
        #expect(pauses == [.milliseconds(500), .seconds(1), .seconds(1), .seconds(1), .seconds(1), .seconds(1)])
        #expect(access.end(access.begin([], now), failed: false, now)?.isChange == true)
        #expect(access.isReachable)
    }

    @Test("StoreAccess: the reply to an abandoned exchange is ignored")
    func lateRepliesAreIgnored() {
        var access = StoreAccess(RateLimitSharing(store: InProcessRateLimitStore(), program: "p"))
        let first = access.begin([], .zero)
        #expect(access.overdue(.milliseconds(199)) == nil)
        #expect(access.overdue(.milliseconds(200)) == first)
        _ = access.end(first, failed: true, .milliseconds(200))
        let second = access.begin([], .seconds(1))
        #expect(access.end(first, failed: false, .seconds(1)) == nil)
        #expect(!access.isReachable)
        #expect(access.end(second, failed: false, .seconds(1)) != nil)
    }

    // MARK: Returning

    @Test("Leases: returning them waits for an exchange, and ends if the store hangs", arguments: [true, false])
    func returning(hangs: Bool) async throws {
        let time = SimulatedTime()
        let store = FaultyStore(time: time)
        let org = SimulatedOrg(time: time, limits: [.init(name: "users", calls: 60, offset: 0)]) { _ in "users" }
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "secret-token")
        configuration.rateLimitSharing = RateLimitSharing(store: store, program: "p")
        let core = try ClientCore(
            configuration: configuration, transport: org, time: time, generator: SplitMix64(seed: 1), executor: time)
        let client = OktaClient(core: core)
        try await time.run {
            _ = try await client.send(OktaRequest(.get, "/api/v1/users"))
            store.set(hangs ? .hangs : .isLate(.milliseconds(100)))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await client.send(OktaRequest(.get, "/api/v1/users")) }
                for _ in 0..<3 { group.addTask { await client.returnLeases() } }
                try await group.waitForAll()
            }
            #expect(time.elapsed < .seconds(2))
        }
    }
}
