#if Proxy
import Foundation
import Synchronization

@testable import OktaProxy
@testable import OktaRuntime

/// A time source that only tests advance.
final class ManualTime: ServerClock.Source {
    private struct State {
        var elapsed = Duration.zero
        var sleepers: [(moment: Duration, shot: OneShot<Void>)] = []
    }

    private let state = Mutex(State())
    private let start: Date

    init(start: Date) { self.start = start }

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var wallClock: Date { start.addingTimeInterval(Double(elapsed.components.seconds)) }

    func sleep(until moment: Duration) async throws(CancellationError) {
        let shot = OneShot<Void>()
        let isOver = state.withLock { state in
            if state.elapsed >= moment { return true }
            state.sleepers.append((moment, shot))
            return false
        }
        if !isOver { try await shot.value() }
    }

    /// Advances the time, and resumes the waits that have ended.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.elapsed += duration
            let now = state.elapsed
            defer { state.sleepers.removeAll { $0.moment <= now } }
            return state.sleepers.filter { $0.moment <= now }.map(\.shot)
        }
        for shot in due { shot.set(()) }
    }
}
#endif
