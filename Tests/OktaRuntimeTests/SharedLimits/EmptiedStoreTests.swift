import HTTPTypes
import Testing

@testable import OktaRuntime

/// A store that loses its records while clients continue.
@Suite struct EmptiedStoreTests {
    private let time = SimulatedTime()
    private let store: FaultyStore
    private let org: SimulatedOrg

    init() {
        store = FaultyStore(time: time)
        let limits = [SimulatedOrg.Limit(name: "users", calls: 30, offset: 0)]
        org = SimulatedOrg(time: time, limits: limits, seed: 1) { _ in "users" }
    }

    private func client(_ number: Int) throws -> OktaClient {
        try SimulatedProgram(name: "p\(number)", limits: ["users"]).client(
            number, transport: org, time: time, store: store, utilization: 1, reserve: 0)
    }

    private func call(_ client: OktaClient, times count: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask(executorPreference: time) {
                    _ = try? await client.send(OktaRequest(.get, "/api/v1/users"))
                }
            }
        }
    }

    @Test("Emptied store: an earlier statement does not count as the remaining calls")
    func oldStatements() async throws {
        let (early, late) = (try client(1), try client(2))
        try await time.run {
            await call(early, times: 1)
            await call(late, times: 29)
            #expect(org.count.responses == [200: 30])
            #expect(time.elapsed < .seconds(20))
            try await time.sleep(until: .seconds(30))
            store.wipe()
            // The first client knows of 29 calls that are left. The second one has no calls, and so does not report.
            await call(early, times: 10)
        }
        let refused = org.count.responses[429] ?? 0
        #expect(refused <= SharedBucket.firstCalls, "\(refused)")
        #expect(org.count.responses[200] == 40)
    }

    @Test("Emptied store: a client with waiting calls reports an exhausted limit before permits are granted again")
    func waitingClients() async throws {
        let (early, late) = (try client(1), try client(2))
        try await time.run {
            await call(early, times: 1)
            await call(late, times: 28)
            async let rest: Void = call(late, times: 5)
            try await time.sleep(until: .seconds(20))
            store.wipe()
            await call(early, times: 5)
            await rest
        }
        #expect(org.count.responses == [200: 39])
    }
}
