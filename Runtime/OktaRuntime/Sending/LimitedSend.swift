internal import HTTPTypes

/// Sends one request under the org's rate limits. Attempts of calls and token requests both use it.
///
/// 1. ``admit(_:now:)`` waits in the queue and returns a permit.
/// 2. The caller then signs the request, so that a signature does not age in the queue. If that fails, ``release(_:)``
///    releases the permit.
/// 3. ``send(_:under:isStreamed:awaitsBody:until:without:)`` sends the request, reads the time, the rate limit and the
///    error from the response, and releases the permit.
///
/// This is a class because functions that wait for a response retain it.
final class LimitedSend: Sendable {
    let transport: any HTTPTransport
    let limiter: RateLimiter
    let clock: ServerClock
    let time: any ServerClock.Source

    init(transport: any HTTPTransport, limiter: RateLimiter, clock: ServerClock) {
        self.transport = transport
        self.limiter = limiter
        self.clock = clock
        time = clock.source
    }

    /// The decision about a request.
    enum Admission {
        case granted(Permit)
        /// The request cannot be admitted in time; with the necessary wait if it is known.
        case tooLate(wait: Duration?)
    }

    /// Waits until the request is admitted.
    ///
    /// - Parameters:
    ///   - admission: The result of ``RateLimiter/acquire(_:ticket:place:deadline:now:)``. The caller calls that
    ///     function, so that its arguments are not retained during the wait.
    ///   - now: The current time; on return, the time at which the wait ended.
    func admit(_ admission: RateLimiter.Admission, now: inout Duration) async throws(OktaError) -> Admission {
        switch admission {
        case .admitted(let permit):
            return .granted(permit)
        case .tooLate(let wait):
            return .tooLate(wait: wait)
        case .queued(let waiter, _):
            await limiter.wait(waiter)
            now = time.elapsed
            switch waiter.decision {
            case .admitted(let permit): return .granted(permit)
            case .cancelled, nil: throw .cancelled
            case .tooLate(let wait): return .tooLate(wait: wait)
            }
        }
    }

    /// Releases the permit of a request that will not be sent.
    func release(_ permit: Permit) {
        limiter.release(permit, .unsent, now: time.elapsed)
    }

    /// Creates the error of a request that cannot be admitted in time.
    func failure(_ key: RateLimitKey, path: String, wait: Duration?) -> OktaError {
        .rateLimited(
            .init(
                bucket: key.description, rateLimit: limiter.window(of: key), wait: wait, method: key.method, path: path
            ))
    }

    /// Sends a signed request once.
    ///
    /// - Parameters:
    ///   - secrets: Creates the values to redact in a response's text. Called for errors only.
    ///   - deadline: For a streamed response, the latest time for its head, or for the whole of an error.
    ///   - isStreamed: Whether the caller reads the body; see ``HTTPTransport/open(_:awaitsBody:until:by:)``.
    ///   - awaitsBody: Whether the first piece of that body must have arrived.
    func send(
        _ request: TransportRequest, under permit: Permit, isStreamed: Bool = false, awaitsBody: Bool = false,
        until deadline: Duration? = nil,
        without secrets: () -> Secrets
    ) async -> SentAttempt {
        let response: TransportResponse
        var body: BodyReader?
        do throws(TransportError) {
            if isStreamed {
                (response, body) = try await transport.open(
                    request, awaitsBody: awaitsBody, until: deadline, by: time)
            } else {
                response = try await transport.send(request)
                if response.endedWithConnection { try CutResponse.check(response, to: request.head.method) }
            }
        } catch {
            let now = time.elapsed
            limiter.release(permit, error.mayHaveReachedServer ? .lost : .unsent, now: now)
            return SentAttempt(permit: permit, outcome: .failure(error), ended: now)
        }
        let now = time.elapsed
        let facts = StatedFacts(response.head.headerFields)
        if let date = facts.date { clock.observe(date: date) }
        let status = response.head.status
        var error: ErrorResponse?
        var signal: RateLimitSignal?
        if status.kind != .successful {
            error = ErrorResponse(response, clock: clock, without: secrets())
            signal = RateLimitSignal(status: status.code, code: error?.code, rateLimit: facts.rateLimit)
        }
        // A call with a streamed body no longer counts as in flight: the org has done its work, and a reader that makes
        // calls while it reads would otherwise wait for itself.
        limiter.release(permit, .responded(facts.rateLimit, signal, retryAfter: error?.retryAfter), now: now)
        return SentAttempt(
            permit: permit, outcome: .success(response), ended: now, body: body, rateLimit: facts.rateLimit,
            signal: signal, error: error)
    }
}

/// The result of one attempt.
struct SentAttempt {
    let permit: Permit
    let outcome: Result<TransportResponse, TransportError>
    /// The time at which the attempt ended.
    let ended: Duration
    /// The unread rest of the body, for a streamed 2xx response or a very long error.
    var body: BodyReader?
    /// The rate limit that the response states.
    var rateLimit: RateLimit?
    /// The meaning of a 429 response.
    var signal: RateLimitSignal?
    /// The error if the status is not 2xx.
    var error: ErrorResponse?

    /// Returns the record of the attempt for the history of a retried call.
    func record(reason: RetriedAttempt.RetryReason, wait: Duration) -> RetriedAttempt {
        switch outcome {
        case .success(let response):
            RetriedAttempt(
                outcome: .response(status: response.head.status.code, code: error?.code),
                requestID: error?.requestID ?? response.head.headerFields.requestID, reason: reason, wait: wait)
        case .failure(let error):
            RetriedAttempt(outcome: .failed(error.kind), reason: reason, wait: wait)
        }
    }
}

extension HTTPTransport {
    /// Sends a request whose body is streamed, and returns the response as soon as it can be judged.
    ///
    /// Any response but a 2xx one is read within the call's time, because its content decides how the call continues.
    /// If it is longer than any error of Okta's, its status and header fields are sufficient, and it is returned like a
    /// 2xx response, whose body the caller reads or drops.
    ///
    /// - Parameters:
    ///   - awaitsBody: Whether the first piece or the end of an unread body must have arrived.
    ///   - deadline: The call's deadline; `nil` for none. An unread body may take longer.
    ///   - time: The time source of the deadline.
    func open(
        _ request: TransportRequest, awaitsBody: Bool = false, until deadline: Duration?,
        by time: any ServerClock.Source
    ) async throws(TransportError) -> (response: TransportResponse, body: BodyReader?) {
        let stream = try await stream(request)
        let isSuccess = stream.head.status.kind == .successful
        if isSuccess, !awaitsBody { return (TransportResponse(head: stream.head), stream.read) }
        let text = await time.run(until: deadline) { isSuccess ? await stream.firstPiece() : await stream.errorText() }
        guard let text else { throw TransportError(.timedOut, mayHaveReachedServer: true) }
        switch try text.get() {
        case .whole(let bytes) where isSuccess:
            return (TransportResponse(head: stream.head), TransportResponse.Stream.reader(of: bytes))
        case .whole(let bytes): return (TransportResponse(head: stream.head, body: bytes), nil)
        case .beginning(let bytes): return (TransportResponse(head: stream.head), stream.reader(after: bytes))
        }
    }
}

/// The part of a body that was read.
private enum BodyText {
    case whole([UInt8])
    /// The beginning of a longer body, such as that of an error that is longer than any of Okta's.
    case beginning([UInt8])

    /// The maximum size in bytes of an error that is read completely.
    static let longest = 1 << 20
}

extension TransportResponse.Stream {
    fileprivate func firstPiece() async -> Result<BodyText, TransportError> {
        do throws(TransportError) {
            return .success(try await read().map(BodyText.beginning) ?? .whole([]))
        } catch {
            return .failure(error)
        }
    }

    fileprivate func errorText() async -> Result<BodyText, TransportError> {
        var bytes: [UInt8] = []
        do throws(TransportError) {
            while let piece = try await read() {
                if bytes.isEmpty { bytes = piece } else { bytes += piece }
                if bytes.count > BodyText.longest { return .success(.beginning(bytes)) }
            }
        } catch {
            return .failure(error)
        }
        return .success(.whole(bytes))
    }

    /// Returns a reader of a body in memory.
    fileprivate static func reader(of bytes: [UInt8]) -> BodyReader {
        let whole = OnePiece(bytes)
        return { () async throws(TransportError) -> [UInt8]? in whole.take() }
    }

    /// Returns a reader of a beginning that was read before, followed by the rest.
    fileprivate func reader(after beginning: [UInt8]) -> BodyReader {
        let first = OnePiece(beginning)
        return { () async throws(TransportError) -> [UInt8]? in
            if let beginning = first.take() { return beginning }
            return try await read()
        }
    }
}
