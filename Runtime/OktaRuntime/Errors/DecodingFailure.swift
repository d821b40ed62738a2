public import HTTPTypes

/// A response that does not match the declared type of the action.
public struct DecodingFailure: Sendable, Hashable, CustomStringConvertible {
    /// The mismatch, with its position in the response; never the content of the response.
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

    /// The call, the mismatch, the request id, and what to do next.
    public var description: String {
        var text = "\(method.rawValue) \(path): \(reason)"
        if let requestID { text += " (request \(requestID))" }
        if !text.hasSuffix(".") { text += "." }
        if !method.isReadOnly {
            text +=
                " The org has accepted and executed the call. Read the object before you change it again."
        }
        return "\(text) \(advice)"
    }

    private var advice: String {
        requestID == nil
            ? "Responses of an org have a request id, but this one has none; check the org URL, and whether a proxy or a "
                + "sign-in page is in between."
            : "To see the raw response, make the call with the client's request(_:_:) and read its body."
    }
}
