package import OktaRuntime
internal import Synchronization

/// A notice about long waits, for logs and pipes without a progress line.
///
/// There is one notice per method and path, and no other one for ten minutes.
package final class WaitNotice: ClientObserver, Sendable {
    private let program: String
    private let advice: String
    private let notices: TextOutput
    private let clock: ProgressClock
    /// The time of the last notice, by method and path.
    private let written = Mutex<[String: ContinuousClock.Instant]>([:])

    /// The minimum length of a wait for a notice.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.seconds(600)
    private static let maximumPaths = 1024

    /// Creates a notice.
    ///
    /// - Parameters:
    ///   - program: The program's name.
    ///   - advice: How to limit a wait.
    package init(_ program: String, advice: String, context: ProgramContext, clock: ProgressClock = .system) {
        self.program = program
        self.advice = advice
        self.clock = clock
        notices = context.notices
    }

    package func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { Call(call: call, notice: self) }

    fileprivate func write(_ wait: ObservedCall.Wait, _ call: ObservedCall) {
        guard let duration = wait.minimumDuration, duration >= Self.patience else { return }
        let name = "\(call.method) \(call.template)"
        let now = clock.now()
        let isNew = written.withLock { written in
            if let last = written[name], now - last < Self.pause { return false }
            if written.count >= Self.maximumPaths { written = written.filter { now - $0.value < Self.pause } }
            written[name] = now
            return true
        }
        guard isNew else { return }
        let cause: String
        switch wait.cause {
        case .queue: cause = "for the rate limit of \(call.orgURL)"
        case .retry(.rateLimit): cause = "for the rate limit of \(call.orgURL)"
        case .retry(let reason): cause = "before attempt \(wait.attempt), because of \(reason.rawValue),"
        @unknown default: cause = "before attempt \(wait.attempt)"
        }
        notices.print("\(program): \(name) waits \(cause) until \(clock.wallTime(duration)) at least; \(advice)")
        notices.flush()
    }

    private struct Call: ObservedCall.Observer {
        let call: ObservedCall
        let notice: WaitNotice

        func willWait(_ wait: ObservedCall.Wait) { notice.write(wait, call) }
        func didAttempt(_ attempt: ObservedCall.Attempt) {}
        func didFinish(_ result: ObservedCall.Result) {}
    }
}
