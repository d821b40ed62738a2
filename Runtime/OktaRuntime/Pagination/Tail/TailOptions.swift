internal import HTTPTypes

/// The options of a tail other than its start.
struct TailOptions: Sendable {
    let interval: Duration
    let overlap: Duration
    /// The longest pause after a transient error; `nil` to end with the error.
    let maximumBackoff: Duration?
    let fields: TailPosition.Fields
    let time: any ServerClock.Source
    var backoff = Backoff()

    /// Waits for a while.
    func wait(_ pause: Duration) async throws(OktaError) {
        do {
            try await time.sleep(until: time.elapsed + pause)
        } catch {
            throw .cancelled
        }
    }

    /// Returns the pause after a number of consecutive failed polls; `nil` if the last error ends the tail.
    ///
    /// - Parameter policy: The client's policy, which defines transient statuses and the longest wait that a server may
    ///   request.
    func pause(after error: OktaError, failureCount: Int, policy: RetryPolicy) -> Duration? {
        guard let maximumBackoff, error.isTransient(under: policy) else { return nil }
        let bounds = RetryPolicy(initialBackoff: .seconds(1), maximumBackoff: maximumBackoff)
        let pause = backoff.wait(for: .unavailable, repetition: failureCount, policy: bounds)
        return max(pause, min(error.retryAfter ?? .zero, policy.maximumRetryAfter))
    }
}

extension TailOptions: CustomReflectable {
    /// A mirror without the time source and the random number generator.
    var customMirror: Mirror {
        Mirror(self, children: ["interval": interval, "overlap": overlap, "fields": fields])
    }
}

extension TailPosition {
    /// The names of the members and the parameter that a tail uses. They default to those of the System Log.
    public struct Fields: Sendable, Hashable {
        /// The member that identifies an element.
        public var identifier: String

        /// The member with the time at which an element was created.
        public var time: String

        /// The query parameter for the list's start time.
        public var since: String

        /// Creates a set of names.
        public init(identifier: String = "uuid", time: String = "published", since: String = "since") {
            self.identifier = identifier
            self.time = time
            self.since = since
        }
    }
}

extension OktaError {
    /// Returns whether the call may succeed later without any change, as after an outage.
    ///
    /// - Parameter policy: Defines the transient statuses.
    func isTransient(under policy: RetryPolicy) -> Bool {
        switch self {
        case .api(let failure): failure.isTransient(under: policy)
        case .transport(let failure): failure.error.kind.isTransient
        case .authorization(let failure): failure.isTemporary
        case .rateLimited: true
        case .decoding, .cancelled, .configuration, .invalidRequest, .paging: false
        }
    }

    /// The wait that the server requests.
    var retryAfter: Duration? {
        if case .api(let failure) = self { failure.retryAfter } else { nil }
    }
}

extension OktaError.APIFailure {
    fileprivate func isTransient(under policy: RetryPolicy) -> Bool {
        let signal = RateLimitSignal(status: status.code, code: code, rateLimit: rateLimit)
        return RetryRule.Event(status: status.code, code: code, signal: signal, policy: policy).isTransient
    }
}

extension TransportError.Kind {
    /// Whether a tail should wait and poll again. True for all kinds except those that the user has to fix. Unknown
    /// kinds may be transient, and so may a response that is not HTTP, which a failing proxy may send.
    fileprivate var isTransient: Bool {
        switch self {
        case .cancelled, .shutDown, .invalidRequest, .invalidOptions, .bodyFailed, .untrustedCertificate,
            .responseTooLarge, .proxyAuthenticationFailed, .proxyRefused:
            false
        default:
            true
        }
    }
}
