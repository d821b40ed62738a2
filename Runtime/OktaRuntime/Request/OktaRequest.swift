public import HTTPTypes

/// One API call, as built by the actions and the generic request.
public struct OktaRequest: Sendable {
    /// The HTTP method.
    public var method: HTTPRequest.Method

    /// The path, beginning with `/`.
    public var path: RequestPath

    /// The query, appended to the query of the path's literal, if any.
    public var query: RequestQuery

    /// Header fields of this call, such as `If-Match`.
    public var headers: RequestHeaders

    /// The body and its media type.
    public var body: RequestBody

    /// The media type to request, sent as `Accept`.
    public var accept: MediaType

    /// The label before the org's host name, such as `drapp`, for an operation on another host; `nil` for the org's own
    /// host. A label requires an org URL under an Okta domain.
    public var hostPrefix: String?

    /// The credentials of the call. Default to the client's authorization.
    public var credentials = CallCredentials.org

    /// The scopes of the action.
    var scopes = ActionScopes.unknown

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path, beginning with `/`.
    ///   - query: The query.
    ///   - headers: Header fields of this call.
    ///   - body: The body.
    ///   - accept: The media type to request.
    public init(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        query: RequestQuery = [:],
        headers: RequestHeaders = [:],
        body: RequestBody = .none,
        accept: MediaType = .json
    ) {
        self.init(
            method, path, query: query, headers: headers, body: body, accept: accept, hostPrefix: nil,
            credentials: .org, scopes: .unknown)
    }

    /// Creates the request of an action, with all its parts.
    init(
        _ method: consuming HTTPRequest.Method, _ path: consuming RequestPath, query: consuming RequestQuery,
        headers: consuming RequestHeaders, body: consuming RequestBody, accept: consuming MediaType,
        hostPrefix: consuming String?, credentials: consuming CallCredentials, scopes: consuming ActionScopes
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.accept = accept
        self.hostPrefix = hostPrefix
        self.credentials = credentials
        self.scopes = scopes
    }

    /// Whether the response may be a bare acknowledgement although its type is an object. True for commands without a
    /// JSON body, such as an activation. Orgs always respond with the object to a read, or to a change that sends JSON.
    var mayBeAcknowledged: Bool {
        guard !method.isSafe else { return false }
        switch body.content {
        case .json, .form: return false
        default: return true
        }
    }

    /// The path and query as sent.
    var target: String {
        guard !query.encoded.isEmpty else { return path.encoded }
        return path.encoded + (path.encoded.contains("?") ? "&" : "?") + query.encoded
    }

    /// The path as sent, without a query.
    var pathOnly: String {
        path.encoded.withoutQuery
    }
}

extension OktaRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, the path's template, the names of parameters and the kind of body, such as `GET
    /// /api/v1/users/{}/groups (query: limit)`. Values are omitted because they may be secrets or personal data.
    public var description: String {
        var details: [String] = []
        if let hostPrefix { details.append("host: \(ForeignText.shown(hostPrefix)).…") }
        if !query.encoded.isEmpty { details.append("query: \(query)") }
        if !headers.isEmpty { details.append("headers: \(headers)") }
        switch body.content {
        case .none: break
        default: details.append("body: \(body)")
        }
        let call = "\(method.rawValue) \(path)"
        return details.isEmpty ? call : "\(call) (\(details.joined(separator: "; ")))"
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without values.
    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}

/// The OAuth 2.0 scopes of a request, any of which permits it. They are needed only if the org refuses it for a missing
/// scope, so the text is split on demand.
struct ActionScopes: Sendable {
    private enum Source {
        case text(StaticString)
        case names([String])
    }

    private let source: Source

    /// The value for a request without an action.
    static let unknown = ActionScopes([])

    /// Creates the scopes of an action from the registry.
    init(_ names: [String]) { source = .names(names) }

    /// Creates the scopes of an action that is called by its function, separated by spaces.
    init(_ text: StaticString) { source = .text(text) }

    /// The scopes; empty if they are unknown.
    var names: [String] {
        switch source {
        case .text(let text): text.description.split(separator: " ").map(String.init)
        case .names(let names): names
        }
    }
}
