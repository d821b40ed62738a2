import Foundation
import Testing

@testable import OktaRuntime

/// Clients that share a store, against an org in simulated time: together they use the limits fully, and no more.
@Suite(.longCalculation) struct SharedLimitProofTests {
    private static let limits = [
        SimulatedOrg.Limit(name: "users", calls: 600, offset: 17),
        SimulatedOrg.Limit(name: "groups", calls: 500, offset: 0),
        SimulatedOrg.Limit(name: "apps", calls: 100, offset: 42),
        SimulatedOrg.Limit(name: "logs", calls: 1200, offset: 30),
    ]

    private func org(_ time: SimulatedTime) -> SimulatedOrg {
        SimulatedOrg(time: time, limits: Self.limits) { String($0.split(separator: "/")[2]) }
    }

    @Test("Shared limits: eight programs use the limits fully, by their weights, without a refusal")
    func eightProgramsShareByWeight() async throws {
        let time = SimulatedTime()
        let org = org(time)
        let weights = [1, 1, 1, 2, 2, 3, 4, 6]
        let programs = weights.enumerated().map {
            SimulatedProgram(name: "p\($0)", weight: $1, limits: Self.limits.map(\.name))
        }
        let simulation = try SharedSimulation(
            programs, org: org, time: time, store: InProcessRateLimitStore(source: time))
        try await simulation.run(for: .seconds(600))
        #expect(org.count.responses.keys.sorted() == [200])
        for limit in Self.limits {
            let calls = simulation.calls(of: limit.name)
            let total = calls.values.reduce(0, +)
            // The windows are the first one and those that begin within ten minutes.
            let windows = limit.offset == 0 ? 10 : 11
            #expect(Double(total) >= 0.97 * Double(limit.calls * windows), "\(limit.name): \(total)")
            for program in programs {
                let part = Double(total * program.weight) / Double(weights.reduce(0, +))
                // A share of a small limit is a few calls, and a program cannot make fractions of a call.
                let tolerance = max(0.05 * part, Double(windows))
                let made = Double(calls[program.name] ?? 0)
                #expect(abs(made - part) <= tolerance, "\(limit.name), \(program.name): \(made) of \(part)")
            }
        }
    }
}
