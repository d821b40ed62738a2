package import HTTPTypes

extension AuthorizationContext {
    /// A request of the authorization's own, signed and ready to be sent once.
    package struct SignedRequest<Details> {
        package var request: TransportRequest
        /// What was signed for it, which an error must not repeat.
        package var secrets: Secrets
        /// Whatever else is to be known of it afterwards.
        package var details: Details

        package init(request: TransportRequest, secrets: Secrets = Secrets(), details: Details) {
            self.request = request
            self.secrets = secrets
            self.details = details
        }
    }

    /// What came of a request of the authorization's own.
    package struct Answered<Details> {
        package let answer: TransportResponse
        /// What an answer of another status than 2xx says.
        package let error: ErrorResponse?
        /// What an answer of 429 means.
        package let signal: RateLimitSignal?
        package let rateLimit: RateLimit?
        package let details: Details
    }

    /// Sends a request of the authorization's own once, such as the one for a token, when the org's rate limits leave room
    /// for it, and takes note of what the answer says of them and of the time.
    ///
    /// - Parameters:
    ///   - method: The method, for the limit.
    ///   - path: The path, for the limit.
    ///   - limit: The moment until which its turn may be waited for; nil for as long as the task is not cancelled.
    ///   - prepare: Signs the request when its turn has come.
    /// - Throws: ``OktaError``; ``OktaError/rateLimited(_:)`` when there is no room for it in time.
    package func send<Details>(
        _ method: HTTPRequest.Method, _ path: RequestPath, until limit: Duration? = nil,
        prepare: () throws(OktaError) -> SignedRequest<Details>
    ) async throws(OktaError) -> Answered<Details> {
        guard !Task.isCancelled else { throw .cancelled }
        let key = RateLimitKey(method: method, path: path, isForCredentials: true)
        var now = clock.source.elapsed
        let permit: Permit
        switch try await sending.admit(key, ticket: nil, until: limit, now: &now, waiting: { _ in }) {
        case .granted(let granted): permit = granted
        case .tooLate(let wait): throw sending.failure(key, path: path.encoded, wait: wait)
        }
        let prepared: SignedRequest<Details>
        do throws(OktaError) {
            prepared = try prepare()
        } catch {
            sending.giveBack(permit)
            throw error
        }
        let attempt = await sending.send(prepared.request, under: permit) {
            var secrets = prepared.secrets
            secrets.add(self.secrets)
            return secrets
        }
        switch attempt.outcome {
        case .success(let answer):
            return Answered(
                answer: answer, error: attempt.error, signal: attempt.signal, rateLimit: attempt.rateLimit,
                details: prepared.details)
        case .failure(let error):
            guard error.kind != .cancelled else { throw .cancelled }
            // To ask for credentials once more changes nothing in the org.
            var harmless = error
            harmless.mayHaveReachedServer = false
            throw .transport(TransportFailure(harmless, method: method, path: path.encoded))
        }
    }
}
