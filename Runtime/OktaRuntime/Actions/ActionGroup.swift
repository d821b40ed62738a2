public import HTTPTypes

/// A group of actions, such as those on users; generated code conforms to it.
///
/// The members whose names begin with an underscore are for generated actions: each action is one expression over one of
/// them. Completion and documentation leave them out.
public protocol ActionGroup: Sendable {
    /// The client that the actions are called through.
    var _client: OktaClient { get }

    /// The actions of the group as data; errors name their scopes. None unless the group says otherwise.
    static var descriptors: [ActionDescriptor] { get }

    /// Creates the group for a client.
    init(client: OktaClient)
}

extension ActionGroup {
    /// No actions: for groups that are written by hand.
    public static var descriptors: [ActionDescriptor] { [] }

    /// Calls an action whose response is one object.
    ///
    /// - Returns: The model; an empty one when an order that sends no JSON, such as to activate something, gets a response
    ///   without a body.
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not a JSON object, no body of a read included.
    public func _call<Model: OktaModel>(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws(OktaError) -> Model {
        let request = request(method, path, query, headers, body, accept)
        return try await _client.send(request).model(mayBeEmpty: request.mayBeAcknowledged)
    }

    /// Calls an action whose response is an array in one piece.
    ///
    /// - Returns: The elements; one that does not match its type is left out.
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not a JSON array, no body included, and when it has elements of
    ///   which not one matches.
    public func _call<Element: JSONConvertible>(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws(OktaError) -> [Element] {
        let request = request(method, path, query, headers, body, accept)
        return try await _client.send(request).elements()
    }

    /// Calls an action whose response is one value that is no model, such as a text or an object of models by name.
    ///
    /// - Returns: The value; members of an object that do not match their type are left out.
    /// - Throws: ``OktaError/decoding(_:)`` when the body does not match, no body included, and when it has members of which
    ///   not one matches.
    public func _value<Value: JSONConvertible>(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws(OktaError) -> Value {
        let request = request(method, path, query, headers, body, accept)
        return try await _client.send(request).value()
    }

    /// Calls an action whose response has no model.
    ///
    /// - Returns: The JSON; null when an order that sends no JSON gets a response without a body.
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not JSON, no body of a read included.
    public func _call(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws(OktaError) -> JSON {
        let request = request(method, path, query, headers, body, accept)
        let response = try await _client.send(request)
        return request.mayBeAcknowledged && response.isBodyEmpty ? .null : try response.json()
    }

    /// Calls an action whose response holds nothing of interest.
    public func _send(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws(OktaError) {
        let request = request(method, path, query, headers, body, accept)
        _ = try await _client.send(request)
    }

    /// Calls an action whose response is something other than JSON.
    ///
    /// - Returns: The body as received, decompressed, in the server's character encoding.
    public func _bytes(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws(OktaError) -> [UInt8] {
        let request = request(method, path, query, headers, body, accept)
        return try await _client.send(request).body
    }

    /// Lists over all pages.
    ///
    /// - Returns: The list; nothing is sent before it is iterated.
    public func _paged<Element: JSONConvertible>(
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:]
    ) -> Paged<Element> {
        Paged(client: _client, request: request(.get, path, query, headers, .none, .json))
    }

    private func request(
        _ method: HTTPRequest.Method, _ path: RequestPath, _ query: RequestQuery, _ headers: RequestHeaders,
        _ body: RequestBody, _ accept: MediaType
    ) -> OktaRequest {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        return request
    }
}

extension ActionScopes {
    /// Those of the group's action that the request is a call of.
    fileprivate static func group(_ group: any ActionGroup.Type) -> ActionScopes {
        ActionScopes { request in
            ActionRoutes(group.descriptors).action(method: request.method, path: request.pathOnly)?.scopes ?? []
        }
    }
}
