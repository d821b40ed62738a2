#if Proxy
package import HTTPTypes

/// A client's request as received.
package struct IncomingRequest: Sendable {
    /// The method.
    package var method: HTTPRequest.Method
    /// The request target as sent: in origin, absolute or authority form.
    package var target: String
    /// The header fields in the order received, including `Host`.
    package var fields: HTTPFields
    /// The name of the client that the port is for; nil for the common port.
    package var portName: String?
    /// The body.
    package var body: IncomingBody

    package init(
        method: HTTPRequest.Method, target: String, fields: HTTPFields, portName: String? = nil,
        body: IncomingBody = .none
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.portName = portName
        self.body = body
    }

    /// The path without the query.
    package var path: Substring { target.prefix { $0 != "?" } }
}

/// The body of a request, which is read as it arrives.
package enum IncomingBody: Sendable {
    case none
    /// Pieces in order, with the declared length; nil for a chunked body.
    case pieces(length: Int?, PieceReader)
}

/// Returns the next piece of a body when it arrives; nil at the end.
package typealias PieceReader = @Sendable () async throws -> [UInt8]?

/// An error in reading the body of a request.
package enum BodyFault: Error {
    /// The client has disconnected.
    case disconnected
    /// The client sent nothing for too long.
    case tooSlow
    /// The data is not a valid HTTP body.
    case malformed
}
#endif
