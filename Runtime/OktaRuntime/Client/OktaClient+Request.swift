public import HTTPTypes

extension OktaClient {
    /// Sends any request to the org, through the same path as the actions.
    ///
    /// ```swift
    /// let answer = try await okta.request(.get, "/api/v1/users/\(id)/factors")
    /// let factors = try answer.json()
    /// ```
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path as a literal beginning with `/`, whose interpolated values are percent-encoded; it may end
    ///     with a query. For a path or URL in a variable see ``request(_:target:query:headers:body:)``.
    ///   - query: Names and values, in sorted order.
    ///   - headers: Header fields of this call.
    ///   - body: The body.
    /// - Returns: The answer, with a status of 2xx.
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

    /// Sends any request to the org, its path being in a variable, such as a link of an earlier answer.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: A path beginning with `/`, percent-encoded, or a URL of this org; a query is kept. Observers see it as
    ///     ``RequestPath/template`` tells: private values are safer interpolated, with
    ///     ``request(_:_:query:headers:body:)``.
    ///   - query: Names and values, in sorted order, added to those of the target.
    ///   - headers: Header fields of this call.
    ///   - body: The body.
    /// - Returns: The answer, with a status of 2xx.
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

    /// The path of a target, refused when it is a URL of another origin.
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
