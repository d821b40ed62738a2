internal import HTTPTypes
import Synchronization

/// The rate limiter of one org. It admits calls in the order of their arrival, as the org's limits allow.
///
/// A call is admitted before it is sent, and released with the limit that its response states. A call that has to wait
/// joins the queue of its bucket. One timer for all queues fires at the next change that does not depend on a response.
/// Without contention, admission takes one lock.
final class RateLimiter: Sendable {
    /// The result of an admitted call.
    enum Outcome: Sendable {
        /// The call got a response, with the limit, 429 signal and `Retry-After` that it states, if any.
        case responded(RateLimit?, RateLimitSignal?, retryAfter: Duration? = nil)
        /// The call got no response, although the org may have counted it.
        case lost
        /// The call was not sent.
        case unsent
    }

    /// The decision about a call that requests admission.
    enum Admission: Sendable {
        case admitted(Permit)
        /// The call is queued, with the minimum wait if it is known.
        case queued(Waiter, wait: Duration?)
        /// The wait would exceed the call's deadline.
        case tooLate(wait: Duration)
    }

    /// The store through which a client shares its limits, and the client's identity there.
    struct StoreLink: Sendable {
        let sharing: RateLimitSharing
        let org: String
        let program: SharingProgram
        /// A closure that is called when the store becomes unreachable or reachable again.
        let notify: @Sendable (StoreChange) -> Void
    }

    let time: any ServerClock.Source
    let clock: ServerClock
    let executor: (any TaskExecutor)?
    let link: StoreLink?
    let state: Mutex<RateLimiterState>

    /// - Parameters:
    ///   - executor: The executor of the timer and of exchanges with the store; `nil` for the default executor.
    ///   - link: The store; `nil` for a client that does not share its limits.
    init(
        policy: RateLimitPolicy, time: any ServerClock.Source, clock: ServerClock, executor: (any TaskExecutor)? = nil,
        link: StoreLink? = nil
    ) {
        self.time = time
        self.clock = clock
        self.executor = executor
        self.link = link
        state = Mutex(RateLimiterState(policy: policy, sharing: link?.sharing))
    }

    /// Requests admission for a call.
    ///
    /// - Parameters:
    ///   - key: The call's action.
    ///   - ticket: The queue position from the call's earlier attempt; `nil` for a first attempt.
    ///   - place: The priority and lane of the call, which determine the queue position of a first attempt.
    ///   - deadline: The call's deadline.
    ///   - now: The current time.
    func acquire(
        _ key: RateLimitKey, ticket: Ticket?, place: TurnOrder.Place = TurnOrder.Place(), deadline: Duration?,
        now: Duration
    ) -> Admission {
        state.withLock { state in
            let admission = state.acquire(key, ticket: ticket, place: place, deadline: deadline, now: now)
            switch admission {
            case .queued: advance(&state, now)
            case .admitted(let permit):
                share(&state, after: permit, now)
                // Calls of other lanes may have waited for this expected call.
                if permit.ticket.lane != .own, state.isAnyoneWaiting { advance(&state, now) }
            case .tooLate: break
            }
            return admission
        }
    }

    /// Waits in the queue until the call is admitted, cannot be admitted in time, or its task is cancelled.
    func wait(_ waiter: Waiter) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter.suspend($0) }
        } onCancel: {
            // Calls behind it may now be sent.
            if waiter.decide(.cancelled) { review() }
        }
    }

    /// Releases an admitted call.
    func release(_ permit: Permit, _ arrival: Outcome, now: Duration) {
        state.withLock { state in
            switch arrival {
            case .responded(let limit?, let signal, let retryAfter) where limit.limit > 0:
                state.release(permit, with: limit, end: end(of: limit, now), signal: signal, now: now)
                if let retryAfter, signal == .exhausted { state.hold(permit, for: hold(retryAfter), now: now) }
            case .responded(_, let signal, let retryAfter):
                state.release(permit, signal: signal, now: now)
                if let retryAfter, signal == .exhausted { state.hold(permit, for: hold(retryAfter), now: now) }
            case .lost:
                state.release(permit, isCounted: true, now: now)
            case .unsent:
                state.release(permit, isCounted: false, now: now)
            }
            share(&state, after: permit, now)
            if state.isAnyoneWaiting { advance(&state, now) }
        }
    }

    /// Returns the known limit of an action.
    func window(of key: RateLimitKey) -> RateLimit? {
        state.withLock { $0.window(of: key) }
    }

    /// The number of calls in flight, and whether any are queued.
    var load: (inFlight: Int, waiting: Bool) {
        state.withLock { ($0.inFlight, $0.isAnyoneWaiting) }
    }

    /// Admits all calls that can be sent now.
    private func review() {
        let now = time.elapsed
        state.withLock { advance(&$0, now) }
    }

    func advance(_ state: inout RateLimiterState, _ now: Duration) {
        state.updateResetTimes { end(of: $0, now) }
        state.admitWaiting(now)
        state.failUnreachable(now)
        if link != nil { exchange(&state, now) }
        setTimer(&state, now)
    }

    /// Returns the end of a window. It is bounded because Okta's windows last a minute, and a longer one is the result
    /// of a wrong clock.
    private func end(of limit: RateLimit, _ now: Duration) -> Duration {
        min(clock.moment(of: limit.reset) + Self.margin, now + Self.maximumWindow)
    }

    /// Returns the time for which other calls are held back after a `Retry-After`. It is bounded because the server may
    /// recover sooner.
    private func hold(_ stated: Duration) -> Duration { min(stated, Self.maximumWindow) }

    /// Sets the timer for the next change that needs no response.
    func setTimer(_ state: inout RateLimiterState, _ now: Duration) {
        guard let moment = state.nextChange(now) else {
            state.timer?.task.cancel()
            state.timer = nil
            return
        }
        // An existing timer that fires earlier is sufficient. It is set again when it fires.
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
            if let overdue = state.access?.overdue(now) { end(&state, overdue, nil, "no reply in time", now) }
            state.expire(now)
            advance(&state, now)
        }
    }

    /// A margin that is added to the stated reset, so that rounding does not fire the timer just before it.
    private static let margin = Duration.milliseconds(2)

    private static let maximumWindow = Duration.milliseconds(SharedLimitTimes.longestWindow)
}
