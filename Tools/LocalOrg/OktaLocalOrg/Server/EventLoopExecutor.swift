#if LocalOrg
import Hummingbird
import NIOCore

/// Runs the tasks of servers on the event loops that read and write their sockets. Otherwise each request changes threads
/// several times, which takes longer than to answer it.
final class EventLoopExecutor: TaskExecutor {
    static let shared = EventLoopExecutor()

    private let loops = EventLoopGroupProvider.singleton.eventLoopGroup

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // From a loop, this is the same loop.
        loops.any().execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
#endif
