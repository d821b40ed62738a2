import Synchronization

/// A call that waits for its turn. It is decided exactly once: admitted, cancelled, or too late.
final class Waiter: Sendable {
    enum Decision: Sendable {
        case admitted(Permit)
        case cancelled
        /// Its deadline has passed, or will before it could go; it would have to wait for so much longer, when that is
        /// known.
        case tooLate(wait: Duration?)
    }

    private enum Phase {
        case undecided
        case suspended(CheckedContinuation<Decision, Never>)
        case decided(Decision)
    }

    /// The place in line.
    let ticket: UInt64
    let deadline: Duration?
    private let phase = Mutex(Phase.undecided)

    init(ticket: UInt64, deadline: Duration?) {
        self.ticket = ticket
        self.deadline = deadline
    }

    var isDecided: Bool {
        phase.withLock { if case .decided = $0 { true } else { false } }
    }

    /// Decides, unless that has been done before.
    ///
    /// - Returns: Whether this decision holds.
    @discardableResult
    func decide(_ decision: Decision) -> Bool {
        let (holds, continuation) = phase.withLock { phase -> (Bool, CheckedContinuation<Decision, Never>?) in
            switch phase {
            case .decided:
                return (false, nil)
            case .undecided:
                phase = .decided(decision)
                return (true, nil)
            case .suspended(let continuation):
                phase = .decided(decision)
                return (true, continuation)
            }
        }
        continuation?.resume(returning: decision)
        return holds
    }

    /// Waits for the decision.
    func decision() async -> Decision {
        await withCheckedContinuation { continuation in
            let decided = phase.withLock { phase -> Decision? in
                if case .decided(let decision) = phase { return decision }
                phase = .suspended(continuation)
                return nil
            }
            if let decided { continuation.resume(returning: decided) }
        }
    }
}

/// The right to have one call in flight; goes back to the limiter with what came of it.
struct Permit: Sendable {
    /// The bucket's place in the limiter.
    let bucket: Int
    /// The place in line, kept for further attempts of the same call.
    let ticket: UInt64
    /// When the call was let go.
    let departed: Duration
}
