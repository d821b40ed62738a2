/// How much of an org's rate limits a client may use.
///
/// The client learns the limits from three header fields of each response. It stays below them by waiting before it
/// sends, and leaves the rest to the org's other programs.
public struct RateLimitPolicy: Sendable, Hashable {
    /// The share of each limit that the client uses before it waits for the window's end; more than 0, at most 1.
    ///
    /// An org's programs share its limits, and by default a token gets half of a limit before Okta refuses its calls.
    public var utilization: Double

    /// The maximum number of calls in flight, at least 1; fewer while the org reports too many. Over HTTP/1.1 it is
    /// also the maximum number of connections; HTTP/2 shares one.
    ///
    /// Okta allows an org 35 or 75 concurrent calls, depending on its kind, across all its programs.
    public var maximumConcurrentCalls: Int

    /// The maximum number of calls in flight for an action whose limit is unknown or outdated; at least 1.
    public var initialConcurrentCalls: Int

    /// The longest time that a call may wait in the queue before it is first sent, for the end of a limit's window and
    /// behind other calls of its client. Defaults to `nil`: as long as its timeout.
    ///
    /// A call that would wait longer ends with ``OktaError/rateLimited(_:)``. A program that makes thousands of calls
    /// at once sets it to the time that it has for all of them.
    public var maximumWait: Duration?

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - utilization: The share of each limit to use. Defaults to 0.8.
    ///   - maximumConcurrentCalls: The maximum number of calls in flight. Defaults to 64.
    ///   - initialConcurrentCalls: The maximum number of calls in flight for an action whose limit is unknown. Defaults
    ///     to 4.
    ///   - maximumWait: The longest wait in the queue. Defaults to the call's timeout.
    public init(
        utilization: Double = 0.8, maximumConcurrentCalls: Int = 64, initialConcurrentCalls: Int = 4,
        maximumWait: Duration? = nil
    ) {
        self.maximumWait = maximumWait
        self.utilization = utilization
        self.maximumConcurrentCalls = maximumConcurrentCalls
        self.initialConcurrentCalls = initialConcurrentCalls
    }

    /// Calls of a window that are left to others; the client has at least one call of each window.
    func reservedCalls(of limit: Int) -> Int {
        // Slightly more than the product, which rounding may put just below a whole number.
        limit - max(1, Int(Double(limit) * utilization + 1e-9))
    }

    func check() throws(OktaError) {
        guard utilization > 0, utilization <= 1 else {
            throw .configuration(
                .init(
                    message: "rateLimits.utilization must be above 0 and at most 1", suggestion: "0.8")
            )
        }
        guard maximumWait ?? .zero >= .zero else {
            throw .configuration(.init(message: "rateLimits.maximumWait must not be negative"))
        }
        guard maximumConcurrentCalls >= 1, initialConcurrentCalls >= 1 else {
            throw .configuration(
                .init(message: "rateLimits allows no call in flight", suggestion: "1 or more"))
        }
    }
}
