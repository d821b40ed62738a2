public import HTTPTypes

extension OktaClient {
    /// Sends a call and returns its response as soon as the head arrives; the body is read as it comes in.
    ///
    /// The call takes the same path as every call (rate limits, credentials, retries, observers) until a head with a
    /// 2xx status arrives. After that there are no retries, and the call's timeout no longer applies. An idle period of
    /// `timeouts.idle` ends the transfer, except while the transfer waits for its reader. The body may have any length,
    /// because at most a few hundred kilobytes are buffered. The configuration's `maximumResponseBytes` applies only to
    /// bodies that are held in memory as a whole.
    ///
    /// - Parameters:
    ///   - request: The call; its `accept` states the wanted media type.
    ///   - maximumBytes: The largest body to accept, in bytes after decompression; `nil` for no limit. Reading past it
    ///     throws ``OktaError/transport(_:)`` of kind ``TransportError/Kind/responseTooLarge``.
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``; ``OktaError/api(_:)`` for any other status. Reading the body throws ``OktaError`` too.
    public func stream(
        _ request: OktaRequest, maximumBytes: Int? = nil
    ) async throws(OktaError) -> OktaStream {
        let (answer, body) = try await open(request, maximumBytes: maximumBytes)
        guard let body else { throw .api(APIFailure(answer, to: request)) }
        return OktaStream(answer, read: body)
    }

    /// Sends any request to the org and returns its response as soon as the head arrives; the body is read as it comes
    /// in.
    ///
    /// ```swift
    /// for try await piece in try await okta.stream(.get, "/api/v1/logs", query: ["since": since]) {
    ///     try file.write(contentsOf: piece)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path as a literal that begins with `/`. Interpolated values are percent-encoded. The literal may
    ///     end with a query.
    ///   - query: Names and values, sent in sorted order.
    ///   - headers: Header fields of this call.
    ///   - body: The request body.
    ///   - accept: The media type to request.
    ///   - maximumBytes: The largest body to accept, in bytes after decompression; `nil` for no limit.
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``, like ``stream(_:maximumBytes:)``.
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
