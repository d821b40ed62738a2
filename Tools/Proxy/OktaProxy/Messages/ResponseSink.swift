#if Proxy
package import HTTPTypes

/// Receives the response to one request.
///
/// It is called either with ``send(_:body:)``, or with ``begin(_:length:)``, any number of ``write(_:)`` and ``end()``.
/// Each call returns when there is capacity for more, and throws if the client has disconnected.
package protocol ResponseSink: Sendable {
    /// Sends a complete response. The header fields need no length.
    func send(_ head: HTTPResponse, body: [UInt8]) async throws

    /// Sends the head of a response with a body.
    ///
    /// - Parameter length: The length in the head; nil without one.
    func begin(_ head: HTTPResponse, length: Int?) async throws

    /// Sends a piece of the body.
    func write(_ piece: [UInt8]) async throws

    /// Ends the body.
    func end() async throws

    /// Resets the connection, so that the client does not mistake the partial response for a complete one.
    func abort() async
}

/// The client disconnected before its response was complete.
package struct ClientGone: Error {
    package init() {}
}
#endif
