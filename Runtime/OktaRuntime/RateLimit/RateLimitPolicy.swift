/// How much of an org's rate limits a client may use.
///
/// The limits themselves are learned from the answers: Okta states them in three header fields of each. A client keeps
/// below them by waiting before it sends, and leaves the rest to the other programs of the org.
public struct RateLimitPolicy: Sendable, Hashable {
    /// The share of each limit that the client uses up before it waits for the window's end; more than 0, at most 1.
    ///
    /// An org's programs share its limits, and by default a token gets half of a limit before it is told that there is
    /// no more.
    public var share: Double

    /// The most calls in flight at a time, from 1 up; fewer while the org says that there are too many. Over HTTP/1.1 a client
    /// opens so many connections at most; HTTP/2 shares one.
    ///
    /// Okta allows an org 35 or 75 calls at the same time, depending on its kind, over all its programs.
    public var maximumCallsInFlight: Int

    /// The most calls in flight of an action whose limit is not known yet, or was heard of too long ago; from 1 up.
    public var callsInFlightUntilKnown: Int

    /// The longest time that a call may stand in line before it is first sent, for the end of a limit's window and behind
    /// other calls of its client; `nil` for as long as its timeout, which is the default.
    ///
    /// Beyond it the call ends with ``OktaError/rateLimited(_:)``. A program that makes thousands of calls at once sets it to
    /// the time that it has for all of them.
    public var maximumWait: Duration?

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - share: The share of each limit to use; 0.8 unless told otherwise.
    ///   - maximumCallsInFlight: The most calls in flight; 64 unless told otherwise.
    ///   - callsInFlightUntilKnown: The most calls in flight of an action whose limit is not known; 4 unless told
    ///     otherwise.
    ///   - maximumWait: The longest wait in line; as long as the call's timeout unless changed.
    public init(
        share: Double = 0.8, maximumCallsInFlight: Int = 64, callsInFlightUntilKnown: Int = 4,
        maximumWait: Duration? = nil
    ) {
        self.maximumWait = maximumWait
        self.share = share
        self.maximumCallsInFlight = maximumCallsInFlight
        self.callsInFlightUntilKnown = callsInFlightUntilKnown
    }

    /// Calls of a window that are left to others; the client has at least one of each window for itself.
    func reserve(of limit: Int) -> Int {
        // A little more than the product, which may come out a little less than a whole number.
        limit - max(1, Int(Double(limit) * share + 1e-9))
    }

    func check() throws(OktaError) {
        guard share > 0, share <= 1 else {
            throw .configuration(
                ConfigurationFailure(message: "rateLimits.share is not above 0 and at most 1", suggestion: "0.8"))
        }
        guard maximumWait ?? .zero >= .zero else {
            throw .configuration(ConfigurationFailure(message: "rateLimits.maximumWait is negative"))
        }
        guard maximumCallsInFlight >= 1, callsInFlightUntilKnown >= 1 else {
            throw .configuration(
                ConfigurationFailure(message: "rateLimits allows no call in flight", suggestion: "1 or more"))
        }
    }
}
