#if Proxy
package import HTTPTypes
package import OktaRuntime
internal import Synchronization

/// Tracks one call for the ledger: it waits, is sent, and ends.
package final class CallProgress: Sendable {
    private enum Phase { case inFlight, waiting, ended }

    private let ledger: Ledger
    private let ticket: Ledger.Ticket
    private let phase = Mutex(Phase.inFlight)
    private let noted = Mutex<HTTPFields>([:])
    /// Whether the proxy adds the org's credentials to the call.
    package let needsCredentials: Bool

    /// The call of the current task.
    @TaskLocal package static var current: CallProgress?

    package init(_ ledger: Ledger, _ ticket: Ledger.Ticket, needsCredentials: Bool = false) {
        self.ledger = ledger
        self.ticket = ticket
        self.needsCredentials = needsCredentials
    }

    /// The credentials of all attempts of the call.
    package var credentials: HTTPFields { noted.withLock { $0 } }

    /// Records the credentials of an attempt.
    package func note(_ credentials: HTTPFields) {
        noted.withLock { $0.append(contentsOf: credentials) }
    }

    /// Records that the call waits for its turn.
    package func wait() {
        let changes = phase.withLock { phase in
            guard phase == .inFlight else { return false }
            phase = .waiting
            return true
        }
        if changes { ledger.wait(ticket) }
    }

    /// Records that the call is sent.
    package func depart() {
        let changes = phase.withLock { phase in
            guard phase == .waiting else { return false }
            phase = .inFlight
            return true
        }
        if changes { ledger.depart(ticket) }
    }

    /// Records that the call has ended.
    package func end(isSpent: Bool, limit: RateLimit?) {
        let last = phase.withLock { phase in
            defer { phase = .ended }
            return phase
        }
        guard last != .ended else { return }
        ledger.end(ticket, isWaiting: last == .waiting, isSpent: isSpent, limit: limit)
    }
}

/// Reports the client's progress with calls to the ledger.
package struct ProgressObserver: ClientObserver {
    package init() {}

    package func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        CallProgress.current.map { One(progress: $0) }
    }

    private struct One: ObservedCall.Observer {
        let progress: CallProgress

        func willWait(_ wait: ObservedCall.Wait) { progress.wait() }
        func didAttempt(_ attempt: ObservedCall.Attempt) {}
        func didFinish(_ result: ObservedCall.Result) {}
    }
}
#endif
