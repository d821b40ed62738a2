#if Metrics
import Foundation
import MetricsTestKit
import OktaObservability
import OktaRuntime
import Testing

/// The example dashboard shows the metrics that the observer records.
@Suite struct DashboardTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Examples/dashboard/okta-rate-limits.json")

    /// Returns the names and dimensions of all metrics from calls and a store.
    private func recorded() async throws -> [String: Set<String>] {
        let metrics = TestMetrics()
        let observer = MetricsObserver(factory: metrics)
        try await makePrivateCall(status: 200, observer: observer)
        try await makeScriptedCall([.response(429), .response(200)], observer: observer)
        observer.storeDidChange(ObservedStore(orgURL: "https://acme.okta.com", state: .reachable))
        var names: [String: Set<String>] = [:]
        let all =
            metrics.counters.map { ($0.label, $0.dimensions) } + metrics.timers.map { ($0.label, $0.dimensions) }
            + metrics.recorders.map { ($0.label, $0.dimensions) }
        for (name, dimensions) in all { names[name, default: []].formUnion(dimensions.map(\.0)) }
        return names
    }

    @Test("Dashboard: every query names metrics and dimensions that are recorded")
    func everyQueryNamesWhatIsRecorded() async throws {
        let names = try await recorded()
        let dashboard = try JSON(parsing: Array(Data(contentsOf: Self.file)))
        let panels = try #require(dashboard["panels"]?.elements)
        let queries = panels.flatMap { $0["targets"]?.elements ?? [] }.compactMap { $0["expr"]?.string }
        #expect(queries.count == panels.count)
        for query in queries {
            let found = query.matches(of: /okta_[a-z_]+/).map { String($0.output) }
            try #require(!found.isEmpty, "\(query)")
            for name in found {
                // Prometheus adds these suffixes for counters and timers.
                let base = name.replacing(/_(total|count)$/, with: "")
                let dimensions = try #require(names[base], "\(query)")
                let grouped = query.firstMatch(of: /by \(([^)]*)\)/).map { $0.output.1.split(separator: ", ") } ?? []
                #expect(dimensions.isSuperset(of: grouped.map(String.init)), "\(query)")
            }
        }
    }
}
#endif
