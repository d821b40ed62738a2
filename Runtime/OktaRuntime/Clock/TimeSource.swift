#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Where a client takes the time from, and how it waits; a test puts a simulated one in its place.
public protocol TimeSource: Sendable {
    /// Time that only goes forward, from a moment of the source's own choosing.
    var elapsed: Duration { get }

    /// The time of day by this machine's clock, which may be wrong and may be set.
    var wallClock: Date { get }

    /// Waits until `elapsed` has reached a moment.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(until moment: Duration) async throws(CancellationError)
}

/// The time of this machine.
public struct SystemTimeSource: TimeSource {
    private let start = ContinuousClock.now

    /// Begins to count now.
    public init() {}

    /// The time since the source was created.
    public var elapsed: Duration { start.duration(to: .now) }

    /// The machine's time of day.
    public var wallClock: Date { Date() }

    /// Waits on the continuous clock, which also counts while the machine sleeps.
    public func sleep(until moment: Duration) async throws(CancellationError) {
        do {
            try await Task.sleep(until: start + moment, clock: .continuous)
        } catch {
            throw CancellationError()
        }
    }
}
