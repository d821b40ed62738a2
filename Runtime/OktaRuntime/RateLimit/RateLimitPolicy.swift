/// How much of an org's rate limits a client may use.
///
/// The limits themselves are learned from the answers: Okta states them in three header fields of each. A client keeps
/// below them by waiting before it sends, and leaves the rest to the other programs of the org.
public struct RateLimitPolicy: Sendable, Hashable {
    /// The share of each limit that the client uses up before it waits for the window's end; more than 0, at most 1.
    ///
    /// An org's programs share its limits, and by default a token gets half of a limit before it is told that there is
    /// no more.
    public var utilization: Double

    /// The most calls in flight at a time, from 1 up; fewer while the org says that there are too many. Over HTTP/1.1 a client
    /// opens so many connections at most; HTTP/2 shares one.
    ///
    /// Okta allows an org 35 or 75 calls at the same time, depending on its kind, over all its programs.
    public var maximumConcurrentCalls: Int

    /// The most calls in flight of an action whose limit is not known yet, or was heard of too long ago; from 1 up.
    public var initialConcurrentCalls: Int

    /// The longest time that a call may stand in line before it is first sent, for the end of a limit's window and behind
    /// other calls of its client; `nil` for as long as its timeout, which is the default.
    ///
    /// Beyond it the call ends with ``OktaError/rateLimited(_:)``. A program that makes thousands of calls at once sets it to
    /// the time that it has for all of them.
    public var maximumWait: Duration?

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - utilization: The share of each limit to use; 0.8 unless told otherwise.
    ///   - maximumConcurrentCalls: The most calls in flight; 64 unless told otherwise.
    ///   - initialConcurrentCalls: The most calls in flight of an action whose limit is not known; 4 unless told
    ///     otherwise.
    ///   - maximumWait: The longest wait in line; as long as the call's timeout unless changed.
    public init(
        utilization: Double = 0.8, maximumConcurrentCalls: Int = 64, initialConcurrentCalls: Int = 4,
        maximumWait: Duration? = nil
    ) {
        self.maximumWait = maximumWait
        self.utilization = utilization
        self.maximumConcurrentCalls = maximumConcurrentCalls
        self.initialConcurrentCalls = initialConcurrentCalls
    }

    /// Calls of a window that are left to others; the client has at least one of each window for itself.
    func reservedCalls(of limit: Int) -> Int {
        // A little more than the product, which may come out a little less than a whole number.
        limit - max(1, Int(Double(limit) * utilization + 1e-9))
    }

    func check() throws(OktaError) {
        guard utilization > 0, utilization <= 1 else {
            throw .configuration(
                ConfigurationFailure(message: "rateLimits.utilization is not above 0 and at most 1", suggestion: "0.8"))
        }
        guard maximumWait ?? .zero >= .zero else {
            throw .configuration(ConfigurationFailure(message: "rateLimits.maximumWait is negative"))
        }
        guard maximumConcurrentCalls >= 1, initialConcurrentCalls >= 1 else {
            throw .configuration(
                ConfigurationFailure(message: "rateLimits allows no call in flight", suggestion: "1 or more"))
        }
    }
}
