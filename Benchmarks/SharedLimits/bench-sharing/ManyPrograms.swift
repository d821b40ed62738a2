import Foundation
import OktaRuntime

/// Exchanges of many simulated programs for one bucket: the cost of a store as a team grows, and its maximum load.
struct ManyPrograms {
    let count: Int
    let address: String
    /// A random number that makes the ids of programs unique to this run.
    private let run = UInt32.random(in: 0 ... .max)

    init(count: Int, address: String) {
        self.count = count
        self.address = address
    }

    func measure() async throws {
        guard let store = try BenchSharing.store(address) else { return }
        let start = Date()
        let began = ContinuousClock.now
        var step = 0
        for _ in 0..<min(count, 2000) {
            _ = try await store.exchange(exchange(step, start))
            step += 1
        }
        let rounds = 2000
        let before = ProcessState.now.cpuSeconds
        for _ in 0..<rounds {
            _ = try await store.exchange(exchange(step, start))
            step += 1
        }
        let wall = ContinuousClock.now - began
        let seconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
        let cpu = (ProcessState.now.cpuSeconds - before) * 1e6 / Double(rounds)
        print(seconds * 1e6 / Double(step), cpu, step)
    }

    /// Runs the programs. Each one has its own connection and sends its next exchange as soon as it has the reply.
    func drive() async throws {
        let start = Date()
        let each = 40_000 / count
        let stores = try (0..<count).compactMap { _ in try BenchSharing.store(address) }
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (program, store) in stores.enumerated() {
                group.addTask {
                    for round in 0..<each { _ = try await store.exchange(exchange(round * count + program, start)) }
                }
            }
            try await group.waitForAll()
        }
        let wall = ContinuousClock.now - began
        let seconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
        print(Double(each * count) / seconds, each * count)
    }

    private func exchange(_ step: Int, _ start: Date) -> LeaseExchange {
        let number = step % count
        var request = LeaseRequest(bucket: "GET /api/v1/users/{}")
        request.waiting = 3
        request.held = step / count % 3
        request.stated = StatedLimit(
            limit: 600, remaining: max(0, 600 - step % 600), reset: start.addingTimeInterval(50), departed: start)
        return LeaseExchange(
            org: "https://acme.okta.com",
            program: SharingProgram(
                id: "program-\(run)-\(number)", name: "job-\(number % 20)", weight: 1 + number % 3, principal: "token"),
            now: start.addingTimeInterval(Double(step) / 1000), requests: [request])
    }
}
