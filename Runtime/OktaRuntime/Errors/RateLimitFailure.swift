public import HTTPTypes

/// A call that was not sent, because its turn would have come after its deadline.
public struct RateLimitFailure: Sendable, Hashable, CustomStringConvertible {
    /// The method and path template that the limit applies to, such as `GET /api/v1/users/{}`.
    public var bucket: String

    /// The limit that the newest response stated; `nil` when there was none yet.
    public var rateLimit: RateLimit?

    /// How much longer the call would have waited; `nil` when other calls were ahead of it until its deadline.
    public var wait: Duration?

    /// The method of the call.
    public var method: HTTPRequest.Method

    /// The path of the call, without its query.
    public var path: String

    /// Creates a failure.
    public init(
        bucket: String, rateLimit: RateLimit? = nil, wait: Duration? = nil, method: HTTPRequest.Method, path: String
    ) {
        self.bucket = bucket
        self.rateLimit = rateLimit
        self.wait = wait
        self.method = method
        self.path = path
    }

    /// The call, the limit that it waited for, and what to do next.
    public var description: String {
        let call = "\(method.rawValue) \(path) was not sent"
        guard let wait else {
            return "\(call): other calls of this client were ahead of it for longer than its timeout. "
                + "Make fewer calls at once, or raise the timeout or rateLimits.maximumWait."
        }
        let limit = rateLimit.map { " of \($0.limit) calls" } ?? ""
        return "\(call): the client's share of the limit\(limit) for \(bucket) is used up for another \(wait.inWords), "
            + "longer than the call may take. Raise the timeout or rateLimits.maximumWait, make fewer calls, or raise "
            + "rateLimits.utilization."
    }
}
