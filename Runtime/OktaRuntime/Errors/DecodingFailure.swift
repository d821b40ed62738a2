public import HTTPTypes

/// An answer that does not hold what the action promises.
public struct DecodingFailure: Sendable, Hashable, CustomStringConvertible {
    /// What does not fit, with its place in the answer; holds nothing of the answer's content.
    public var reason: String

    /// The method of the call.
    public var method: HTTPRequest.Method

    /// The path of the call, without its query.
    public var path: String

    /// Okta's id of the request.
    public var requestID: String?

    /// Creates a failure.
    public init(reason: String, method: HTTPRequest.Method, path: String, requestID: String? = nil) {
        self.reason = reason
        self.method = method
        self.path = path
        self.requestID = requestID
    }

    /// The call, what does not fit, and the request id.
    public var description: String {
        "\(method.rawValue) \(path): \(reason)" + (requestID.map { " (request \($0))" } ?? "")
    }
}
