import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import OktaRuntime

/// Several clients of a simulated org that share a store.
struct SharedSimulation: Sendable {
    /// A client and its work.
    struct Program: Sendable {
        var name: String
        var weight = 1
        var priority = CallPriority.bulk
        var token = "secret-token"
        /// The limits whose calls it makes.
        var limits: [String]
        /// Calls of each limit that are under way or wait at the same time.
        var tasks = 20
    }

    let time: SimulatedTime
    let org: SimulatedOrg
    let programs: [Program]
    private let clients: [OktaClient]

    init(
        _ programs: [Program], org: SimulatedOrg, time: SimulatedTime, store: any RateLimitStore,
        utilization: Double = 1, reserve: Double = 0
    ) throws {
        self.time = time
        self.org = org
        self.programs = programs
        clients = try programs.enumerated().map { index, program in
            var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: program.token)
            configuration.timeouts.total = nil
            configuration.rateLimits.utilization = utilization
            configuration.rateLimitSharing = RateLimitSharing(
                store: store, program: program.name, weight: program.weight, interactiveReserve: reserve)
            let core = try ClientCore(
                configuration: configuration, transport: org, time: time,
                generator: SplitMix64(seed: UInt64(index + 1)), executor: time)
            return OktaClient(core: core).with { $0.priority = program.priority }
        }
    }

    /// Lets every program make calls for a time, as many as it can.
    ///
    /// - Parameter events: Other things that happen meanwhile.
    func run(for duration: Duration, events: @escaping @Sendable () async throws -> Void = {}) async throws {
        let end = time.elapsed + duration
        try await time.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (client, program) in zip(clients, programs) {
                    for limit in program.limits {
                        for task in 0..<program.tasks {
                            group.addTask { try await work(client, program, limit, task, until: end) }
                        }
                    }
                }
                group.addTask { try await events() }
                try await group.waitForAll()
            }
            for client in clients { await client.returnLeases() }
        }
    }

    private func work(
        _ client: OktaClient, _ program: Program, _ limit: String, _ task: Int, until end: Duration
    ) async throws {
        // A call that would be sent after the end is not made: a client waits no longer than for its turn.
        while time.elapsed < end {
            let limited = client.with { $0.timeout = end - time.elapsed }
            let request = OktaRequest(.get, "/api/v1/\(path: limit)/\(program.name)-\(task)")
            guard (try? await limited.send(request)) != nil else { return }
        }
    }

    /// The calls of each limit that each program has made.
    func calls(of limit: String) -> [String: Int] {
        var calls: [String: Int] = [:]
        for path in org.count.arrivals {
            let parts = path.split(separator: "/")
            guard parts.count == 4, parts[2] == limit, let name = parts[3].split(separator: "-").first else { continue }
            calls[String(name), default: 0] += 1
        }
        return calls
    }
}

extension RequestPath.StringInterpolation {
    /// A part of the literal.
    mutating func appendInterpolation(path text: String) { appendLiteral(text) }
}
