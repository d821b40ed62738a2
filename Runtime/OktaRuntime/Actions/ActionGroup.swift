public import HTTPTypes

/// A group of actions, such as the actions on users; generated code conforms to it.
///
/// The functions below are for generated actions, each of which is one expression that calls one of them.
public protocol ActionGroup: Sendable {
    /// The client that the actions use.
    var client: OktaClient { get }

    /// The actions of the group as data; errors take scopes from them. Defaults to none.
    static var descriptors: [ActionDescriptor] { get }

    /// Creates the group for a client.
    init(client: OktaClient)
}

extension ActionGroup {
    /// No actions; for groups that are written by hand.
    public static var descriptors: [ActionDescriptor] { [] }

    /// Calls an action whose response is one object; for generated code.
    ///
    /// - Returns: The model. An empty one when the response to a command without a JSON body, such as activating
    ///   something, has no body.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is not a JSON object. An empty body of a read
    ///   throws too.
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

    /// Calls an action whose response is an array without pages; for generated code.
    ///
    /// - Returns: The elements; those that do not have the element type are skipped.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is empty or not a JSON array, and when it has
    ///   elements of which none has the type.
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

    /// Calls an action whose response is a single value but not a model, such as a text or an object of models by name;
    /// for generated code.
    ///
    /// - Returns: The value; members of an object that do not have the type are skipped.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is empty or not of the type, and when it has
    ///   members of which none has the type.
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

    /// Calls an action whose response has no model; for generated code.
    ///
    /// - Returns: The JSON; null when the response to a command without a JSON body is empty.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when the body is not JSON. An empty body of a read throws
    ///   too.
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

    /// Calls an action whose response has no content; for generated code.
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

    /// Calls an action whose response is not JSON; for generated code.
    ///
    /// - Returns: The body as received, decompressed, in the server's character encoding.
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

    /// Lists all pages; for generated code.
    ///
    /// - Returns: The list; no request is sent before it is iterated.
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
    /// The scopes of the group's action that the request matches.
    fileprivate static func group(_ group: any ActionGroup.Type) -> ActionScopes {
        ActionScopes { request in
            let registry = ActionRegistry(categories: [group.descriptors])
            return registry.action(method: request.method.rawValue, path: request.pathOnly)?.scopes ?? []
        }
    }
}
