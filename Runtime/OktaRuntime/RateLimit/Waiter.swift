import Synchronization

/// A call that waits for its turn. It is decided exactly once: admitted, cancelled, or too late.
final class Waiter: Sendable {
    enum Decision: Sendable {
        case admitted(Permit)
        case cancelled
        /// The call cannot be sent before its deadline; with the wait that would be needed, when it is known.
        case tooLate(wait: Duration?)
    }

    private enum Phase {
        case undecided
        case suspended(CheckedContinuation<Decision, Never>)
        case decided(Decision)
    }

    /// The queue position.
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

    /// Decides, unless a decision was made before.
    ///
    /// - Returns: Whether this decision took effect.
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

/// The permission to have one call in flight; returned to the limiter with the result of the call.
struct Permit: Sendable {
    /// The bucket's index in the limiter.
    let bucket: Int
    /// The queue position, kept for retries of the same call.
    let ticket: UInt64
    /// When the call was admitted.
    let departed: Duration
}
