/// Carries one request to the server and brings back its response.
///
/// The client builds every request the same way and hands it to its transport; tests and programs with special needs
/// (a recorder, another HTTP stack) pass their own, for which ``send(_:)`` is enough. A transport does not follow
/// redirects, keeps no cookies, does not retry, and does not judge the status: a 404 is a response, not an error.
public protocol Transport: Sendable {
    /// Sends the request and waits for the complete response.
    ///
    /// - Parameter request: The request; its scheme, authority and path are set.
    /// - Returns: Status, header fields in the order received, duplicates kept, and the decoded body.
    /// - Throws: A ``TransportError``; of kind ``TransportError/Kind/cancelled`` when the task was cancelled.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse

    /// Sends the request and brings back the response as soon as its header fields are there, the body to follow.
    ///
    /// A transport without it waits for the complete response and hands out the body in one piece.
    ///
    /// - Parameter request: The request; its scheme, authority and path are set.
    /// - Returns: Status, header fields, and the body as a sequence of pieces.
    /// - Throws: A ``TransportError``; of kind ``TransportError/Kind/cancelled`` when the task was cancelled.
    func stream(_ request: TransportRequest) async throws(TransportError) -> TransportStream
}

extension Transport {
    /// Waits for the complete response and hands out its body in one piece.
    public func stream(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
        TransportStream(try await send(request))
    }
}
