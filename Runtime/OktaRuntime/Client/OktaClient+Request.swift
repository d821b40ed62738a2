public import HTTPTypes

extension OktaClient {
    /// Sends any request to the org, through the same path as the actions.
    ///
    /// ```swift
    /// let response = try await okta.request(.get, "/api/v1/users/\(id)/factors")
    /// let factors = try response.json()
    /// ```
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path as a literal that begins with `/`. Interpolated values are percent-encoded. The literal may
    ///     end with a query. For a path or URL in a variable, see ``request(_:target:query:headers:body:)``.
    ///   - query: Names and values, sent in sorted order.
    ///   - headers: Header fields of this call.
    ///   - body: The body.
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``.
    public func request(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: [String: String] = [:],
        headers: HTTPFields = [:],
        body: RequestBody = .none
    ) async throws(OktaError) -> OktaResponse {
        try await send(
            OktaRequest(method, path, query: RequestQuery(query), headers: RequestHeaders(headers), body: body))
    }

    /// Sends any request to the org, with a path from a variable, such as a link in an earlier response.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: A percent-encoded path that begins with `/`, or a URL of this org; a query is kept. Observers see
    ///     the path's ``RequestPath/template``. To keep private values out of it, interpolate them with
    ///     ``request(_:_:query:headers:body:)``.
    ///   - query: Names and values, sent in sorted order after those of the target.
    ///   - headers: Header fields of this call.
    ///   - body: The body.
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``; ``OktaError/invalidRequest(_:)`` for a URL of another host.
    public func request(
        _ method: HTTPRequest.Method,
        target: String,
        query: [String: String] = [:],
        headers: HTTPFields = [:],
        body: RequestBody = .none
    ) async throws(OktaError) -> OktaResponse {
        try await request(method, path(of: target), query: query, headers: headers, body: body)
    }

    /// The path of a target; throws for a URL of another origin.
    private func path(of target: String) throws(OktaError) -> RequestPath {
        if target.hasPrefix("/") { return RequestPath(stringLiteral: target) }
        guard let url = LinkTarget(target), let authority = url.authority, let scheme = url.scheme else {
            throw .invalidRequest("the target is neither a path beginning with \"/\" nor a URL")
        }
        let check = OrgURLCheck("\(scheme)://\(authority)")
        guard let origin = try? check.origin(), origin == configuration.origin else {
            throw .invalidRequest("the target is a URL of another host than \(configuration.orgURL)")
        }
        return RequestPath(stringLiteral: url.pathAndQuery)
    }
}
