package import HTTPTypes

/// A response that is passed on.
package struct ForwardedResponse: Sendable {
    /// Status and header fields as received.
    package let head: HTTPResponse

    /// The whole body of a response that is not 2xx.
    package let body: [UInt8]

    /// The body of a 2xx response, which can be read once. It has begun, or has ended.
    package let stream: TransportResponse.Stream?
}

extension OktaClient {
    /// Sends a request that somebody else has written, as it is.
    ///
    /// It waits for its turn under the org's rate limits, and is repeated by the client's ``RetryPolicy`` like any call.
    /// Only scheme and authority are replaced by the org's. A body that can be read only once is not repeated. A response
    /// that breaks off before its body has begun counts as none.
    ///
    /// - Parameters:
    ///   - request: Method, path, header fields and body.
    ///   - authorizes: Whether the client's credentials are added. Otherwise the request keeps those that it has.
    /// - Throws: ``OktaError``; ``OktaError/invalidRequest(_:)`` for a path that no URL has.
    package func forward(
        _ request: TransportRequest, authorizes: Bool
    ) async throws(OktaError) -> ForwardedResponse {
        let path = RequestPath(encoded: request.head.path ?? "/", template: request.head.path ?? "/", fault: nil)
        if let fault = path.fault { throw .invalidRequest(fault) }
        var described = OktaRequest(request.head.method, path)
        described.credentials = authorizes ? .org : .anonymous
        let (response, body) = try await forward(request, as: described)
        var head = HTTPResponse(status: response.status)
        head.headerFields = response.headers
        return ForwardedResponse(
            head: head, body: response.body, stream: body.map { TransportResponse.Stream(head: head, read: $0) })
    }
}
