#if Redis
internal import Dispatch
internal import OktaRuntime
internal import Synchronization

/// Runs the calls of many tasks over one link on a dispatch queue, because hiredis blocks and must not occupy a thread
/// of Swift's concurrency pool. Calls that arrive during a round trip share the next one.
final class RedisQueue: Sendable {
    private struct Pending {
        var jobs: [RedisJob] = []
        var isRunning = false
    }

    private let pending = Mutex(Pending())
    /// The link. Only the dispatch queue locks it.
    private let link: Mutex<RedisLink>
    private let trips = Atomic(0)
    private let queue = DispatchQueue(label: "okta.redis")
    private let timeout: Duration

    /// - Parameter patience: The time without use after which a connection is checked before it is used.
    init(_ address: RedisAddress, script: String, timeout: Duration, patience: Duration = .seconds(1)) {
        self.timeout = timeout
        link = Mutex(RedisLink(address, script: script, timeout: timeout, patience: patience))
    }

    /// The number of round trips.
    var roundTrips: Int { trips.load(ordering: .relaxed) }

    /// Runs the script for each call.
    ///
    /// - Throws: ``RedisFailure``, or `CancellationError` as soon as the task is cancelled. The server may run the
    ///   script nevertheless.
    func run(_ calls: [ScriptCall]) async throws -> [RedisReply] {
        let job = RedisJob(calls, deadline: .now + timeout)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard job.attach(continuation) else { return }
                let isIdle = pending.withLock { pending in
                    pending.jobs.append(job)
                    defer { pending.isRunning = true }
                    return !pending.isRunning
                }
                if isIdle { queue.async { self.work() } }
            }
        } onCancel: {
            job.finish(.failure(CancellationError()))
        }
    }

    private func work() {
        while let jobs = next() {
            let outcome = link.withLock { link in
                defer { trips.store(link.roundTrips, ordering: .relaxed) }
                do throws(RedisFailure) {
                    return Result<_, RedisFailure>.success(try link.run(jobs.flatMap(\.calls)))
                } catch {
                    return .failure(error)
                }
            }
            switch outcome {
            case .success(let replies):
                var rest = replies[...]
                for job in jobs {
                    job.finish(.success(Array(rest.prefix(job.calls.count))))
                    rest = rest.dropFirst(job.calls.count)
                }
            case .failure(let failure):
                for job in jobs { job.finish(.failure(failure)) }
            }
        }
    }

    /// Returns the jobs of the next round trip; `nil` if there are none, so that the next job must start the work
    /// again.
    private func next() -> [RedisJob]? {
        while true {
            let jobs = pending.withLock { pending in
                let jobs = pending.jobs
                pending.jobs = []
                if jobs.isEmpty { pending.isRunning = false }
                return jobs
            }
            guard !jobs.isEmpty else { return nil }
            // Jobs that were queued while the server did not reply may have timed out.
            let now = ContinuousClock.now
            let wanted = jobs.filter { !$0.isDecided && $0.deadline > now }
            for job in jobs where job.deadline <= now {
                job.finish(.failure(RedisFailure(.timeout, "the Redis server did not respond in time")))
            }
            if !wanted.isEmpty { return wanted }
        }
    }
}

/// The calls of one task. Only the first outcome counts.
private final class RedisJob: Sendable {
    private enum Phase {
        case new
        case waiting(CheckedContinuation<[RedisReply], any Error>)
        case decided
    }

    let calls: [ScriptCall]
    let deadline: ContinuousClock.Instant
    private let phase = Mutex(Phase.new)

    init(_ calls: [ScriptCall], deadline: ContinuousClock.Instant) {
        self.calls = calls
        self.deadline = deadline
    }

    var isDecided: Bool { phase.withLock { if case .decided = $0 { true } else { false } } }

    /// Stores the continuation. If the task was already cancelled, resumes it and returns false.
    func attach(_ continuation: CheckedContinuation<[RedisReply], any Error>) -> Bool {
        let isNew = phase.withLock { phase in
            guard case .new = phase else { return false }
            phase = .waiting(continuation)
            return true
        }
        if !isNew { continuation.resume(throwing: CancellationError()) }
        return isNew
    }

    func finish(_ outcome: Result<[RedisReply], any Error>) {
        let continuation = phase.withLock { phase -> CheckedContinuation<[RedisReply], any Error>? in
            defer { phase = .decided }
            if case .waiting(let continuation) = phase { return continuation }
            return nil
        }
        continuation?.resume(with: outcome)
    }
}
#endif
