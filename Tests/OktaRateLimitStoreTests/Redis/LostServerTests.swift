#if Redis
import Foundation
import HTTPTypes
import LoopbackServer
import OktaRedis
import OktaRuntime
import Synchronization
import Testing

/// A client whose Redis server fails: its calls continue, each loss is reported once, and the server is used again.
///
/// `LostStoreTests` of the runtime checks the time limit of 200 ms in simulated time.
@Suite("Redis: lost servers", .hangLimit, .enabled(if: RedisServer.program != nil))
struct LostServerTests {
    /// The ways in which a server fails.
    enum Loss: CaseIterable {
        case killed
        /// Connections stay open, and replies are late or lost, as behind a partition.
        case silent
        case withoutScripts
    }

    private func lose(_ server: RedisServer, _ loss: Loss) async throws {
        switch loss {
        case .killed: server.end()
        case .silent: server.signal(SIGSTOP)
        case .withoutScripts:
            server.end()
            try await server.start(["--rename-command", "EVALSHA", "", "--rename-command", "SCRIPT", ""])
        }
    }

    private func restore(_ server: RedisServer, _ loss: Loss) async throws {
        switch loss {
        case .killed: try await server.start()
        case .silent: server.signal(SIGCONT)
        case .withoutScripts:
            server.end()
            try await server.start()
        }
    }

    private func client(_ org: LoopbackServer, _ server: RedisServer, _ witness: LossWitness) throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: org.origin, token: "token")
        configuration.retry = .never
        configuration.timeouts = .init(total: nil)
        configuration.observers = [witness]
        configuration.rateLimitSharing = RateLimitSharing(store: try RedisRateLimitStore(server.url), program: "p")
        return try OktaClient(configuration: configuration)
    }

    @Test("Redis: calls continue without their server, which is used again", arguments: Loss.allCases)
    func lost(loss: Loss) async throws {
        try await LoopbackServer.run { _ in
            // More calls than the test makes.
            .json(
                "{}",
                headers: [
                    ("X-Rate-Limit-Limit", "1000000"), ("X-Rate-Limit-Remaining", "1000000"),
                    ("X-Rate-Limit-Reset", "\(Int(Date().timeIntervalSince1970) / 60 * 60 + 60)"),
                ])
        } during: { org in
            let server = try await RedisServer()
            let witness = LossWitness()
            let client = try client(org, server, witness)
            func call(until isDone: () -> Bool) async throws {
                repeat { _ = try await client.request(.get, "/api/v1/users") } while !isDone() && !Task.isCancelled
            }
            // On a busy machine, a running server may be too slow as well.
            try await call { witness.losses.last ?? true }
            let before = witness.losses.count
            try await lose(server, loss)
            try await call { witness.losses.count > before && witness.losses.last == false }
            let lost = witness.losses
            // Many calls and attempts do not report the loss again.
            for _ in 0..<50 { try await call { true } }
            #expect(witness.losses == lost)
            try await restore(server, loss)
            try await call { witness.losses.last == true }
            #expect(witness.reasons.allSatisfy { !$0.isEmpty })
        }
    }
}

/// Records whether the store could be reached, at each change.
private final class LossWitness: ClientObserver {
    private let changes = Mutex<[ObservedStore.State]>([])

    var losses: [Bool] { changes.withLock { $0.map { $0 == .reachable } } }

    var reasons: [String] {
        changes.withLock { $0.compactMap { if case .unreachable(let reason) = $0 { reason } else { nil } } }
    }

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { nil }

    func storeDidChange(_ store: ObservedStore) { changes.withLock { $0.append(store.state) } }
}
#endif
