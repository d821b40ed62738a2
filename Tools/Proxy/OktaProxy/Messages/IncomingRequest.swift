#if Proxy
package import HTTPTypes

/// A request as a client sent it.
package struct IncomingRequest: Sendable {
    /// The method.
    package var method: HTTPRequest.Method
    /// The request target as sent: path and query, a whole URL, or host and port.
    package var target: String
    /// The header fields in the order received, with `Host`.
    package var fields: HTTPFields
    /// The name of the client that the port stands for; nil for the common port.
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

    /// The path without its query.
    package var path: Substring { target.prefix { $0 != "?" } }
}

/// The body of a request, which is read while it arrives.
package enum IncomingBody: Sendable {
    case none
    /// Pieces in order, with the announced length; nil for a chunked body.
    case pieces(length: Int?, PieceReader)
}

/// Waits for the next piece of a body; nil at its end.
package typealias PieceReader = @Sendable () async throws -> [UInt8]?

/// The body of a request could not be read to its end.
package enum BodyFault: Error {
    /// The client has gone.
    case disconnected
    /// The client sent nothing for too long.
    case tooSlow
    /// What arrived is not a body of HTTP.
    case malformed
}
#endif
