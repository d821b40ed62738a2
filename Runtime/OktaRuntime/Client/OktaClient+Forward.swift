package import HTTPTypes

/// The response to a forwarded request.
package struct ForwardedResponse: Sendable {
    /// Status and header fields as received.
    package let head: HTTPResponse

    /// The complete body of a response with a status other than 2xx.
    package let body: [UInt8]

    /// The body of a 2xx response, which can be read once. Its first piece, or its end, has arrived.
    package let stream: TransportResponse.Stream?
}

extension OktaClient {
    /// Forwards a request from another client unchanged, except for scheme and authority, which are those of the org.
    ///
    /// The request waits for its admission under the org's rate limits and is retried according to the client's
    /// ``RetryPolicy``, like any call. It is not retried if its body can be read only once. A response that is lost
    /// before its body has begun counts as no response.
    ///
    /// - Parameters:
    ///   - request: The method, path, header fields and body.
    ///   - path: The path of the request, which determines its limit.
    ///   - authorizes: Whether the client's credentials are added. Otherwise the request keeps its own.
    /// - Throws: ``OktaError``. ``OktaError/invalidRequest(_:)`` for a path that is not valid in a URL.
    package func forward(
        _ request: TransportRequest, path: RequestPath, authorizes: Bool
    ) async throws(OktaError) -> ForwardedResponse {
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
