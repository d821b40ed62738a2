#if Proxy
internal import NIOCore
internal import Synchronization

/// Runs the tasks of a connection on the event loop of its socket. Otherwise each request would switch threads several
/// times, which takes longer than forwarding it.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    /// One executor per loop, kept forever, since a task does not retain its executor.
    private static let known = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    private init(_ loop: any EventLoop) { self.loop = loop }

    /// Returns the executor of a loop, which must live as long as the process.
    static func on(_ loop: any EventLoop) -> LoopExecutor {
        known.withLock { known in
            if let executor = known[ObjectIdentifier(loop)] { return executor }
            let executor = LoopExecutor(loop)
            known[ObjectIdentifier(loop)] = executor
            return executor
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
#endif
