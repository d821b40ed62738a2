public import HTTPTypes

/// A group of actions, such as those on users; generated code conforms to it.
///
/// The functions below are for generated actions: each is one expression over one of them.
public protocol ActionGroup: Sendable {
    /// The client that the actions are called through.
    var client: OktaClient { get }

    /// The actions of the group as data; errors name their scopes. None unless the group says otherwise.
    static var descriptors: [ActionDescriptor] { get }

    /// Creates the group for a client.
    init(client: OktaClient)
}

extension ActionGroup {
    /// No actions: for groups that are written by hand.
    public static var descriptors: [ActionDescriptor] { [] }

    /// Calls an action that answers with one object; for generated code.
    ///
    /// - Returns: The model; an empty one when an order that sends no JSON, such as to activate something, is answered without
    ///   a body.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is not a JSON object, no body of a read included.
    public func call<Model: OktaModel>(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws -> Model {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        return try await client.send(request).model(mayBeEmpty: request.mayBeAcknowledged)
    }

    /// Calls an action that answers with an array in one piece; for generated code.
    ///
    /// - Returns: The elements; one that does not fit its type is left out.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is not a JSON array, no body included, and when it
    ///   has elements of which not one fits.
    public func call<Element: JSONConvertible>(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws -> [Element] {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        return try await client.send(request).elements()
    }

    /// Calls an action that answers with one value that is no model, such as a text or an object of models by name; for
    /// generated code.
    ///
    /// - Returns: The value; members of an object that do not fit their type are left out.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body does not fit, no body included, and when it has
    ///   members of which not one fits.
    public func answer<Value: JSONConvertible>(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws -> Value {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        return try await client.send(request).value()
    }

    /// Calls an action whose answer has no model; for generated code.
    ///
    /// - Returns: The JSON; null when an order that sends no JSON is answered without a body.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is not JSON, no body of a read included.
    public func call(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws -> JSON {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        let response = try await client.send(request)
        return request.mayBeAcknowledged && response.isBodyEmpty ? .null : try response.json()
    }

    /// Calls an action whose answer holds nothing of interest; for generated code.
    ///
    /// - Throws: ``OktaError``.
    public func send(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        _ = try await client.send(request)
    }

    /// Calls an action that answers with something other than JSON; for generated code.
    ///
    /// - Returns: The body as received, decompressed, in the server's own character encoding.
    /// - Throws: ``OktaError``.
    public func bytes(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) async throws -> [UInt8] {
        var request = OktaRequest(method, path, query: query, headers: headers, body: body, accept: accept)
        request.scopes = .group(Self.self)
        return try await client.send(request).body
    }

    /// Lists over all pages; for generated code.
    ///
    /// - Returns: The list; nothing is sent before it is iterated.
    public func paged<Element: JSONConvertible>(
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:]
    ) -> Paged<Element> {
        var request = OktaRequest(.get, path, query: query, headers: headers)
        request.scopes = .group(Self.self)
        return Paged(client: client, request: request)
    }
}

extension ActionScopes {
    /// Those of the group's action that the request is a call of.
    fileprivate static func group(_ group: any ActionGroup.Type) -> ActionScopes {
        ActionScopes { request in
            let registry = ActionRegistry(categories: [group.descriptors])
            return registry.action(method: request.method.rawValue, path: request.pathOnly)?.scopes ?? []
        }
    }
}
