package import HTTPTypes

extension AuthorizationContext {
    /// A request that the authorization makes itself, signed and ready to be sent once.
    package struct SignedRequest<Details> {
        package var request: TransportRequest
        /// The secrets of the request, which an error must not repeat.
        package var secrets: Secrets
        /// Further details that the sender needs afterwards.
        package var details: Details

        package init(request: TransportRequest, secrets: Secrets = Secrets(), details: Details) {
            self.request = request
            self.secrets = secrets
            self.details = details
        }
    }

    /// The result of a request that the authorization made itself.
    package struct Answered<Details> {
        package let answer: TransportResponse
        /// The error when the status is not 2xx.
        package let error: ErrorResponse?
        /// The meaning of a 429 response.
        package let signal: RateLimitSignal?
        package let rateLimit: RateLimit?
        package let details: Details
    }

    /// Sends a request that the authorization makes itself, such as a token request, once the org's rate limits allow
    /// it. Reads the rate limit and the server's time from the response.
    ///
    /// - Parameters:
    ///   - method: The method, for the limit.
    ///   - path: The path, for the limit.
    ///   - limit: The latest time for its turn; nil to wait until the task is cancelled.
    ///   - prepare: Signs the request when its turn has come.
    /// - Throws: ``OktaError``; ``OktaError/rateLimited(_:)`` when its turn does not come in time.
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
            // Requesting credentials again changes nothing in the org.
            var harmless = error
            harmless.mayHaveReachedServer = false
            throw .transport(TransportFailure(harmless, method: method, path: path.encoded))
        }
    }
}
