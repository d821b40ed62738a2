package import HTTPTypes

extension AuthorizationSession {
    /// Sends a request of the authorization's own once, such as the one for a token, when the org's rate limits leave room
    /// for it, and takes note of what the answer says of them and of the time.
    ///
    /// - Parameters:
    ///   - method: The method, for the limit.
    ///   - path: The path, for the limit.
    ///   - limit: The moment until which its turn may be waited for; nil for as long as the task is not cancelled.
    ///   - prepare: Signs the request when its turn has come, and returns whatever else is to be known of it afterwards.
    /// - Throws: ``OktaError``; ``OktaError/rateLimited(_:)`` when there is no room for it in time.
    package func send<Details>(
        _ method: HTTPRequest.Method, _ path: RequestPath, until limit: Duration? = nil,
        prepare: () throws(OktaError) -> (request: TransportRequest, details: Details)
    ) async throws(OktaError) -> (answer: TransportResponse, details: Details) {
        let key = RateLimitKey(method: method, path: path, isForCredentials: true)
        let permit = try await permit(key, path, until: limit)
        let prepared: (request: TransportRequest, details: Details)
        do throws(OktaError) {
            prepared = try prepare()
        } catch {
            governor.arrive(permit, .unsent, now: clock.source.elapsed)
            throw error
        }
        let answer: TransportResponse
        do {
            answer = try await transport.send(prepared.request)
        } catch {
            governor.arrive(permit, error.mayHaveReachedServer ? .lost : .unsent, now: clock.source.elapsed)
            guard error.kind != .cancelled else { throw .cancelled }
            // To ask for credentials once more changes nothing in the org.
            var harmless = error
            harmless.mayHaveReachedServer = false
            throw .transport(TransportFailure(harmless, method: method, path: path.encoded))
        }
        clock.observe(answer.head.headerFields)
        let rateLimit = RateLimit(answer.head.headerFields)
        let signal = RateLimitSignal(status: answer.head.status, code: answer.decidingCode, rateLimit: rateLimit)
        governor.arrive(permit, .answered(rateLimit, signal), now: clock.source.elapsed)
        return (answer, prepared.details)
    }

    private func permit(
        _ key: RateLimitKey, _ path: RequestPath, until limit: Duration?
    ) async throws(OktaError) -> RatePermit {
        guard !Task.isCancelled else { throw .cancelled }
        var wait: Duration?
        switch governor.ask(key, ticket: nil, deadline: limit, now: clock.source.elapsed) {
        case .admitted(let permit):
            return permit
        case .tooLate(let needed):
            wait = needed
        case .queued(let waiter, _):
            switch await governor.wait(waiter) {
            case .admitted(let permit): return permit
            case .cancelled: throw .cancelled
            case .tooLate(let needed): wait = needed
            }
        }
        throw .rateLimited(
            RateLimitFailure(
                bucket: key.description, rateLimit: governor.window(of: key), wait: wait, method: key.method,
                path: path.encoded))
    }
}
