#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

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
