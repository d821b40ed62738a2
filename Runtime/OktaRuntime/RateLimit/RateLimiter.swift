internal import HTTPTypes
import Synchronization

/// Lets the calls of one org through in the order of their arrival, as its rate limits allow.
///
/// Each call is admitted before it is sent and comes back with what its answer states. A call that has to wait stands
/// in the line of its bucket; one timer for all lines sleeps until something can change by the passing of time alone.
/// Where nothing is in the way, admission is one lock.
final class RateLimiter: Sendable {
    /// What came of an admitted call.
    enum Outcome: Sendable {
        /// An answer that states a limit, or none, and how long to wait, if it says so.
        case answered(RateLimit?, RateLimitSignal?, retryAfter: Duration? = nil)
        /// No answer, though the org may have counted the call.
        case lost
        /// The call was not sent.
        case unsent
    }

    /// What a call is told when it asks to be sent.
    enum Admission: Sendable {
        case admitted(Permit)
        /// It waits in line; expected for so long at least, when that is known.
        case queued(Waiter, wait: Duration?)
        /// The wait would last longer than the call may.
        case tooLate(wait: Duration)
    }

    private let time: any TimeSource
    private let clock: ServerClock
    private let executor: (any TaskExecutor)?
    private let state: Mutex<RateLimiterState>

    /// - Parameter executor: Runs the timer; nil for the default one.
    init(policy: RateLimitPolicy, time: any TimeSource, clock: ServerClock, executor: (any TaskExecutor)? = nil) {
        self.time = time
        self.clock = clock
        self.executor = executor
        state = Mutex(RateLimiterState(policy: policy))
    }

    /// Asks for a call to be sent.
    ///
    /// - Parameters:
    ///   - key: The call's action.
    ///   - ticket: The place in line of the call's earlier attempt.
    ///   - deadline: When the call must be over.
    ///   - now: The present moment.
    func acquire(_ key: RateLimitKey, ticket: UInt64?, deadline: Duration?, now: Duration) -> Admission {
        state.withLock { state in
            let admission = state.acquire(key, ticket: ticket, deadline: deadline, now: now)
            if case .queued = admission { advance(&state, now) }
            return admission
        }
    }

    /// Waits in line until the call is admitted, it is clear that it will not be in time, or its task is cancelled.
    func wait(_ waiter: Waiter) async -> Waiter.Decision {
        await withTaskCancellationHandler {
            await waiter.decision()
        } onCancel: {
            // Those behind it may be able to go.
            if waiter.decide(.cancelled) { review() }
        }
    }

    /// Takes back an admitted call.
    func release(_ permit: Permit, _ arrival: Outcome, now: Duration) {
        state.withLock { state in
            switch arrival {
            case .answered(let limit?, let signal, let retryAfter) where limit.limit > 0:
                state.release(permit, with: limit, end: end(of: limit, now), signal: signal, now: now)
                if let retryAfter, signal == .exhausted { state.hold(permit, for: hold(retryAfter), now: now) }
            case .answered(_, let signal, let retryAfter):
                state.release(permit, signal: signal, now: now)
                if let retryAfter, signal == .exhausted { state.hold(permit, for: hold(retryAfter), now: now) }
            case .lost:
                state.release(permit, isCounted: true)
            case .unsent:
                state.release(permit, isCounted: false)
            }
            if state.isAnyoneWaiting { advance(&state, now) }
        }
    }

    /// What is known of an action's limit.
    func window(of key: RateLimitKey) -> RateLimit? {
        state.withLock { $0.window(of: key) }
    }

    /// Calls in flight, and calls in line.
    var load: (inFlight: Int, waiting: Bool) {
        state.withLock { ($0.inFlight, $0.isAnyoneWaiting) }
    }

    /// Lets through whoever can go now.
    private func review() {
        let now = time.elapsed
        state.withLock { advance(&$0, now) }
    }

    private func advance(_ state: inout RateLimiterState, _ now: Duration) {
        state.updateResetTimes { end(of: $0, now) }
        state.admitWaiting(now)
        state.failUnreachable(now)
        setTimer(&state, now)
    }

    /// The moment at which a window is over. Okta's last a minute, so what seems to last longer comes of a wrong clock.
    private func end(of limit: RateLimit, _ now: Duration) -> Duration {
        min(clock.moment(of: limit.reset) + Self.margin, now + Self.longestWindow)
    }

    /// How long others are kept from asking for what a server does not want to be asked for. It may be up again sooner than
    /// it says.
    private func hold(_ stated: Duration) -> Duration { min(stated, Self.longestWindow) }

    /// Sees to it that the timer rings when something can change without an answer.
    private func setTimer(_ state: inout RateLimiterState, _ now: Duration) {
        guard let moment = state.nextChange(now) else {
            state.timer?.task.cancel()
            state.timer = nil
            return
        }
        // One that rings early finds nothing to do, and is set again.
        if let timer = state.timer, timer.moment <= moment { return }
        state.timer?.task.cancel()
        state.timer = RateLimiterState.Timer(
            moment: moment,
            task: Task.detached(executorPreference: executor) { [weak self, time] in
                guard (try? await time.sleep(until: moment)) != nil else { return }
                self?.ring(moment)
            })
    }

    private func ring(_ moment: Duration) {
        let now = time.elapsed
        state.withLock { state in
            guard state.timer?.moment == moment else { return }
            state.timer = nil
            state.expire(now)
            advance(&state, now)
        }
    }

    /// Beyond the stated second, so that rounding does not lead to a moment just before it.
    private static let margin = Duration.milliseconds(2)

    private static let longestWindow = Duration.seconds(120)
}
