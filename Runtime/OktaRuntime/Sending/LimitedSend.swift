internal import HTTPTypes

/// Sends one request under the org's rate limits: the common part of a call's attempt and a token request.
///
/// 1. ``admit(_:now:)`` waits for the request's turn and returns a permit.
/// 2. The caller then signs the request, so that a signature does not age in the queue. If that fails, ``giveBack(_:)``
///    returns the permit.
/// 3. ``send(_:under:isStreamed:awaitsBody:until:without:)`` sends the request, reads the time, the rate limit and the error from its
///    response, and returns the permit.
///
/// A class, because functions that wait for a response keep it.
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

    /// Whether a request may be sent.
    enum Admission {
        case granted(Permit)
        /// The request's turn does not come in time; with the wait that would be needed, when it is known.
        case tooLate(wait: Duration?)
    }

    /// Waits for the request's turn.
    ///
    /// - Parameters:
    ///   - answer: The limiter's answer to the request, from ``RateLimiter/acquire(_:ticket:place:deadline:now:)``. The
    ///     caller asks, so that what it asks with is not kept while it waits.
    ///   - now: The present moment; on return, the moment at which the wait ended.
    func admit(_ answer: RateLimiter.Admission, now: inout Duration) async throws(OktaError) -> Admission {
        switch answer {
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

    /// Returns the permit of a request that will not be sent.
    func giveBack(_ permit: Permit) {
        limiter.release(permit, .unsent, now: time.elapsed)
    }

    /// The error of a request whose turn does not come in time.
    func failure(_ key: RateLimitKey, path: String, wait: Duration?) -> OktaError {
        .rateLimited(
            .init(
                bucket: key.description, rateLimit: limiter.window(of: key), wait: wait, method: key.method, path: path
            ))
    }

    /// Sends a signed request once.
    ///
    /// - Parameters:
    ///   - secrets: Creates the values to redact in a response's text; called for errors only.
    ///   - deadline: For a streamed response, the latest time for its head, or for the whole of an error.
    ///   - isStreamed: Whether a body is left for the caller to read; see ``HTTPTransport/open(_:awaitsBody:until:by:)``.
    ///   - awaitsBody: Whether that body must have begun.
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
        // A streamed body does not count as in flight while it is read: the org has done its work, and a reader that
        // makes calls meanwhile would otherwise wait for itself.
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
    /// When it ended.
    let ended: Duration
    /// The body that is left to be read: of a 2xx response that is streamed, and of a very long error.
    var body: BodyReader?
    /// The rate limit that the response states.
    var rateLimit: RateLimit?
    /// The meaning of a 429 response.
    var signal: RateLimitSignal?
    /// The error when the status is not 2xx.
    var error: ErrorResponse?

    /// The attempt as history, when a retry followed.
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
    /// Of one that is longer than any error of Okta's, status and header fields are sufficient: it is returned like a 2xx
    /// response, whose body the caller reads or drops.
    ///
    /// - Parameters:
    ///   - awaitsBody: Whether a body that is left to be read must have begun, or ended.
    ///   - deadline: The call's deadline; nil for none. A body that is left to be read may take longer.
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

/// What was read of a body.
private enum BodyText {
    case whole([UInt8])
    /// The beginning, such as that of an error which is longer than any of Okta's.
    case beginning([UInt8])

    /// The longest error that is read whole, in bytes.
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

    /// Reads a body that is known.
    fileprivate static func reader(of bytes: [UInt8]) -> BodyReader {
        let whole = OnePiece(bytes)
        return { () async throws(TransportError) -> [UInt8]? in whole.take() }
    }

    /// Reads what was read before, and then the rest.
    fileprivate func reader(after beginning: [UInt8]) -> BodyReader {
        let first = OnePiece(beginning)
        return { () async throws(TransportError) -> [UInt8]? in
            if let beginning = first.take() { return beginning }
            return try await read()
        }
    }
}
