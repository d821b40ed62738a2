internal import HTTPTypes

/// Sends one request under the org's rate limits: what an attempt of a call and a request for an access token have in
/// common.
///
/// 1. ``admit(_:ticket:until:now:waiting:)`` waits for the request's turn, and hands out a permit.
/// 2. Whoever asks signs the request then, so that no signature grows old in line. When that fails,
///    ``giveBack(_:)`` returns the permit.
/// 3. ``send(_:under:without:streaming:)`` sends the request, takes the time and the stated limit from its answer, reads
///    what an error says, and returns the permit.
struct LimitedSend: Sendable {
    let transport: any Transport
    let limiter: RateLimiter
    let clock: ServerClock

    var time: any TimeSource { clock.source }

    /// Whether a request may be sent.
    enum Admission {
        case granted(Permit)
        /// Not in time. It would have to wait for so much longer, when that is known.
        case tooLate(wait: Duration?)
    }

    /// Waits for the request's turn.
    ///
    /// - Parameters:
    ///   - key: The limit that the request counts for.
    ///   - ticket: The place in line of the call's earlier attempt.
    ///   - limit: Until when to wait; nil for as long as the task is not cancelled.
    ///   - now: The present moment; afterwards, the one at which the wait ended.
    ///   - waiting: Called when there is a wait, with its least length when that is known.
    func admit(
        _ key: RateLimitKey, ticket: UInt64?, until limit: Duration?, now: inout Duration,
        waiting: (Duration?) -> Void
    ) async throws(OktaError) -> Admission {
        switch limiter.acquire(key, ticket: ticket, deadline: limit, now: now) {
        case .admitted(let permit):
            return .granted(permit)
        case .tooLate(let wait):
            return .tooLate(wait: wait)
        case .queued(let waiter, let wait):
            waiting(wait)
            let decision = await limiter.wait(waiter)
            now = time.elapsed
            switch decision {
            case .admitted(let permit): return .granted(permit)
            case .cancelled: throw .cancelled
            case .tooLate(let wait): return .tooLate(wait: wait)
            }
        }
    }

    /// Returns the permit of a request that is not sent after all.
    func giveBack(_ permit: Permit) {
        limiter.release(permit, .unsent, now: time.elapsed)
    }

    /// What is not sent since its turn does not come in time.
    func failure(_ key: RateLimitKey, path: String, wait: Duration?) -> OktaError {
        .rateLimited(
            RateLimitFailure(
                bucket: key.description, rateLimit: limiter.window(of: key), wait: wait, method: key.method, path: path
            ))
    }

    /// Sends a signed request once.
    ///
    /// - Parameters:
    ///   - secrets: Makes what no text of an answer may repeat; asked for errors only.
    ///   - deadline: Of a streamed answer, until when its head, or all of an error, may take.
    ///   - isStreamed: Whether the body of a good answer is left to be read.
    func send(
        _ request: TransportRequest, under permit: Permit, isStreamed: Bool = false,
        until deadline: Duration? = nil,
        without secrets: () -> Secrets
    ) async -> SentAttempt {
        let answer: TransportResponse
        var body: BodyReader?
        do throws(TransportError) {
            if isStreamed {
                (answer, body) = try await transport.open(request, until: deadline, by: time)
            } else {
                answer = try await transport.send(request)
            }
        } catch {
            let now = time.elapsed
            limiter.release(permit, error.mayHaveReachedServer ? .lost : .unsent, now: now)
            return SentAttempt(permit: permit, outcome: .failure(error), ended: now)
        }
        let now = time.elapsed
        let head = answer.head
        clock.observe(head.headerFields)
        var attempt = SentAttempt(permit: permit, outcome: .success(answer), ended: now)
        attempt.body = body
        attempt.rateLimit = RateLimit(head.headerFields)
        if head.status.kind != .successful {
            let error = ErrorResponse(answer, clock: clock, without: secrets())
            attempt.error = error
            attempt.signal = RateLimitSignal(
                status: head.status.code, code: error.code, rateLimit: attempt.rateLimit)
        }
        // A streamed body does not count as in flight while it is read: the org has done its work, and a reader who makes
        // calls meanwhile would otherwise wait for himself.
        limiter.release(
            permit, .answered(attempt.rateLimit, attempt.signal, retryAfter: attempt.error?.retryAfter), now: now)
        return attempt
    }
}

/// What one attempt brought.
struct SentAttempt {
    let permit: Permit
    let outcome: Result<TransportResponse, TransportError>
    /// When it was over.
    let ended: Duration
    /// The body that is still to be read, of a good answer that is streamed.
    var body: BodyReader?
    /// What the answer states about the rate limit.
    var rateLimit: RateLimit?
    /// What an answer of 429 means.
    var signal: RateLimitSignal?
    /// What an answer of another status than 2xx says.
    var error: ErrorResponse?

    /// The attempt as history, when another has followed.
    func record(reason: RetryReason, wait: Duration) -> CallAttempt {
        switch outcome {
        case .success(let answer):
            CallAttempt(
                outcome: .answered(status: answer.head.status.code, code: error?.code),
                requestID: error?.requestID ?? answer.head.headerFields.requestID, reason: reason, wait: wait)
        case .failure(let error):
            CallAttempt(outcome: .failed(error.kind), reason: reason, wait: wait)
        }
    }
}
