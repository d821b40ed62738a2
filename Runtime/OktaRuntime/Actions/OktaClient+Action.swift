internal import HTTPTypes

extension OktaClient {
    /// Calls an action given as data.
    ///
    /// - Parameters:
    ///   - action: The action, from an ``ActionRegistry``.
    ///   - arguments: The parameter values by wire name, not encoded. The values of a list are joined by commas.
    ///   - body: The body.
    ///   - client: The OAuth 2.0 client, for an action whose ``ActionDescriptor/authorization`` is `client`.
    /// - Returns: The whole response; for a list, its first page.
    /// - Throws: ``OktaError``. ``OktaError/invalidRequest(_:)`` names a missing or unknown parameter.
    public func perform(
        _ action: ActionDescriptor, arguments: [String: String] = [:], body: RequestBody = .none,
        client: ClientAuthentication? = nil
    ) async throws(OktaError) -> OktaResponse {
        try await send(makeRequest(for: action, arguments: arguments, body: body, client: client))
    }

    /// Pages through the list of an action given as data.
    ///
    /// - Parameters:
    ///   - action: The action, from an ``ActionRegistry``, usually one whose ``ActionDescriptor/isPaged`` is set.
    ///   - arguments: Like those of ``perform(_:arguments:body:client:)``.
    /// - Returns: The list. No request is sent until it is iterated.
    /// - Throws: ``OktaError/invalidRequest(_:)``, which names a missing or unknown parameter.
    public func pages(
        for action: ActionDescriptor, arguments: [String: String] = [:]
    ) throws(OktaError) -> Paged<JSON> {
        let layout = action.pageItems.map { ListLayout.member($0) } ?? .detected
        return Paged(client: self, request: try makeRequest(for: action, arguments: arguments), layout: layout)
    }

    /// Creates the request of an action given as data, without sending it.
    ///
    /// - Throws: ``OktaError/invalidRequest(_:)``, which names a missing or unknown parameter.
    public func makeRequest(
        for action: ActionDescriptor, arguments: [String: String], body: RequestBody = .none,
        client: ClientAuthentication? = nil
    ) throws(OktaError) -> OktaRequest {
        guard let method = action.method, let template = action.path else {
            throw .invalidRequest("\(action.name) has no fixed method and path; use the generic request")
        }
        let parameters = action.parameters
        for name in arguments.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
            let known = parameters.map(\.name).joined(separator: ", ")
            throw .invalidRequest("\(action.name) has no parameter \(name); it takes \(known.isEmpty ? "none" : known)")
        }
        for parameter in parameters where parameter.isRequired && arguments[parameter.name] == nil {
            throw .invalidRequest("\(action.name) needs the parameter \(parameter.name)")
        }
        var query = RequestQuery()
        var headers = RequestHeaders()
        for parameter in parameters {
            guard let value = arguments[parameter.name] else { continue }
            switch parameter.location {
            case .path: break
            case .query where parameter.isRepeated: query.append(parameter.name, .repeated(Self.elements(of: value)))
            case .query where parameter.type == .list: query.append(parameter.name, .list(Self.elements(of: value)))
            case .query: query.append(parameter.name, .string(value))
            case .header: headers.append(parameter.name, .string(value))
            }
        }
        var request = OktaRequest(
            method, path(template, parameters, arguments), query: query, headers: headers, body: body,
            accept: action.accept.map(MediaType.init(rawValue:)) ?? .json)
        request.scopes = ActionScopes(action.scopes)
        request.hostPrefix = action.hostPrefix
        request.credentials = try credentials(for: action, client)
        return request
    }

    private func credentials(
        for action: ActionDescriptor, _ client: ClientAuthentication?
    ) throws(OktaError) -> CallCredentials {
        switch (action.authorization, client) {
        case (.client, let client?): return .client(client)
        case (.client, nil):
            throw .invalidRequest("\(action.name) authenticates an OAuth 2.0 client; pass it as client")
        case (_, .some): throw .invalidRequest("\(action.name) does not authenticate an OAuth 2.0 client; omit client")
        case (.anonymous, nil): return .anonymous
        case (.oauth2, nil): return .accessToken
        case (.apiToken, nil): return .apiToken
        default: return .org
        }
    }

    /// Returns the elements of a list, which are joined with commas.
    private static func elements(of list: String) -> [String] { list.split(separator: ",").map(String.init) }

    private func path(
        _ template: String, _ parameters: [ActionDescriptor.Parameter], _ arguments: [String: String]
    ) -> RequestPath {
        var interpolation = RequestPath.StringInterpolation(literalCapacity: template.count, interpolationCount: 4)
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            interpolation.appendLiteral(String(rest[..<open]))
            let name = String(rest[rest.index(after: open)..<close])
            let value = arguments[name] ?? ""
            if parameters.contains(where: { $0.name == name && $0.location == .path && $0.type == .list }) {
                interpolation.appendInterpolation(list: Self.elements(of: value))
            } else {
                interpolation.appendInterpolation(value)
            }
            rest = rest[rest.index(after: close)...]
        }
        interpolation.appendLiteral(String(rest))
        return RequestPath(stringInterpolation: interpolation)
    }
}
