#if LocalOrg
import Hummingbird
import NIOCore

/// Runs the tasks of servers on the event loops of their sockets. Otherwise each request would switch threads several
/// times, which takes longer than handling it.
final class EventLoopExecutor: TaskExecutor {
    static let shared = EventLoopExecutor()

    private let loops = EventLoopGroupProvider.singleton.eventLoopGroup

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // On an event loop, this returns the same loop.
        loops.any().execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
#endif
