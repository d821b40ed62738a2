#if LocalOrg && Redis
import Foundation
import HTTPTypes
import OktaRedis
import Synchronization
import Testing

@testable import OktaRuntime

/// A program that uses an org, in a separate process: see ``WorkerProcess``.
@Suite(.enabled(if: WorkerOrders.ofProcess != nil))
struct WorkerTests {
    @Test("Worker: calls the org until its time is over")
    func works() async throws {
        let orders = try #require(WorkerOrders.ofProcess)
        let client = try client(orders).with { $0.priority = orders.isBulk ? .bulk : .interactive }
        let end = orders.end
        let time = orders.time
        await withTaskGroup(of: Void.self) { group in
            for kind in orders.kinds {
                for _ in 0..<orders.parallel {
                    group.addTask {
                        let path = RequestPath(stringLiteral: kind.path)
                        while time.seconds < end {
                            // A failure is the org's to count.
                            _ = try? await client.request(.get, path)
                        }
                    }
                }
            }
            // Calls that wait for the next window have nothing left to do.
            group.addTask { try? await time.sleep(until: .seconds(end)) }
            await group.next()
            while time.seconds < end { await group.next() }
            group.cancelAll()
        }
        await client.returnLeases()
    }

    private func store(_ orders: WorkerOrders) throws -> (any RateLimitStore)? {
        guard let address = orders.store else { return nil }
        if address.hasPrefix("/") { return try FileRateLimitStore(folder: address, source: orders.time) }
        return try RedisRateLimitStore(address)
    }

    /// How long a client gives its store, in seconds of the machine.
    private static let patience = 0.2

    private func client(_ orders: WorkerOrders) throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: orders.orgURL, token: WorkerOrders.token)
        configuration.userAgentSuffix = orders.name
        configuration.retry = .never
        configuration.timeouts = .init(total: nil)
        configuration.rateLimits.utilization = 1
        if let store = try store(orders) {
            configuration.rateLimitSharing = RateLimitSharing(
                store: store, program: orders.name, weight: orders.weight, interactiveReserve: 0.02, principalShare: 1,
                shareWithoutStore: 0.1, timeout: .seconds(Self.patience * orders.time.speed))
        }
        return OktaClient(core: try ClientCore(configuration: configuration, transport: nil, time: orders.time))
    }
}
#endif
