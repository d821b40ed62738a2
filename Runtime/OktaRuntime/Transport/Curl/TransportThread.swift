#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif
internal import Dispatch
import Synchronization

/// A detached system thread, because a blocking loop must not occupy one of the few threads of Swift's concurrency
/// pool.
enum TransportThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs the body on a new thread.
    static func start(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
        let context = Unmanaged.passRetained(Body(body))
        guard create(context.toOpaque()) else {
            context.release()
            throw TransportError(.other, detail: "the system refused a thread")
        }
    }

    /// Blocks the calling thread, with everything that it holds, until the process has exited.
    static func park() -> Never {
        while true { pause() }
    }

    private static func create(_ context: UnsafeMutableRawPointer) -> Bool {
        #if canImport(Glibc)
        var thread = pthread_t()
        guard pthread_create(&thread, nil, enter, context) == 0 else { return false }
        pthread_detach(thread)
        #else
        var thread: pthread_t?
        guard pthread_create(&thread, nil, enter, context) == 0, let thread else { return false }
        pthread_detach(thread)
        #endif
        return true
    }

    #if canImport(Darwin)
    private static let enter: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
        run(context)
        return nil
    }
    #else
    private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { run(context) }
        return nil
    }
    #endif

    private static func run(_ context: UnsafeMutableRawPointer) {
        blockSignals()
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    }

    /// The program's signal handlers must not run on this thread. SIGPIPE, which TLS writes raise on a connection that
    /// the server has closed, must not end the program: while it is blocked, the write reports an error instead.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}

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
