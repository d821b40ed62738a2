public import HTTPTypes

/// A group of actions, such as the actions on users. Generated code conforms to this protocol.
///
/// Members whose names begin with an underscore are for generated actions: every action is one expression that calls
/// one of them. Code completion and documentation omit them. A call passes the OAuth 2.0 scopes of its action,
/// separated by spaces, for the error message if the org refuses it.
///
/// The functions consume the parts of the request, so that these are neither copied nor retained while the call waits.
public protocol ActionGroup: Sendable {
    /// The client that the actions use.
    var _client: OktaClient { get }
}

extension ActionGroup {
    /// Calls an action whose response is one object.
    ///
    /// - Returns: The model. It is empty if the response to a command without a JSON body, such as an activation, has
    ///   no body.
    /// - Throws: ``OktaError/decoding(_:)`` if the body is not a JSON object, or if the response to a read is empty.
    public func _call<Model: OktaModel>(
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming RequestQuery = [:],
        headers: consuming RequestHeaders = [:],
        body: consuming RequestBody = .none,
        accept: consuming MediaType = .json,
        hostPrefix: consuming String? = nil,
        credentials: consuming CallCredentials = .org,
        scopes: StaticString = ""
    ) async throws(OktaError) -> Model {
        let call = try call(method, path, query, headers, body, accept, hostPrefix, credentials, scopes)
        return try await call.run().model(mayBeEmpty: call.request.mayBeAcknowledged)
    }

    /// Calls an action whose response is an array without pages.
    ///
    /// - Returns: The elements. Elements that do not have the element type are skipped.
    /// - Throws: ``OktaError/decoding(_:)`` if the body is empty or not a JSON array, or if it has elements but none of
    ///   them has the element type.
    public func _call<Element: JSONConvertible>(
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming RequestQuery = [:],
        headers: consuming RequestHeaders = [:],
        body: consuming RequestBody = .none,
        accept: consuming MediaType = .json,
        hostPrefix: consuming String? = nil,
        credentials: consuming CallCredentials = .org,
        scopes: StaticString = ""
    ) async throws(OktaError) -> [Element] {
        let call = try call(method, path, query, headers, body, accept, hostPrefix, credentials, scopes)
        return try await call.run().elements()
    }

    /// Calls an action whose response is a single value but not a model, such as a text or an object of models by name.
    ///
    /// - Returns: The value. Members of an object that do not have the type are skipped.
    /// - Throws: ``OktaError/decoding(_:)`` if the body is empty or not of the type, or if it has members but none of
    ///   them has the type.
    public func _value<Value: JSONConvertible>(
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming RequestQuery = [:],
        headers: consuming RequestHeaders = [:],
        body: consuming RequestBody = .none,
        accept: consuming MediaType = .json,
        hostPrefix: consuming String? = nil,
        credentials: consuming CallCredentials = .org,
        scopes: StaticString = ""
    ) async throws(OktaError) -> Value {
        let call = try call(method, path, query, headers, body, accept, hostPrefix, credentials, scopes)
        return try await call.run().value()
    }

    /// Calls an action whose response has no model.
    ///
    /// - Returns: The JSON; null if the response to a command without a JSON body is empty.
    /// - Throws: ``OktaError/decoding(_:)`` if the body is not JSON, or if the response to a read is empty.
    public func _call(
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming RequestQuery = [:],
        headers: consuming RequestHeaders = [:],
        body: consuming RequestBody = .none,
        accept: consuming MediaType = .json,
        hostPrefix: consuming String? = nil,
        credentials: consuming CallCredentials = .org,
        scopes: StaticString = ""
    ) async throws(OktaError) -> JSON {
        let call = try call(method, path, query, headers, body, accept, hostPrefix, credentials, scopes)
        let response = try await call.run()
        return call.request.mayBeAcknowledged && response.isBodyEmpty ? .null : try response.json()
    }

    /// Calls an action whose response has no content.
    public func _send(
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming RequestQuery = [:],
        headers: consuming RequestHeaders = [:],
        body: consuming RequestBody = .none,
        accept: consuming MediaType = .json,
        hostPrefix: consuming String? = nil,
        credentials: consuming CallCredentials = .org,
        scopes: StaticString = ""
    ) async throws(OktaError) {
        let call = try call(method, path, query, headers, body, accept, hostPrefix, credentials, scopes)
        _ = try await call.run()
    }

    /// Calls an action whose response is not JSON.
    ///
    /// - Returns: The body as received, decompressed, in the server's character encoding.
    public func _bytes(
        _ method: consuming HTTPRequest.Method,
        _ path: consuming RequestPath,
        query: consuming RequestQuery = [:],
        headers: consuming RequestHeaders = [:],
        body: consuming RequestBody = .none,
        accept: consuming MediaType = .json,
        hostPrefix: consuming String? = nil,
        credentials: consuming CallCredentials = .org,
        scopes: StaticString = ""
    ) async throws(OktaError) -> [UInt8] {
        let call = try call(method, path, query, headers, body, accept, hostPrefix, credentials, scopes)
        return try await call.run().body
    }

    /// Lists all pages.
    ///
    /// - Parameter items: The member of a page that contains its items; `nil` if the page is an array.
    /// - Returns: The list. No request is sent until it is iterated.
    public func _paged<Element: JSONConvertible>(
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        accept: MediaType = .json,
        items: String? = nil,
        hostPrefix: String? = nil,
        credentials: CallCredentials = .org,
        scopes: StaticString = ""
    ) -> Paged<Element> {
        Paged(
            client: _client,
            request: OktaRequest(
                .get, path, query: query, headers: headers, body: .none, accept: accept, hostPrefix: hostPrefix,
                credentials: credentials, scopes: ActionScopes(scopes)),
            layout: items.map { .member($0) } ?? .array)
    }

    @inline(never)
    private func call(
        _ method: consuming HTTPRequest.Method, _ path: consuming RequestPath, _ query: consuming RequestQuery,
        _ headers: consuming RequestHeaders, _ body: consuming RequestBody, _ accept: consuming MediaType,
        _ hostPrefix: consuming String?, _ credentials: consuming CallCredentials, _ scopes: StaticString
    ) throws(OktaError) -> CallExecutor {
        let client = _client
        let request = OktaRequest(
            method, path, query: query, headers: headers, body: body, accept: accept, hostPrefix: hostPrefix,
            credentials: credentials, scopes: ActionScopes(scopes))
        return try client.call(consume request)
    }
}
