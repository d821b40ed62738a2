#if CommandLine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import Synchronization
package import OktaRuntime

/// Follows the System Log in batches with the library's tail, and reports gaps and interruptions.
package struct LogFollower: Sendable {
    private let list: Paged<JSON>
    private let interval: Duration
    private let once: Bool
    private let notices: TextOutput

    package init(_ list: Paged<JSON>, interval: Duration, once: Bool, notices: TextOutput) {
        self.list = list
        self.interval = interval
        self.once = once
        self.notices = notices
    }

    /// Follows the log until the task is cancelled, or with `once` until there are no new events.
    ///
    /// - Parameters:
    ///   - position: The position to continue from; nil for the start of the list.
    ///   - take: Processes a batch, after which its position may be stored. Returns whether to continue.
    package func run(
        from position: TailPosition?, _ take: (Paged<JSON>.Tail.Batch) async throws(CommandFailure) -> Bool
    ) async throws(CommandFailure) {
        let end = EndOfPauses()
        let tail = list.tail(
            from: position, every: interval, time: once ? end : ServerClock.SystemSource() as any ServerClock.Source)
        var batches = tail.makeAsyncIterator()
        var lastError: OktaError?
        while true {
            let batch: Paged<JSON>.Tail.Batch
            do throws(OktaError) {
                guard let next = try await batches.next() else { return }
                batch = next
            } catch {
                // With `once`, the tail ends at its first pause: after the last page, or after a transient error.
                if error.isCancellation, end.wasReached, !Task.isCancelled {
                    if let lastError { throw CommandFailure(lastError) }
                    return
                }
                if error.isCancellation { throw CommandFailure(.interrupted, "interrupted") }
                throw CommandFailure(error)
            }
            lastError = batch.interruption?.error
            if let gap = batch.gap { report("\(gap)") }
            if let interruption = batch.interruption { report("\(interruption)") }
            if batch.skippedCount > 0 {
                report("\(batch.skippedCount) event\(batch.skippedCount == 1 ? "" : "s") could not be read")
            }
            guard try await take(batch) else { return }
        }
    }

    private func report(_ text: String) {
        notices.print("okta: \(text)")
        notices.flush()
    }
}

extension OktaError {
    fileprivate var isCancellation: Bool { if case .cancelled = self { true } else { false } }
}

/// A time source whose first pause ends the tail.
private final class EndOfPauses: ServerClock.Source {
    private let system = ServerClock.SystemSource()
    private let reached = Mutex(false)

    var wasReached: Bool { reached.withLock { $0 } }

    var elapsed: Duration { system.elapsed }
    var wallClock: Date { system.wallClock }

    func sleep(until moment: Duration) async throws(CancellationError) {
        reached.withLock { $0 = true }
        throw CancellationError()
    }
}
#endif
