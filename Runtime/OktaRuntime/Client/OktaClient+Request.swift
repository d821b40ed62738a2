public import HTTPTypes
import Synchronization

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
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming [String: String] = [:],
        headers: consuming HTTPFields = [:],
        body: consuming RequestBody = .none
    ) async throws(OktaError) -> OktaResponse {
        try await call(method, path, query: query, headers: headers, body: body).run()
    }

    /// Sends any request to the org, with a path from a variable, such as a link in an earlier response.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: A percent-encoded path that begins with `/`, or a URL of this org. A query is kept. Observers
    ///     receive the path's ``RequestPath/template``. To keep private values out of the template, interpolate them
    ///     with ``request(_:_:query:headers:body:)``.
    ///   - query: Names and values, sent in sorted order after those of the target.
    ///   - headers: Header fields of this call.
    ///   - body: The body.
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``; ``OktaError/invalidRequest(_:)`` for a URL of another host.
    public func request(
        _ method: consuming HTTPRequest.Method,
        target: String,
        query: consuming [String: String] = [:],
        headers: consuming HTTPFields = [:],
        body: consuming RequestBody = .none
    ) async throws(OktaError) -> OktaResponse {
        try await call(method, path(of: target), query: query, headers: headers, body: body).run()
    }

    /// Sends a request. The parts are consumed, as in the public functions, so that they are not retained while the
    /// call waits.
    @inline(never)
    private func call(
        _ method: consuming HTTPRequest.Method, _ path: consuming RequestPath, query: consuming [String: String],
        headers: consuming HTTPFields, body: consuming RequestBody
    ) throws(OktaError) -> CallExecutor {
        try call(OktaRequest(method, path, query: RequestQuery(query), headers: RequestHeaders(headers), body: body))
    }

    /// Returns the path of a target. Throws for a URL of another origin.
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

extension OktaClient {
    /// Sends a call and returns its response as soon as the head arrives. The body is read as it arrives.
    ///
    /// Until a head with a 2xx status arrives, the call is handled like any other (rate limits, credentials, retries,
    /// observers). After that, there are no retries, and the call's timeout no longer applies. The transfer fails after
    /// an idle period of `timeouts.idle`, except while it waits for its reader. The body may have any length, because
    /// at most a few hundred kilobytes are buffered. The configuration's `maximumResponseBytes` applies only to bodies
    /// that are held in memory.
    ///
    /// - Parameters:
    ///   - request: The call, with the media type to request in `accept`.
    ///   - maximumBytes: The largest body to accept, in bytes after decompression; `nil` for no limit. Reading past it
    ///     throws ``OktaError/transport(_:)`` of kind ``TransportError/Kind/responseTooLarge``.
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``; ``OktaError/api(_:)`` for any other status. Reading the body throws ``OktaError`` too.
    public func stream(
        _ request: OktaRequest, maximumBytes: Int? = nil
    ) async throws(OktaError) -> OktaStream {
        let (response, body) = try await open(request, maximumBytes: maximumBytes)
        guard let body else { throw .api(.init(response, to: request)) }
        return OktaStream(response, read: body)
    }

    /// Sends any request to the org and returns its response as soon as the head arrives. The body is read as it
    /// arrives.
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

/// Collects the responses of the calls made inside ``OktaClient/withResponse(_:)``.
final class ResponseRecorder: Sendable {
    private let recorded = Mutex<[OktaResponse]>([])

    func record(_ response: OktaResponse) {
        recorded.withLock { $0.append(response) }
    }

    var responses: [OktaResponse] { recorded.withLock { $0 } }
}
