import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// The limiter against an org in simulated time: it uses its whole share of each limit, and no more.
@Suite(.longCalculation) struct RateLimiterProofTests {
    private static let limits = [
        SimulatedOrg.Limit(name: "users", calls: 600, offset: 17),
        SimulatedOrg.Limit(name: "groups", calls: 500, offset: 0),
        SimulatedOrg.Limit(name: "apps", calls: 100, offset: 42),
        SimulatedOrg.Limit(name: "zones", calls: 50, offset: 5),
        SimulatedOrg.Limit(name: "logs", calls: 1200, offset: 30),
    ]

    /// The calls per limit, 10,000 in total.
    private static let calls = ["users": 4000, "groups": 2500, "apps": 600, "zones": 300, "logs": 2600]

    /// Returns the earliest time at which the last call of a limit can be sent: the client uses its share in each
    /// window, starting with the one at the beginning.
    private func leastSeconds(_ limit: SimulatedOrg.Limit, calls: Int, share: Double, start: Date) -> Double {
        let budget = Int(Double(limit.calls) * share + 1e-9)
        let windows = (calls + budget - 1) / budget
        guard windows > 1 else { return 0 }
        let intoWindow = (start.timeIntervalSince1970 - Double(limit.offset)).truncatingRemainder(dividingBy: 60)
        return (60 - intoWindow) + Double(windows - 2) * 60
    }

    @Test(
        "Rate limiter proof: ten thousand calls take as long as the limits require",
        arguments: [(0.8, 0.0), (0.5, 0.0), (1.0, 0.0), (0.8, 3600.0), (0.8, -3600.0)])
    func tenThousandCallsTakeAsLongAsTheLimitsWant(_ share: Double, _ clockError: Double) async throws {
        let time = SimulatedTime(wallClockError: clockError)
        let org = SimulatedOrg(time: time, limits: Self.limits) { path in
            String(path.split(separator: "/")[2])
        }
        let simulation = try Simulation(org, time: time) { $0.rateLimits.utilization = share }
        let client = simulation.client
        // The calls alternate between kinds, like those of a program with several tasks.
        var names: [String] = []
        var left = Self.calls
        while !left.isEmpty {
            for name in left.keys.sorted() {
                let count = min(10, left[name] ?? 0)
                names += Array(repeating: name, count: count)
                left[name] = (left[name] ?? 0) == count ? nil : (left[name] ?? 0) - count
            }
        }
        try await time.run { [names] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, name) in names.enumerated() {
                    group.addTask { _ = try await client.send(OktaRequest(.get, path(name, index))) }
                }
                try await group.waitForAll()
            }
        }
        let least =
            Self.limits.map {
                leastSeconds($0, calls: Self.calls[$0.name] ?? 0, share: share, start: time.start)
            }.max() ?? 0
        let taken = seconds(time.elapsed)
        #expect(org.count.responses == [200: 10_000])
        #expect(taken >= least)
        #expect(taken <= least * 1.02, "\(taken) s of at least \(least) s")
        #expect(simulation.core.limiter.load == (0, false))
        #expect(time.sleeperCount == 0)
    }
}

/// Returns the path of an action, identified by its second part.
private func path(_ name: String, _ index: Int) -> RequestPath {
    switch name {
    case "users": "/api/v1/users/\(index)"
    case "groups": "/api/v1/groups/\(index)"
    case "apps": "/api/v1/apps/\(index)"
    case "zones": "/api/v1/zones/\(index)"
    default: "/api/v1/logs/\(index)"
    }
}
