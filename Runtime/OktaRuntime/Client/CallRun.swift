internal import HTTPTypes

/// One call on its way: admission, credentials, transport, and the decision whether to go round again.
struct CallRun {
    private let core: ClientCore
    private let session: AuthorizationSession
    private let request: OktaRequest
    private let unsigned: TransportRequest
    private let key: RateLimitKey
    private let retry: RetryPolicy
    private let started: Duration
    private let deadline: Duration?
    private let observers: CallObservers
    private let isStreamed: Bool

    private var now: Duration
    private var earlier: [CallAttempt] = []
    private var sentCount = 0
    private var hasRenewed = false
    /// The body of the answer, where it is streamed and the answer is a good one.
    private(set) var body: BodyReader?

    init(
        _ request: OktaRequest, _ unsigned: TransportRequest, retry: RetryPolicy, isStreamed: Bool = false,
        core: ClientCore
    ) {
        self.core = core
        self.isStreamed = isStreamed
        self.request = request
        self.unsigned = unsigned
        self.retry = retry
        let key = RateLimitKey(method: request.method, path: request.path)
        self.key = key
        started = core.time.elapsed
        now = started
        deadline = unsigned.timeouts.total.map { [started] in started + $0 }
        var session = core.session
        session.deadline = deadline
        self.session = session
        observers = CallObservers(core.configuration, key)
    }

    /// Runs the call to its end.
    mutating func run() async throws(OktaError) -> OktaResponse {
        do {
            let response = try await respond()
            finish(.answered(response.status.code))
            return response
        } catch {
            finish(.failed(ObservedResult.Failure(error)))
            throw error
        }
    }

    private mutating func respond() async throws(OktaError) -> OktaResponse {
        var permit = try await firstPermit()
        while true {
            let result = try await attempt(permit)
            guard let reason = result.retryReason, let next = try await permitForAnother(after: result, reason) else {
                return try response(from: result)
            }
            permit = next
        }
    }

    // MARK: Admission

    private mutating func firstPermit() async throws(OktaError) -> RatePermit {
        guard !Task.isCancelled else { throw .cancelled }
        switch try await admission(ticket: nil, until: deadline) {
        case .granted(let permit):
            return permit
        case .tooLate(let wait):
            throw .rateLimited(
                RateLimitFailure(
                    bucket: key.description, rateLimit: core.governor.window(of: key), wait: wait,
                    method: request.method, path: request.pathOnly))
        }
    }

    /// Waits as the reason wants it; nil when there is no time for another attempt, or none is allowed.
    private mutating func permitForAnother(
        after result: AttemptResult, _ reason: RetryReason
    ) async throws(OktaError) -> RatePermit? {
        // What has been read of a body that cannot be produced again is gone.
        if let body = unsigned.streamedBody, !body.isRepeatable { return nil }
        let repetition = earlier.count { $0.reason != .credentials } + 1
        if reason == .credentials {
            hasRenewed = true
        } else if repetition >= retry.maximumAttempts {
            return nil
        }
        var limit = deadline
        if let budget = retry.timeBudget { limit = min(started + budget, limit ?? started + budget) }

        let over = now
        // Where the end of the limit's window is known, and still to come, the governor waits for it.
        let isGoverned = reason == .rateLimit && result.rateLimit.map { $0.reset > session.clock.now } ?? false
        let wait: Duration =
            isGoverned ? .zero : core.backoff.wait(for: reason, repetition: repetition, policy: retry)
        if let limit, now + wait > limit { return nil }
        if wait > .zero {
            observers.tell(ObservedWait(cause: .retry(reason), expected: wait, attempt: earlier.count + 2))
            do { try await core.time.sleep(until: now + wait) } catch { throw .cancelled }
            now = core.time.elapsed
        }
        guard case .granted(let permit) = try await admission(ticket: result.permit.ticket, until: limit) else {
            return nil
        }
        earlier.append(result.record(reason: reason, wait: now - over))
        return permit
    }

    private enum Turn {
        case granted(RatePermit)
        case tooLate(wait: Duration?)
    }

    private mutating func admission(ticket: UInt64?, until limit: Duration?) async throws(OktaError) -> Turn {
        switch core.governor.ask(key, ticket: ticket, deadline: limit, now: now) {
        case .admitted(let permit):
            return .granted(permit)
        case .tooLate(let wait):
            return .tooLate(wait: wait)
        case .queued(let waiter, let wait):
            let attempt = ticket == nil ? 1 : earlier.count + 2
            observers.tell(ObservedWait(cause: .turn, expected: wait, attempt: attempt))
            let decision = await core.governor.wait(waiter)
            now = core.time.elapsed
            switch decision {
            case .admitted(let permit): return .granted(permit)
            case .cancelled: throw .cancelled
            case .tooLate(let wait): return .tooLate(wait: wait)
            }
        }
    }

    // MARK: Attempt

    /// Signs and sends the request once, and gives the permit back.
    private mutating func attempt(_ permit: RatePermit) async throws(OktaError) -> AttemptResult {
        var signed = unsigned
        if !earlier.isEmpty { RetryHeaders.apply(earlier, to: &signed.head.headerFields) }
        let authorization = core.configuration.authorization
        do throws(OktaError) {
            guard !Task.isCancelled else { throw .cancelled }
            // Last, so that nothing of the call can stand in for them.
            signed.head.headerFields.replace(
                with: try await authorization.fields(for: signed.head, in: session))
        } catch {
            now = core.time.elapsed
            core.governor.arrive(permit, .unsent, now: now)
            throw error
        }

        // Credentials may have taken their time.
        now = core.time.elapsed
        if let deadline { signed.timeouts.total = max(.milliseconds(1), deadline - now) }
        let sent = now
        sentCount += 1
        let answer: TransportResponse
        do {
            if isStreamed {
                (answer, body) = try await core.transport.open(signed, until: deadline, by: core.time)
            } else {
                answer = try await core.transport.send(signed)
            }
        } catch {
            now = core.time.elapsed
            core.governor.arrive(permit, error.mayHaveReachedServer ? .lost : .unsent, now: now)
            observers.tell(
                ObservedAttempt(number: earlier.count + 1, outcome: .failed(error.kind), duration: now - sent))
            if error.kind == .cancelled { throw .cancelled }
            return AttemptResult(
                permit: permit, outcome: .failure(error), retryReason: retry.reason(after: error, method: key.method))
        }
        now = core.time.elapsed
        session.clock.observe(answer.head.headerFields)
        var result = AttemptResult(permit: permit, answer: answer, method: key.method, retry: retry)
        // A streamed body does not count as in flight while it is read: the org has done its work, and a reader who makes
        // calls meanwhile would otherwise wait for himself.
        core.governor.arrive(permit, .answered(result.rateLimit, result.signal), now: now)
        if !observers.isEmpty {
            observers.tell(
                ObservedAttempt(
                    number: earlier.count + 1, outcome: .answered(answer.head.status.code),
                    requestID: answer.head.headerFields.requestID, rateLimit: result.rateLimit, duration: now - sent))
        }
        // It sees each answer; what it says counts once.
        let review = await authorization.review(answer, to: signed.head, in: session)
        if review == .renew, !hasRenewed { result.retryReason = .credentials }
        return result
    }

    // MARK: Result

    private func response(from result: AttemptResult) throws(OktaError) -> OktaResponse {
        switch result.outcome {
        case .failure(let error):
            var failure = TransportFailure(error, method: request.method, path: request.pathOnly)
            failure.earlierAttempts = earlier
            throw .transport(failure)
        case .success(let answer):
            return OktaResponse(
                status: answer.head.status,
                headers: answer.head.headerFields,
                body: answer.body,
                method: request.method,
                path: request.pathOnly,
                template: request.path.template,
                earlierAttempts: earlier
            )
        }
    }

    private func finish(_ outcome: ObservedResult.Outcome) {
        guard !observers.isEmpty else { return }
        let result = ObservedResult(
            outcome: outcome, attempts: sentCount, duration: core.time.elapsed - started)
        observers.tell(result)
    }
}
