import OktaRuntime

/// How true an operation is to a real org.
public enum Fidelity: String, Sendable, CaseIterable {
    /// Behaviour written by hand.
    case full
    /// Objects are stored and read back by the catalog's paths and models; rules of the service are not applied.
    case shape
}

/// Who calls.
struct Caller: Sendable {
    var id: String
    var name: String
    var isApp = false
    /// The scopes of an access token; nil for other callers, whom no scopes limit.
    var scopes: Set<String>?
}

/// A call of an operation: the request, what its path named, and who calls.
struct Call: Sendable {
    var request: LocalRequest
    var target: RequestTarget
    /// The values of the path's placeholders, in order.
    var parameters: [String]
    /// Scheme and host as the caller addressed them, for links.
    var origin: String
    var caller: Caller
    var requestID: String

    /// A parameter of the path; the path of the operation says how many there are.
    subscript(position: Int) -> String { position < parameters.count ? parameters[position] : "" }

    /// The last parameter of the path.
    var last: String { parameters.last ?? "" }

    /// A field of the query.
    func query(_ name: String) -> String? { target[name] }

    /// A field of the query that is `true` or `false`.
    func flag(_ name: String) -> Bool? {
        switch target[name]?.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// The body, which must be a JSON object; an empty one is an empty object.
    func object() throws(OrgFault) -> JSON {
        let body = try json()
        guard body.kind == .object else { throw .malformedBody }
        return body
    }

    /// The body as any JSON.
    func json() throws(OrgFault) -> JSON {
        guard request.body.contains(where: { $0 > UInt8(ascii: " ") }) else { return .emptyObject }
        guard let json = try? JSON(parsing: request.body) else { throw .malformedBody }
        return json
    }
}

/// What an operation answers.
struct Reply: Sendable {
    var status: Int
    var body: [UInt8] = []
    var contentType: String? = "application/json"
    var headers: [(name: String, value: String)] = []
    /// The hook whose answer decides, instead of the above.
    var hook: HookCall?

    static func json(_ json: JSON, status: Int = 200) -> Reply { Reply(status: status, body: json.bytes) }

    /// A status without a body.
    static func empty(_ status: Int = 204) -> Reply { Reply(status: status, contentType: nil) }

    /// `{}`, which Okta answers to many lifecycle calls.
    static let emptyObject = Reply(status: 200, body: Array("{}".utf8))

    static func text(_ text: String, type: String) -> Reply {
        Reply(status: 200, body: Array(text.utf8), contentType: type)
    }
}

/// One operation of an org: a method, a path, and what it does.
struct Operation: Sendable {
    typealias Run = @Sendable (Call, inout OrgState) throws(OrgFault) -> Reply

    var method: String
    /// The path with `{}` for each placeholder; what stands between the braces is free.
    var path: String
    var fidelity = Fidelity.full
    var run: Run
    /// Method and path, such as `GET /api/v1/users/{userId}`.
    let name: String

    init(_ method: String, _ path: String, fidelity: Fidelity = .full, _ run: @escaping Run) {
        self.method = method
        self.path = path
        self.fidelity = fidelity
        self.run = run
        name = "\(method) \(path)"
    }

    /// The path without the names of its placeholders, by which two operations are one.
    static func normal(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") ? "/{}" : "/" + $0 }.joined()
    }
}
