#if Proxy
internal import Synchronization

/// A value that one task awaits and another sets once. Cancelling the waiting task ends the wait.
final class OneShot<Value: Sendable>: Sendable {
    private enum Phase {
        case empty
        case waiting(CheckedContinuation<Value?, Never>)
        case done(Value?)
    }

    private let phase = Mutex(Phase.empty)

    init() {}

    /// Sets the value. Only the first call has an effect.
    func set(_ value: Value?) {
        let continuation = phase.withLock { phase -> CheckedContinuation<Value?, Never>? in
            switch phase {
            case .done: return nil
            case .empty:
                phase = .done(value)
                return nil
            case .waiting(let continuation):
                phase = .done(value)
                return continuation
            }
        }
        continuation?.resume(returning: value)
    }

    /// Waits for the value.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    func value() async throws(CancellationError) -> Value {
        let value = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = phase.withLock { phase -> Value?? in
                    if case .done(let value) = phase { return .some(value) }
                    phase = .waiting(continuation)
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            set(nil)
        }
        guard let value else { throw CancellationError() }
        return value
    }
}
#endif
