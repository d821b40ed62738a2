#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension ServerClock {
    /// The clock and the sleep function of a client. Tests use a simulated one.
    public protocol Source: Sendable {
        /// Monotonic time from an arbitrary start.
        var elapsed: Duration { get }

        /// The time of day by this machine's clock, which may be wrong and may be changed.
        var wallClock: Date { get }

        /// Waits until `elapsed` has reached a value.
        ///
        /// - Throws: `CancellationError` as soon as the task is cancelled.
        func sleep(until moment: Duration) async throws(CancellationError)
    }
}

extension ServerClock {
    /// The system's clocks.
    public struct SystemSource: ServerClock.Source {
        private let start = ContinuousClock.now

        /// Creates a source; its elapsed time starts now.
        public init() {}

        /// The time since the source was created.
        public var elapsed: Duration { start.duration(to: .now) }

        /// The machine's time of day.
        public var wallClock: Date { Date() }

        /// Sleeps on the continuous clock, which also advances while the machine is suspended.
        public func sleep(until moment: Duration) async throws(CancellationError) {
            do {
                try await Task.sleep(until: start + moment, clock: .continuous)
            } catch {
                throw CancellationError()
            }
        }
    }
}

extension ServerClock.Source {
    /// Runs work with a deadline, and cancels it when the deadline passes.
    ///
    /// - Parameters:
    ///   - moment: The deadline, by ``elapsed``; `nil` for no limit.
    ///   - work: The work, which must end when it is cancelled.
    /// - Returns: The result of the work; `nil` if the deadline passed first.
    package func run<Value: Sendable>(
        until moment: Duration?, _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        guard let moment else { return await work() }
        return await withTaskGroup(of: LimitedWork<Value>.self) { group in
            group.addTask { .done(await work()) }
            group.addTask {
                do { try await sleep(until: moment) } catch { return .cancelled }
                return .due
            }
            defer { group.cancelAll() }
            for await end in group {
                switch end {
                case .done(let value): return value
                case .due: return nil
                // The caller was cancelled and so was the work. Wait for the result of the work.
                case .cancelled: continue
                }
            }
            return nil
        }
    }
}

private enum LimitedWork<Value: Sendable>: Sendable {
    case done(Value)
    case due
    case cancelled
}
