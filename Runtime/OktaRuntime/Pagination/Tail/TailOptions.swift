/// What a tail is told beside where to begin.
struct TailOptions: Sendable {
    let interval: Duration
    let overlap: Duration
    /// The longest pause after an error that may pass; `nil` to end with the error.
    let maximumBackoff: Duration?
    let fields: TailFields
    let time: any TimeSource
    var backoff = Backoff()

    /// Waits for a while.
    func wait(_ pause: Duration) async throws(OktaError) {
        do {
            try await time.sleep(until: time.elapsed + pause)
        } catch {
            throw .cancelled
        }
    }

    /// The pause after so many looks in a row that have failed; `nil` when the last one's error ends the tail.
    ///
    /// - Parameter policy: The client's own, for what passes, and for how long a server may ask to wait.
    func pause(after error: OktaError, failureCount: Int, policy: RetryPolicy) -> Duration? {
        guard let maximumBackoff, error.isTransient(under: policy) else { return nil }
        let bounds = RetryPolicy(initialBackoff: .seconds(1), maximumBackoff: maximumBackoff)
        let pause = backoff.wait(for: .unavailable, repetition: failureCount, policy: bounds)
        return max(pause, min(error.retryAfter ?? .zero, policy.maximumRetryAfter))
    }
}

extension TailOptions: CustomReflectable {
    /// A mirror without what the time and the random numbers come from.
    var customMirror: Mirror {
        Mirror(self, children: ["interval": interval, "overlap": overlap, "fields": fields])
    }
}

/// The names by which a tail finds its way in a list: those of Okta's events unless told otherwise.
public struct TailFields: Sendable, Hashable {
    /// The member that tells one element from another.
    public var identifier: String

    /// The member with the time at which an element came into being.
    public var time: String

    /// The query parameter that makes the list begin at a time.
    public var since: String

    /// Creates a set of names.
    public init(identifier: String = "uuid", time: String = "published", since: String = "since") {
        self.identifier = identifier
        self.time = time
        self.since = since
    }
}
