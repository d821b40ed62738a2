#if Proxy
package import HTTPTypes
package import OktaRuntime
internal import Synchronization

/// Follows one call for the ledger: it waits, it is sent, it ends.
package final class CallProgress: Sendable {
    private enum Phase { case inFlight, waiting, ended }

    private let ledger: Ledger
    private let ticket: Ledger.Ticket
    private let phase = Mutex(Phase.inFlight)
    private let noted = Mutex<HTTPFields>([:])
    /// Whether the proxy adds the org's credentials to the call.
    package let needsCredentials: Bool

    /// The call that the current task makes.
    @TaskLocal package static var current: CallProgress?

    package init(_ ledger: Ledger, _ ticket: Ledger.Ticket, needsCredentials: Bool = false) {
        self.ledger = ledger
        self.ticket = ticket
        self.needsCredentials = needsCredentials
    }

    /// The credentials that the call got, of all attempts.
    package var credentials: HTTPFields { noted.withLock { $0 } }

    /// Notes the credentials of an attempt.
    package func note(_ credentials: HTTPFields) {
        noted.withLock { $0.append(contentsOf: credentials) }
    }

    /// The call waits for its turn.
    package func wait() {
        let changes = phase.withLock { phase in
            guard phase == .inFlight else { return false }
            phase = .waiting
            return true
        }
        if changes { ledger.wait(ticket) }
    }

    /// The call is sent.
    package func depart() {
        let changes = phase.withLock { phase in
            guard phase == .waiting else { return false }
            phase = .inFlight
            return true
        }
        if changes { ledger.depart(ticket) }
    }

    /// The call has ended.
    package func end(isSpent: Bool, limit: RateLimit?) {
        let last = phase.withLock { phase in
            defer { phase = .ended }
            return phase
        }
        guard last != .ended else { return }
        ledger.end(ticket, isWaiting: last == .waiting, isSpent: isSpent, limit: limit)
    }
}

/// Tells the ledger what the client does with a call.
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
