import HTTPTypes
import Synchronization
import Testing

@testable import OktaRuntime

/// A client whose store fails: its calls continue in time, and each loss is reported once.
@Suite struct LostStoreTests {
    private let time = SimulatedTime()
    private let store: FaultyStore
    private let org: SimulatedOrg
    private let witness = StateWitness()
    private let client: OktaClient

    init() throws {
        store = FaultyStore(time: time)
        let limits = [SimulatedOrg.Limit(name: "users", calls: 600, offset: 0)]
        org = SimulatedOrg(time: time, limits: limits, latency: 0.1...0.1) { _ in "users" }
        client = try SimulatedProgram(name: "p", limits: ["users"]).client(
            1, transport: org, time: time, store: store, utilization: 1, reserve: 0, observers: [witness])
    }

    /// Makes a call, and returns the time that it waited before it was sent.
    private func waitOfCall() async throws -> Duration {
        let began = time.elapsed
        _ = try await client.send(OktaRequest(.get, "/api/v1/users"))
        return time.elapsed - began - .milliseconds(100)
    }

    /// Makes calls until the client holds no permits.
    private func settle() async throws {
        for _ in 0..<3 { _ = try await waitOfCall() }
        try await time.sleep(for: .seconds(10))
    }

    @Test(
        "Lost store: calls continue within 200 ms, and the store is used again",
        arguments: [FaultyStore.Mode.fails, .hangs, .isLate(.seconds(2))])
    func lost(mode: FaultyStore.Mode) async throws {
        try await time.run {
            try await settle()
            store.set(mode)
            var waits: [Duration] = []
            for _ in 0..<20 {
                waits.append(try await waitOfCall())
                try await time.sleep(for: .milliseconds(300))
            }
            // Only the call that notices the loss waits.
            #expect(waits.allSatisfy { $0 <= .milliseconds(201) }, "\(waits)")
            #expect(waits.count { $0 > .milliseconds(1) } <= 1, "\(waits)")
            #expect(witness.states == [false])
            store.set(.works)
            let exchanges = store.exchanges
            for _ in 0..<10 {
                _ = try await waitOfCall()
                try await time.sleep(for: .milliseconds(300))
            }
            #expect(store.exchanges > exchanges)
            #expect(witness.states == [false, true])
        }
        #expect(org.count.responses.keys.sorted() == [200])
    }

    @Test("Emptied store: calls continue after the earlier leases have ended, and no loss is reported")
    func emptied() async throws {
        try await time.run {
            try await settle()
            store.wipe()
            let wait = try await waitOfCall()
            #expect(wait <= .milliseconds(SharedLimitTimes.lease), "\(wait)")
            #expect(try await waitOfCall() <= .milliseconds(1))
        }
        #expect(witness.states == [])
        #expect(org.count.responses.keys.sorted() == [200])
    }
}

/// Records whether the store could be reached, at each change.
private final class StateWitness: ClientObserver {
    private let changes = Mutex<[Bool]>([])

    var states: [Bool] { changes.withLock { $0 } }

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { nil }

    func storeDidChange(_ store: ObservedStore) { changes.withLock { $0.append(store.state == .reachable) } }
}
