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
/// A 429 response is handled in these steps:
///
/// 1. `Attempt/RateLimit.swift` reads the limit and `Retry-After` from the header fields. `RateLimitSignal`
///    distinguishes three kinds: *quota* for an Okta code other than `E0000047`, *concurrency* if limit and remaining
///    are both 0, and otherwise *exhausted*.
/// 2. `release` in `RateLimit/RateLimiter.swift` applies the signal to other calls. *Exhausted*: calls of the same
///    bucket (method and path template) wait until the window ends, and also for a `Retry-After`, each at most 120
///    seconds. Without a known window and `Retry-After`, the number of calls in flight falls to its initial value.
///    *Concurrency*: the limit of calls in flight is halved for all buckets together, at most once a second and to
///    at least one. It rises by one after ten times as many responses without a refusal
///    (`AdaptiveConcurrencyLimit`). *Quota*: no other call is affected.
/// 3. The table in `Retry/RetryRule.swift` determines that the call is retried, except after a quota signal.
/// 4. ``nextPermit(after:_:)`` does not retry if the body can be read only once, if `maximumAttempts`, the call's
///    deadline or `timeBudget` is reached, or if `Retry-After` exceeds `maximumRetryAfter` (one hour). Otherwise it
///    waits for `Retry-After` with jitter if the response states it, in the queue if the reset is in the future, or
///    else for the time of `Backoff`. The call is then admitted with its original queue position. After a
///    `Retry-After`, it may have to wait further for a later reset.
///
/// A 429 that is not retried is returned like any response, and ``OktaClient`` throws it as ``OktaError/api(_:)``.
/// ``OktaError/rateLimited(_:)`` means that the call was never sent, because it could not be admitted in time.
///
/// This is a class because a call may wait long, so that functions that wait for it keep a reference rather than a copy
/// of the call. While the call waits for its first admission, it retains only state that cannot be recreated.
final class CallExecutor {
    let core: ClientCore
    let request: OktaRequest
    /// The encoded request, including credentials only if they are fixed; `nil` while the call waits for its first
    /// admission, if it can be encoded again.
    var encoded: Shared<TransportRequest>?
    let canBeEncodedAgain: Bool
    let place: TurnOrder.Place
    let options: Shared<OktaClient.Options>
    let started: Duration
    private let isStreamed: Bool
    private let awaitsBody: Bool
    /// Whether a status other than 2xx is an error.
    private let mustSucceed: Bool
    private let recorders: [ResponseRecorder]
    let observers: CallObservers
    /// The latest time at which the first attempt may be admitted.
    let turnLimit: Duration?
    /// The time by which the call must be complete. If the call sets no timeout, this is set on the first admission.
    var deadline: Duration?

    var now: Duration
    var earlier: [RetriedAttempt] = []
    private var sentCount = 0
    var didRefreshCredentials = false
    /// Whether the result of the call was reported to the observers.
    private var isReported = false
    /// The time that the call waited for its first admission.
    var queueDuration = Duration.zero
    /// The unread rest of the body, for a streamed 2xx response or a very long error.
    private(set) var body: BodyReader?
    /// The limiter's decision about the first attempt.
    var firstTurn: FirstTurn?

    /// The settings of a call other than its request.
    struct Setup {
        var options: Shared<OktaClient.Options>
        var isStreamed = false
        /// Whether an attempt includes the first piece of the streamed body, so that a loss before it is retried.
        var awaitsBody = false
        var mustSucceed = false
        var recorders: [ResponseRecorder] = []
        /// Whether the client's encoder can encode the same request again.
        var canBeEncodedAgain = false
    }

    /// The parts are moved here, because copying one of them takes as long as several of the steps below.
    init(
        _ request: consuming OktaRequest, _ encoded: consuming TransportRequest, _ setup: Setup, core: ClientCore
    ) {
        self.core = core
        canBeEncodedAgain = setup.canBeEncodedAgain
        isStreamed = setup.isStreamed
        awaitsBody = setup.awaitsBody
        mustSucceed = setup.mustSucceed
        recorders = setup.recorders
        options = setup.options
        let timeout = setup.options.value.timeout
        let priority = setup.options.value.priority
        place = TurnOrder.Place(priority: priority, lane: setup.options.value.lane)
        let started = core.time.elapsed
        self.started = started
        now = started
        // A timeout set for this one call covers the whole call. The configuration's timeout limits the org; a long
        // queue of the program's own calls must not use it up.
        let limit = encoded.timeouts.total.map { started + $0 }
        let waitLimit = core.configuration.rateLimits.maximumWait.map { started + $0 } ?? limit
        if timeout == nil {
            turnLimit = waitLimit
        } else {
            deadline = limit
            turnLimit = [waitLimit, limit].compactMap { $0 }.min()
        }
        observers =
            core.configuration.observers.isEmpty
            ? CallObservers() : CallObservers(core.configuration, copy request, priority)
        self.encoded = Shared(encoded)
        self.request = request
    }

    var key: RateLimitKey { RateLimitKey(of: request) }

    var retry: RetryPolicy { options.value.retry ?? core.configuration.retry }

    /// Runs the call to completion.
    ///
    /// Admission is separate from the attempts, so that a waiting call keeps neither storage for their results nor a
    /// frame of this function.
    @inline(__always)
    func run() async throws(OktaError) -> OktaResponse {
        if let waiter = try acquireFirstTurn() { await core.limiter.wait(waiter) }
        return try await runAttempts()
    }

    private func runAttempts() async throws(OktaError) -> OktaResponse {
        var permit = try firstPermit()
        do throws(OktaError) {
            while true {
                let (attempt, sent) = try await send(under: permit)
                guard !isFinal(attempt), let reason = await judge(attempt, to: sent),
                    let next = try await nextPermit(after: attempt, reason)
                else {
                    return try response(from: attempt, to: sent)
                }
                permit = next
            }
        } catch {
            throw reported(error)
        }
    }

    // MARK: Authenticate, send, observe, release

    private func send(
        under permit: Permit
    ) async throws(OktaError) -> (attempt: SentAttempt, request: HTTPRequest) {
        var signed = try unsigned(under: permit).value
        if !earlier.isEmpty { RetryHeaders.apply(earlier, to: &signed.head.headerFields) }
        var secrets = core.context.secrets
        let credentials: HTTPFields
        do throws(OktaError) {
            guard !Task.isCancelled else { throw .cancelled }
            if let fixedCredentials {
                credentials = fixedCredentials
            } else {
                credentials = try await sign(&signed, &secrets)
                // Fetching credentials may have taken time.
                now = core.time.elapsed
            }
        } catch {
            now = core.time.elapsed
            core.sending.release(permit)
            throw error
        }
        if let deadline { signed.timeouts.total = max(.milliseconds(1), deadline - now) }
        let sent = now
        sentCount += 1
        let attempt = await core.sending.send(
            signed, under: permit, isStreamed: isStreamed, awaitsBody: awaitsBody, until: deadline
        ) {
            Secrets(credentials: credentials, request: request, others: secrets)
        }
        now = attempt.ended
        body = attempt.body
        observers.tell(attempt, number: earlier.count + 1, sent: sent, credentials: credentials)
        if case .failure(let error) = attempt.outcome, error.kind == .cancelled { throw .cancelled }
        return (attempt, signed.head)
    }

    // MARK: Judge

    /// Returns whether an attempt needs no decision about a retry, as in most cases.
    private func isFinal(_ attempt: SentAttempt) -> Bool {
        guard case .success = attempt.outcome else { return false }
        return attempt.error == nil && !mayHaveNewCredentials
    }

    /// Returns the reason to retry; `nil` if this attempt is final.
    private func judge(_ attempt: SentAttempt, to sent: HTTPRequest) async -> RetriedAttempt.RetryReason? {
        switch attempt.outcome {
        case .failure(let error):
            return retry.reason(after: error, method: request.method)
        case .success(let response):
            // An authorization that may change its credentials inspects every response.
            if mayHaveNewCredentials, await hasNewCredentials(after: response, attempt.error, to: sent) {
                return .credentials
            }
            guard let error = attempt.error else { return nil }
            return retry.reason(
                afterStatus: response.head.status.code, code: error.code, signal: attempt.signal, method: request.method
            )
        }
    }

    // MARK: Result

    private func response(from attempt: SentAttempt, to sent: HTTPRequest) throws(OktaError) -> OktaResponse {
        switch attempt.outcome {
        case .failure(let error):
            var failure = OktaError.TransportFailure(error, method: request.method, path: request.pathOnly)
            failure.previousAttempts = earlier
            failure.queueDuration = queueDuration
            throw .transport(failure)
        case .success(let received):
            // The kind of token is needed only for errors.
            let token = attempt.error == nil ? nil : TokenKind(in: sent.headerFields)
            let response = OktaResponse(
                received, error: attempt.error, to: request, token: token, previousAttempts: earlier)
            report(.response(response.status.code))
            for recorder in recorders { recorder.record(response) }
            if mustSucceed, response.status.kind != .successful { throw .api(.init(response, to: request)) }
            return response
        }
    }

    /// Reports the error that ends the call, unless its response was already reported.
    func reported(_ error: OktaError) -> OktaError {
        if !isReported { report(.failed(ObservedCall.Result.Failure(error))) }
        return error
    }

    private func report(_ outcome: ObservedCall.Result.Outcome) {
        isReported = true
        observers.tell(outcome, attempts: sentCount, queueDuration: queueDuration) { core.time.elapsed - started }
    }
}
