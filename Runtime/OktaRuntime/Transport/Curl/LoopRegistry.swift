internal import Dispatch
import Synchronization

/// The loops that have not ended, so that they can be stopped when their process ends.
///
/// OpenSSL takes itself down in a handler of `exit`, whichever threads are at work in it, and a loop that is reads freed
/// memory then. Handlers run from the last to the first, so one that is registered after OpenSSL's stops the loops in time.
final class LoopRegistry: Sendable {
    /// One for the process, as the end of a process is one for all transports.
    static let ofProcess = LoopRegistry()

    private struct State {
        var mailboxes: [ObjectIdentifier: CurlMailbox] = [:]
        var isParked = false
    }

    private let state = Mutex(State())
    private let hasLeft = DispatchSemaphore(value: 0)

    /// To be called before a loop starts; refuses when the process is about to end.
    func enter(_ mailbox: CurlMailbox) throws(TransportError) {
        let isParked = state.withLock { state in
            if !state.isParked { state.mailboxes[ObjectIdentifier(mailbox)] = mailbox }
            return state.isParked
        }
        if isParked { throw TransportError(.shutDown) }
    }

    /// To be called when a loop touches libcurl no more.
    func leave(_ mailbox: CurlMailbox) {
        let isAwaited = state.withLock { state in
            state.mailboxes.removeValue(forKey: ObjectIdentifier(mailbox)) != nil && state.isParked
        }
        if isAwaited { hasLeft.signal() }
    }

    /// Stops all loops where they are, and waits until none touches libcurl any more.
    ///
    /// - Parameter patience: How long to wait; a loop may be held up by a look-up of a host name that it cannot end.
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
