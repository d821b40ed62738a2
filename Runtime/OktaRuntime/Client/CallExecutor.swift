internal import HTTPTypes

/// Executes one API call, from its first wait to its response.
///
/// 1. **Admit**: the call waits in the queue for its turn, under the org's rate limits and the concurrency limit.
/// 2. **Authenticate**: the authorization supplies the header fields of this attempt.
/// 3. **Send**: the transport sends the request.
/// 4. **Observe**: the server's clock, the rate limit and the error are read from the response.
/// 5. **Release**: the permit is returned, so that other calls can proceed.
/// 6. **Judge**: the authorization, and ``RetryPolicy`` by the table ``RetryRule``, decide whether to retry.
/// 7. **Retry**: the call waits as long as the reason requires and continues at 1 with its original queue position;
///    otherwise it ends.
///
/// ``LimitedSend`` implements steps 1 and 3 to 5. Requests for access tokens use it too.
///
/// What happens on a 429 response, in the order of the files:
///
/// 1. `Attempt/RateLimit.swift` reads the limit and `Retry-After` from its header fields. `RateLimitSignal` tells three
///    kinds apart: *quota* for a code of Okta's other than `E0000047`, *concurrency* when limit and remaining are both 0,
///    otherwise *exhausted*.
/// 2. `RateLimit/RateLimiter.swift`: `release` applies the signal to other calls. *Exhausted*: calls of the same bucket
///    (method and path template) wait until the window ends, and also for a `Retry-After`, each at most 120 seconds.
///    Without a known window and `Retry-After`, the number of calls in flight falls to its initial value.
///    *Concurrency*: the limit of calls in flight is halved for all buckets together, at most once a second and not below
///    1; it rises by one after ten times as many responses without a refusal (`AdaptiveConcurrencyLimit`). *Quota*: no other call is affected.
/// 3. `Retry/RetryRule.swift`: the table decides that this call is retried, except for a quota.
/// 4. ``nextPermit(after:_:)`` below ends the call instead when the body can be read only once, when `maximumAttempts`, the
///    call's deadline or `timeBudget` is reached, or when `Retry-After` exceeds `maximumRetryAfter` (one hour). Otherwise it waits:
///    for `Retry-After` with jitter if the response has it, else in the queue until a reset in the future, else for the
///    time of `Backoff`. Then the call is admitted with its original queue position, which after a `Retry-After` may mean
///    a further wait for a later reset.
///
/// A 429 that is not retried is returned like any response; ``OktaClient`` throws it as ``OktaError/api(_:)``.
/// ``OktaError/rateLimited(_:)`` is a call that was never sent, because its turn would have come too late.
///
/// An object, because a call may wait long: every function that waits for it keeps a reference, not a copy of the call.
final class CallExecutor {
    private let core: ClientCore
    let request: OktaRequest
    private let unsigned: TransportRequest
    private let key: RateLimitKey
    private let place: TurnOrder.Place
    private let retry: RetryPolicy
    private let started: Duration
    private let isStreamed: Bool
    private let observers: CallObservers
    /// The latest time at which the first turn may come.
    private let turnLimit: Duration?
    /// When the call must be complete. Without a timeout for this call, it is set once the first turn has come.
    private var deadline: Duration?
    private var context: AuthorizationContext

    private var now: Duration
    private var earlier: [RetriedAttempt] = []
    private var sentCount = 0
    private var didRefreshCredentials = false
    /// How long the call waited for its first turn.
    private var queueDuration = Duration.zero
    /// The body that is left to be read: of a 2xx response that is streamed, and of a very long error.
    private(set) var body: BodyReader?

    init(
        _ request: OktaRequest, _ unsigned: TransportRequest, options: OktaClient.Options, isStreamed: Bool = false,
        core: ClientCore
    ) {
        self.core = core
        self.isStreamed = isStreamed
        self.request = request
        self.unsigned = unsigned
        place = TurnOrder.Place(priority: options.priority, lane: options.lane)
        retry = options.retry ?? core.configuration.retry
        let key = RateLimitKey(method: request.method, path: request.path, hostPrefix: request.hostPrefix)
        self.key = key
        let started = core.time.elapsed
        self.started = started
        now = started
        context = core.context
        observers = CallObservers(core.configuration, key, options.priority)
        // A timeout set for this one call covers the whole call. The configuration's timeout limits the org; a long
        // queue of the program's own calls must not use it up.
        let limit = unsigned.timeouts.total.map { started + $0 }
        let waitLimit = core.configuration.rateLimits.maximumWait.map { started + $0 } ?? limit
        if options.timeout == nil {
            turnLimit = waitLimit
        } else {
            deadline = limit
            turnLimit = [waitLimit, limit].compactMap { $0 }.min()
        }
    }

    /// Runs the call to completion.
    func run() async throws(OktaError) -> OktaResponse {
        do {
            // The turn comes before the attempts: while the call waits, nothing is kept for their results.
            let permit = try await firstPermit()
            let response = try await runAttempts(permit)
            finish(.response(response.status.code))
            return response
        } catch {
            finish(.failed(ObservedCall.Result.Failure(error)))
            throw error
        }
    }

    private func runAttempts(_ first: Permit) async throws(OktaError) -> OktaResponse {
        var permit = first
        while true {
            let (attempt, sent) = try await send(under: permit)
            guard let reason = await judge(attempt, to: sent),
                let next = try await nextPermit(after: attempt, reason)
            else {
                return try response(from: attempt, to: sent)
            }
            permit = next
        }
    }

    // MARK: Admit

    private func firstPermit() async throws(OktaError) -> Permit {
        guard !Task.isCancelled else { throw .cancelled }
        switch try await admission(ticket: nil, until: turnLimit) {
        case .granted(let permit):
            queueDuration = now - started
            if deadline == nil { deadline = unsigned.timeouts.total.map { now + $0 } }
            context.deadline = deadline
            return permit
        case .tooLate(let wait):
            throw core.sending.failure(key, path: request.pathOnly, wait: wait)
        }
    }

    private func admission(
        ticket: Ticket?, until limit: Duration?
    ) async throws(OktaError) -> LimitedSend.Admission {
        var moment = now
        defer { now = moment }
        return try await core.sending.admit(ask(ticket: ticket, until: limit), now: &moment)
    }

    /// Asks the limiter, and tells the observers of a wait. Apart, so that a waiting call does not keep what it asks with.
    @inline(never)
    private func ask(ticket: Ticket?, until limit: Duration?) -> RateLimiter.Admission {
        let answer = core.limiter.acquire(key, ticket: ticket, place: place, deadline: limit, now: now)
        if case .queued(_, let wait) = answer {
            let attempt = ticket == nil ? 1 : earlier.count + 2
            observers.tell(ObservedCall.Wait(cause: .queue, minimumDuration: wait, attempt: attempt))
        }
        return answer
    }

    // MARK: Authenticate, send, observe, release

    private func send(
        under permit: Permit
    ) async throws(OktaError) -> (attempt: SentAttempt, request: HTTPRequest) {
        var signed = unsigned
        if !earlier.isEmpty { RetryHeaders.apply(earlier, to: &signed.head.headerFields) }
        let credentials: HTTPFields
        var others = context.secrets
        do throws(OktaError) {
            guard !Task.isCancelled else { throw .cancelled }
            switch request.credentials {
            case .org, .accessToken, .apiToken:
                credentials = try await core.configuration.authorization.credentials(for: signed.head, in: context)
            case .anonymous:
                credentials = HTTPFields()
            case .client(let authentication):
                let result = try ClientCredentialsEncoder(authentication: authentication, request: request)
                    .apply(to: &signed, at: context.clock.now)
                credentials = result.fields
                others.add(result.secrets)
            }
        } catch {
            now = core.time.elapsed
            core.sending.giveBack(permit)
            throw error
        }
        // Last, so that no header field of the call can replace them.
        signed.head.headerFields.replace(with: credentials)

        // Fetching credentials may have taken time.
        now = core.time.elapsed
        if let deadline { signed.timeouts.total = max(.milliseconds(1), deadline - now) }
        let sent = now
        sentCount += 1
        let request = request
        let attempt = await core.sending.send(signed, under: permit, isStreamed: isStreamed, until: deadline) {
            Secrets(credentials: credentials, request: request, others: others)
        }
        now = attempt.ended
        body = attempt.body
        observers.tell(attempt, number: earlier.count + 1, sent: sent, credentials: credentials)
        if case .failure(let error) = attempt.outcome, error.kind == .cancelled { throw .cancelled }
        return (attempt, signed.head)
    }

    // MARK: Judge

    /// The reason to retry; nil when this attempt is final.
    private func judge(_ attempt: SentAttempt, to request: HTTPRequest) async -> RetriedAttempt.RetryReason? {
        switch attempt.outcome {
        case .failure(let error):
            return retry.reason(after: error, method: key.method)
        case .success(let response):
            // The authorization sees each response; an error counts once.
            context.error = attempt.error
            if await hasNewCredentials(after: response, to: request) { return .credentials }
            guard let error = attempt.error else { return nil }
            return retry.reason(
                afterStatus: response.head.status.code, code: error.code, signal: attempt.signal, method: key.method)
        }
    }

    /// Whether another attempt would have new credentials; only once per call, and only with the client's own.
    private func hasNewCredentials(after response: TransportResponse, to sent: HTTPRequest) async -> Bool {
        switch request.credentials {
        case .org, .accessToken, .apiToken: break
        case .anonymous, .client: return false
        }
        let review = await core.configuration.authorization.refresh(after: response, to: sent, in: context)
        return review == .refreshed && !didRefreshCredentials
    }

    // MARK: Retry

    /// Waits as the reason requires; nil when no time is left for another attempt, or none is allowed.
    private func nextPermit(
        after attempt: SentAttempt, _ reason: RetriedAttempt.RetryReason
    ) async throws(OktaError) -> Permit? {
        // A body that can be read only once cannot be sent again.
        if let body = unsigned.streamedBody, !body.isRepeatable { return nil }
        let repetition = earlier.count { $0.reason != .credentials } + 1
        if reason == .credentials {
            didRefreshCredentials = true
        } else if repetition >= retry.maximumAttempts {
            return nil
        }
        var limit = deadline
        if let budget = retry.timeBudget { limit = min(started + budget, limit ?? started + budget) }

        let attemptEnd = now
        guard let wait = wait(after: attempt, reason, repetition: repetition) else { return nil }
        if let limit, now + wait > limit { return nil }
        if wait > .zero {
            observers.tell(ObservedCall.Wait(cause: .retry(reason), minimumDuration: wait, attempt: earlier.count + 2))
            do { try await core.time.sleep(until: now + wait) } catch { throw .cancelled }
            now = core.time.elapsed
        }
        guard case .granted(let permit) = try await admission(ticket: attempt.permit.ticket, until: limit) else {
            return nil
        }
        earlier.append(attempt.record(reason: reason, wait: now - attemptEnd))
        return permit
    }

    /// How long to wait before the next attempt queues; nil when the server asks for a longer wait than the policy
    /// allows.
    private func wait(after attempt: SentAttempt, _ reason: RetriedAttempt.RetryReason, repetition: Int) -> Duration? {
        if reason != .credentials, let stated = attempt.error?.retryAfter {
            return stated <= retry.maximumRetryAfter ? core.backoff.wait(stated: stated, policy: retry) : nil
        }
        // When the reset time is known and in the future, the queue waits for it.
        let queueWaits =
            reason == .rateLimit && attempt.rateLimit.map { $0.reset > context.clock.now } ?? false
        return queueWaits ? .zero : core.backoff.wait(for: reason, repetition: repetition, policy: retry)
    }

    // MARK: Result

    private func response(from attempt: SentAttempt, to sent: HTTPRequest) throws(OktaError) -> OktaResponse {
        switch attempt.outcome {
        case .failure(let error):
            var failure = OktaError.TransportFailure(error, method: request.method, path: request.pathOnly)
            failure.previousAttempts = earlier
            failure.queueDuration = queueDuration
            throw .transport(failure)
        case .success(let response):
            return OktaResponse(
                response, error: attempt.error, to: request, token: TokenKind(in: sent.headerFields),
                previousAttempts: earlier)
        }
    }

    private func finish(_ outcome: ObservedCall.Result.Outcome) {
        observers.tell(outcome, attempts: sentCount, queueDuration: queueDuration) { core.time.elapsed - started }
    }
}
