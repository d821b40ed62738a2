public import HTTPTypes

extension OktaClient {
    /// Sends a call and hands out its answer as soon as the head is there, the body to be read as it comes.
    ///
    /// Goes the way of every call: its turn under the rate limits, credentials, further attempts and observers, until a
    /// head of 2xx arrives. From then on nothing is attempted again, the timeout of the call counts no more, and a silence
    /// of `timeouts.idle` ends the transfer, but not while it waits for its reader. The body may be of any length, since
    /// only a few hundred kilobytes of it are held at a time; the configuration's `maximumResponseBytes` is for bodies
    /// that are held whole.
    ///
    /// - Parameters:
    ///   - request: The call; its `accept` says what is wanted.
    ///   - maximumBytes: The most bytes of the body to accept, after decompression; `nil` for any number. Reading a longer
    ///     one throws ``OktaError/transport(_:)`` of kind ``TransportError/Kind/responseTooLarge``.
    /// - Returns: The answer, with a status of 2xx.
    /// - Throws: ``OktaError``; ``OktaError/api(_:)`` for any other status. Reading the body throws ``OktaError`` too.
    public func stream(
        _ request: OktaRequest, maximumBytes: Int? = nil
    ) async throws(OktaError) -> OktaStream {
        let (answer, body) = try await open(request, maximumBytes: maximumBytes)
        guard let body else { throw .api(APIFailure(answer, to: request)) }
        return OktaStream(answer, read: body)
    }

    /// Sends any request to the org and hands out its answer as soon as the head is there, the body to be read as it comes.
    ///
    /// ```swift
    /// for try await piece in try await okta.stream(.get, "/api/v1/logs", query: ["since": since]) {
    ///     try file.write(contentsOf: piece)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path as a literal beginning with `/`, whose interpolated values are percent-encoded; it may end with a
    ///     query.
    ///   - query: Names and values, in sorted order.
    ///   - headers: Header fields of this call.
    ///   - body: The body to send.
    ///   - accept: The type of answer that is wanted.
    ///   - maximumBytes: The most bytes of the body to accept, after decompression; `nil` for any number.
    /// - Returns: The answer, with a status of 2xx.
    /// - Throws: ``OktaError``, as ``stream(_:maximumBytes:)`` does.
    public func stream(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: [String: String] = [:],
        headers: HTTPFields = [:],
        body: RequestBody = .none,
        accept: MediaType = .json,
        maximumBytes: Int? = nil
    ) async throws(OktaError) -> OktaStream {
        try await stream(
            OktaRequest(
                method, path, query: RequestQuery(query), headers: RequestHeaders(headers), body: body, accept: accept),
            maximumBytes: maximumBytes)
    }
}
