import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import OktaRuntime

/// Several clients of a simulated org that share a store.
struct SharedSimulation: Sendable {
    let time: SimulatedTime
    let org: SimulatedOrg
    let programs: [SimulatedProgram]
    private let clients: [OktaClient]

    init(
        _ programs: [SimulatedProgram], org: SimulatedOrg, time: SimulatedTime, store: any RateLimitStore,
        utilization: Double = 1, reserve: Double = 0
    ) throws {
        self.time = time
        self.org = org
        self.programs = programs
        clients = try programs.enumerated().map { index, program in
            try program.client(
                index + 1, transport: org, time: time, store: store, utilization: utilization, reserve: reserve)
        }
    }

    /// Makes as many calls of all programs as possible for a time.
    ///
    /// - Parameter events: Events during this time.
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
        _ client: OktaClient, _ program: SimulatedProgram, _ limit: String, _ task: Int, until end: Duration
    ) async throws {
        // A call that would be sent after the end is not made, because the client's wait is limited to this time.
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
