/// The admission of a call's first attempt and of its retries.
extension CallExecutor {
    /// The limiter's decision about the first attempt.
    enum FirstTurn {
        case permit(Permit)
        case wait(Waiter)
    }

    // Separate from ``run()``, so that a waiting call does not keep the locals of these functions in its frame.

    /// Requests admission for the first attempt.
    ///
    /// - Returns: The waiter of the queued call; `nil` if the call was admitted.
    @inline(never)
    func acquireFirstTurn() throws(OktaError) -> Waiter? {
        do throws(OktaError) {
            guard !Task.isCancelled else { throw .cancelled }
            switch ask(ticket: nil, until: turnLimit) {
            case .admitted(let permit):
                begin()
                firstTurn = .permit(permit)
                return nil
            case .tooLate(let wait):
                throw failure(wait: wait)
            case .queued(let waiter, _):
                if canBeEncodedAgain { encoded = nil }
                firstTurn = .wait(waiter)
                return waiter
            }
        } catch {
            throw reported(error)
        }
    }

    /// Returns the permit for the first attempt, after the wait if there was one.
    @inline(never)
    func firstPermit() throws(OktaError) -> Permit {
        let decision: Waiter.Decision?
        switch firstTurn {
        case .permit(let permit): return permit
        case .wait(let waiter): decision = waiter.decision
        case nil: decision = nil
        }
        firstTurn = nil
        now = core.time.elapsed
        do throws(OktaError) {
            switch decision {
            case .admitted(let permit):
                queueDuration = now - started
                begin()
                return permit
            case .tooLate(let wait):
                throw failure(wait: wait)
            case .cancelled, nil:
                throw .cancelled
            }
        } catch {
            throw reported(error)
        }
    }

    /// Sets the deadline of a call that sets no timeout.
    private func begin() {
        if deadline == nil { deadline = core.configuration.timeouts.total.map { now + $0 } }
    }

    /// Returns the encoded request, including credentials only if they are fixed. Releases the permit if the request
    /// cannot be encoded.
    func unsigned(under permit: Permit) throws(OktaError) -> Shared<TransportRequest> {
        if let encoded { return encoded }
        do throws(OktaError) {
            let again = Shared(try core.encoded(request, options))
            encoded = again
            return again
        } catch {
            core.sending.release(permit)
            throw error
        }
    }

    private func failure(wait: Duration?) -> OktaError {
        core.sending.failure(key, path: request.pathOnly, wait: wait)
    }

    /// Requests admission and reports a wait to the observers. It is a separate function, so that a waiting call does
    /// not keep its locals in its frame.
    @inline(never)
    private func ask(ticket: Ticket?, until limit: Duration?) -> RateLimiter.Admission {
        let admission = core.limiter.acquire(key, ticket: ticket, place: place, deadline: limit, now: now)
        if case .queued(_, let wait) = admission {
            let attempt = ticket == nil ? 1 : earlier.count + 2
            observers.tell(ObservedCall.Wait(cause: .queue, minimumDuration: wait, attempt: attempt))
        }
        return admission
    }

    // MARK: Retry

    /// Waits as the reason requires. Returns `nil` if no further attempt is allowed or no time is left for one.
    func nextPermit(
        after attempt: SentAttempt, _ reason: RetriedAttempt.RetryReason
    ) async throws(OktaError) -> Permit? {
        // A body that can be read only once cannot be sent again.
        if let body = encoded?.value.streamedBody, !body.isRepeatable { return nil }
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
        let admission = ask(ticket: attempt.permit.ticket, until: limit)
        var moment = now
        defer { now = moment }
        guard case .granted(let permit) = try await core.sending.admit(admission, now: &moment) else { return nil }
        earlier.append(attempt.record(reason: reason, wait: moment - attemptEnd))
        return permit
    }

    /// Returns the wait before the next attempt joins the queue; `nil` if the server asks for a longer wait than the
    /// policy allows.
    private func wait(after attempt: SentAttempt, _ reason: RetriedAttempt.RetryReason, repetition: Int) -> Duration? {
        if reason != .credentials, let stated = attempt.error?.retryAfter {
            return stated <= retry.maximumRetryAfter ? core.backoff.wait(stated: stated, policy: retry) : nil
        }
        // If the reset is known and in the future, the call waits for it in the queue.
        let queueWaits =
            reason == .rateLimit && attempt.rateLimit.map { $0.reset > core.context.clock.now } ?? false
        return queueWaits ? .zero : core.backoff.wait(for: reason, repetition: repetition, policy: retry)
    }
}
