#if Proxy
package import HTTPTypes

/// Takes the response to one request.
///
/// Either ``send(_:body:)``, or ``begin(_:)``, any number of ``write(_:)`` and ``end()``. Each returns when the client has
/// taken so much that there is capacity for more, and throws when the client has gone.
package protocol ResponseSink: Sendable {
    /// Sends a whole response. The header fields need no length.
    func send(_ head: HTTPResponse, body: [UInt8]) async throws

    /// Sends the head of a response whose body follows.
    func begin(_ head: HTTPResponse) async throws

    /// Sends a piece of the body.
    func write(_ piece: [UInt8]) async throws

    /// Ends the body.
    func end() async throws

    /// Ends the connection, so that the client does not mistake what it has for the whole response.
    func abort() async
}

/// The client has gone before its response was complete.
package struct ClientGone: Error {
    package init() {}
}
#endif
