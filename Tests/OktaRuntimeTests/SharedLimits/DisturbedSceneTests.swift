import Foundation
import Testing

@testable import OktaRuntime

/// What eight programs reach while they are killed or their store is disturbed, in simulated time.
@Suite(.longCalculation) struct DisturbedSceneTests {
    /// The selected seeds, `OKTA_TEST_SCENE_SEEDS=1-50`, whose figures are printed. A scene is a long calculation, so one
    /// seed and four minutes are the default; `make test-shared-limits` runs four seeds for ten minutes.
    private static let selected: ClosedRange<UInt64>? = {
        let text = ProcessInfo.processInfo.environment["OKTA_TEST_SCENE_SEEDS"] ?? ""
        let bounds = text.split(separator: "-").compactMap { UInt64($0) }
        guard let first = bounds.first, let last = bounds.last, first <= last else { return nil }
        return first...last
    }()

    private static let length: Duration = selected == nil ? .seconds(240) : .seconds(600)

    /// The longest time without a call, in seconds, while more than a tenth of a window was left.
    private static let longestIdle: [DisturbedScene.Disturbance: Double] = [
        .nothing: 1,
        // The lease of a killed program ends after five seconds. Its last calls may arrive for two more, and the clock
        // of the program that then asks how many calls are left may be a second behind.
        .kills: 9,
        // Shares are rounded down to whole calls, and a program that has used its share waits for the others. The rest
        // is granted when the store is back, and the others are too, or when the former leases have ended.
        .outages: 16, .wipes: 6, .restarts: 7.5, .server: 16,
    ]

    @Test(
        "Disturbed scenes: no refusal, 97 % of the limits, and shares within 5 % of the weights",
        arguments: [.nothing, .kills, .outages, .wipes, .restarts, .server] as [DisturbedScene.Disturbance],
        Array(selected ?? 1...1))
    func promise(_ disturbance: DisturbedScene.Disturbance, seed: UInt64) async throws {
        let figures = try await DisturbedScene(disturbance, seed: seed).run(for: Self.length)
        if Self.selected != nil { print("\(disturbance.rawValue) \(seed): \(figures)") }
        #expect(figures.refused == 0, "\(figures)")
        #expect(figures.use.values.allSatisfy { $0 >= 0.97 }, "\(figures)")
        #expect(figures.unfairness.0 <= 0.05, "\(figures)")
        #expect(seconds(figures.idle.0) <= Self.longestIdle[disturbance] ?? 0, "\(figures)")
    }

    /// A program that starts while its store does not reply, or while the store is empty, knows neither the other
    /// programs nor what they have used. Some of its calls are refused, and it takes more than its share until the
    /// store is back. The limits are used nevertheless.
    @Test("Disturbed scenes: programs that start without their store cause few refusals", arguments: selected ?? 1...1)
    func everything(seed: UInt64) async throws {
        let figures = try await DisturbedScene(.everything, seed: seed).run(for: Self.length)
        if Self.selected != nil { print("everything \(seed): \(figures)") }
        #expect(figures.refused <= figures.accepted / 50, "\(figures)")
        #expect(figures.use.values.allSatisfy { $0 >= 0.97 }, "\(figures)")
    }
}
