import HTTPTypes
import OktaRuntime

/// Calls that wait in the rate limiter: one call is in flight at a time, and the first waits until all others are
/// queued.
///
/// The task of a call takes memory, too. The memory of tasks without a call is measured in another process, because
/// memory freed by one measurement would be reused by the next.
struct WaitingCalls {
    let count: Int

    /// Prints the bytes of a waiting task.
    func measureTasks() async throws {
        print(try await bytes { gate in { await gate.pass() } } / count)
    }

    /// Prints the bytes of a waiting call with its task, and the CPU microseconds from its start to its response.
    func measureCalls() async throws {
        let before = ProcessState.now
        let calls = try await bytes { gate in
            let client = try Self.client(over: gate)
            return { _ = try await client.request(.get, "/api/v1/users/00u1") }
        }
        let cpu = ProcessState.now.cpuSeconds - before.cpuSeconds
        print(calls / count, cpu * 1e6 / Double(count))
    }

    /// Returns the memory of the given number of tasks while they wait at a gate.
    private func bytes(_ prepare: (Gate) throws -> @Sendable () async throws -> Void) async throws -> Int {
        let gate = Gate()
        let work = try prepare(gate)
        let before = try await ProcessState.whenIdle().residentBytes
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask(operation: work) }
            let during = try await ProcessState.whenIdle().residentBytes
            gate.open()
            try await group.waitForAll()
            return during - before
        }
    }

    private static func client(over gate: Gate) throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: "https://example.okta.com", token: "bench-token")
        configuration.rateLimits = RateLimitPolicy(maximumConcurrentCalls: 1, initialConcurrentCalls: 1)
        configuration.timeouts.total = .seconds(600)
        return try OktaClient(configuration: configuration, transport: GatedTransport(gate: gate))
    }
}

/// Responds to every request once its gate is open.
private struct GatedTransport: HTTPTransport {
    let gate: Gate

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        await gate.pass()
        return TransportResponse(head: HTTPResponse(status: .ok), body: Array(#"{"id":"00u1"}"#.utf8))
    }
}
