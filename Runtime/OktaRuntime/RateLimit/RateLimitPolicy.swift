/// The part of an org's rate limits that a client may use.
///
/// The client learns the limits from three header fields of each response. It delays calls to stay below the limits,
/// and leaves the rest to the org's other programs.
public struct RateLimitPolicy: Sendable, Hashable {
    /// The part of each limit that the client uses before it waits for the window's end; more than 0, at most 1.
    ///
    /// The limit is the one that responses state. By default, it is half of the org's limit for each token or app, and
    /// all programs with that token or app share it.
    public var utilization: Double

    /// The maximum number of calls in flight, at least 1; fewer while the org reports too many. Over HTTP/1.1 it is
    /// also the maximum number of connections; HTTP/2 shares one.
    ///
    /// Okta allows an org 35 or 75 concurrent calls, depending on its kind, across all its programs.
    public var maximumConcurrentCalls: Int

    /// The maximum number of calls in flight for an action whose limit is unknown or outdated; at least 1.
    public var initialConcurrentCalls: Int

    /// The maximum time that a call may wait in the queue before it is first sent. The wait includes the rest of a
    /// limit's window and the calls ahead of it. Defaults to `nil`, which means the call's timeout.
    ///
    /// A call that would wait longer fails with ``OktaError/rateLimited(_:)``. If a program makes thousands of calls at
    /// once, set this to the time available for all of them.
    public var maximumWait: Duration?

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - utilization: The part of each limit to use. Defaults to 0.8.
    ///   - maximumConcurrentCalls: The maximum number of calls in flight. Defaults to 64.
    ///   - initialConcurrentCalls: The maximum number of calls in flight for an action whose limit is unknown. Defaults
    ///     to 4.
    ///   - maximumWait: The maximum wait in the queue. Defaults to the call's timeout.
    public init(
        utilization: Double = 0.8, maximumConcurrentCalls: Int = 64, initialConcurrentCalls: Int = 4,
        maximumWait: Duration? = nil
    ) {
        self.maximumWait = maximumWait
        self.utilization = utilization
        self.maximumConcurrentCalls = maximumConcurrentCalls
        self.initialConcurrentCalls = initialConcurrentCalls
    }

    /// Returns the number of calls per window that are left to others. The client itself gets at least one.
    func reservedCalls(of limit: Int) -> Int {
        // The epsilon compensates for a product that rounding puts just below a whole number.
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
        let numbers = [
            ("maximumConcurrentCalls", maximumConcurrentCalls), ("initialConcurrentCalls", initialConcurrentCalls),
        ]
        for (name, number) in numbers where number < 1 {
            throw .configuration(.init(message: "rateLimits.\(name) is \(number)", suggestion: "1 or more"))
        }
    }
}
