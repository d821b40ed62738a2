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

    /// Blocks the calling thread until the process has exited, without releasing anything.
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

    /// Blocks all signals, so that the program's signal handlers do not run on this thread. While SIGPIPE is blocked, a
    /// TLS write to a connection that the server has closed reports an error instead of ending the program.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}

/// The running loops, so that they can be stopped when the process exits.
///
/// OpenSSL frees its state in an exit handler even while threads use it, so that a running loop would access freed
/// memory. Exit handlers run in reverse order of registration. A handler that is registered after OpenSSL's therefore
/// stops the loops in time.
final class LoopRegistry: Sendable {
    /// The registry of the process, which is shared because an exit affects all transports.
    static let ofProcess = LoopRegistry()

    private struct State {
        var mailboxes: [ObjectIdentifier: CurlMailbox] = [:]
        var isParked = false
    }

    private let state = Mutex(State())
    private let hasLeft = DispatchSemaphore(value: 0)

    /// Registers a loop before it starts. Throws if the process is about to exit.
    func enter(_ mailbox: CurlMailbox) throws(TransportError) {
        let isParked = state.withLock { state in
            if !state.isParked { state.mailboxes[ObjectIdentifier(mailbox)] = mailbox }
            return state.isParked
        }
        if isParked { throw TransportError(.shutDown) }
    }

    /// Removes a loop that no longer accesses libcurl.
    func leave(_ mailbox: CurlMailbox) {
        let isAwaited = state.withLock { state in
            state.mailboxes.removeValue(forKey: ObjectIdentifier(mailbox)) != nil && state.isParked
        }
        if isAwaited { hasLeft.signal() }
    }

    /// Stops all loops in place, and waits until none of them accesses libcurl.
    ///
    /// - Parameter patience: The maximum wait. A host name lookup, which cannot be interrupted, may delay a loop.
    /// - Returns: Whether all loops have stopped.
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
