public import HTTPTypes

/// One API call, as built by the actions and the generic request.
public struct OktaRequest: Sendable {
    /// The method.
    public var method: HTTPRequest.Method

    /// The path, beginning with `/`.
    public var path: RequestPath

    /// The query, appended to the query of the path's literal, if any.
    public var query: RequestQuery

    /// Header fields of this call, such as `If-Match`.
    public var headers: RequestHeaders

    /// The body.
    public var body: RequestBody

    /// The media type to request.
    public var accept: MediaType

    /// The label in front of the org's host, such as `drapp`, for an operation that is not on the org's own host; nil for
    /// that. Only for an org URL of an Okta domain.
    public var hostPrefix: String?

    /// What the call authenticates with. Defaults to the client's authorization.
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
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.accept = accept
    }

    /// Whether the response may be a bare acknowledgement although its type is an object. True for commands without a
    /// JSON body, such as activating something. Every org responds to a read, or to a change that sends JSON, with the
    /// object.
    var mayBeAcknowledged: Bool {
        guard !method.isReadOnly else { return false }
        switch body.content {
        case .json, .form: return false
        default: return true
        }
    }

    /// Path and query as they are sent.
    var target: String {
        guard !query.encoded.isEmpty else { return path.encoded }
        return path.encoded + (path.encoded.contains("?") ? "&" : "?") + query.encoded
    }

    /// The path as it is sent, without any query.
    var pathOnly: String {
        path.encoded.withoutQuery
    }
}

extension OktaRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, the path's template, the names of parameters and the kind of body, such as `GET
    /// /api/v1/users/{}/groups (query: limit)`; no values, which may be secrets or personal data.
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

/// The OAuth 2.0 scopes that permit a request, any of which does. They matter only when the org refuses it for a missing
/// scope, so that they are split then.
struct ActionScopes: Sendable {
    private enum Source {
        case text(StaticString)
        case names([String])
    }

    private let source: Source

    /// For a request that was written by hand.
    static let unknown = ActionScopes([])

    /// For an action that was looked up in the registry.
    init(_ names: [String]) { source = .names(names) }

    /// For an action that is called by its function.
    init(_ text: StaticString) { source = .text(text) }

    /// The scopes; empty when they are unknown.
    var names: [String] {
        switch source {
        case .text(let text): text.description.split(separator: " ").map(String.init)
        case .names(let names): names
        }
    }
}
