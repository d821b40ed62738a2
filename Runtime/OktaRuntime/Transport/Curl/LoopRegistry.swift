internal import Dispatch
import Synchronization

/// The running loops, so that they can be stopped when the process exits.
///
/// OpenSSL frees its state in an `exit` handler, even while threads are using it, so a running loop would then read
/// freed memory. Handlers run in reverse order of registration, so one that is registered after OpenSSL's stops the
/// loops in time.
final class LoopRegistry: Sendable {
    /// One per process, because the exit of a process affects all transports.
    static let ofProcess = LoopRegistry()

    private struct State {
        var mailboxes: [ObjectIdentifier: CurlMailbox] = [:]
        var isParked = false
    }

    private let state = Mutex(State())
    private let hasLeft = DispatchSemaphore(value: 0)

    /// Called before a loop starts; throws when the process is about to exit.
    func enter(_ mailbox: CurlMailbox) throws(TransportError) {
        let isParked = state.withLock { state in
            if !state.isParked { state.mailboxes[ObjectIdentifier(mailbox)] = mailbox }
            return state.isParked
        }
        if isParked { throw TransportError(.shutDown) }
    }

    /// Called when a loop no longer touches libcurl.
    func leave(_ mailbox: CurlMailbox) {
        let isAwaited = state.withLock { state in
            state.mailboxes.removeValue(forKey: ObjectIdentifier(mailbox)) != nil && state.isParked
        }
        if isAwaited { hasLeft.signal() }
    }

    /// Stops all loops in place, and waits until none touches libcurl any more.
    ///
    /// - Parameter patience: How long to wait; a host name lookup, which cannot be interrupted, may delay a loop.
    /// - Returns: Whether all have stopped.
    @discardableResult
    func park(patience: DispatchTimeInterval = .seconds(1)) -> Bool {
        let mailboxes = state.withLock { state in
            state.isParked = true
            return Array(state.mailboxes.values)
        }
        for mailbox in mailboxes { mailbox.park() }
        let limit = DispatchTime.now() + patience
        return mailboxes.allSatisfy { _ in hasLeft.wait(timeout: limit) == .success }
    }
}
