import OktaRuntime

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

    /// What `expand` asks for: values with commas between them, or the field several times.
    var expansions: [String] {
        target.query.filter { $0.name == "expand" }.flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// Whether `expand` asks for a resource.
    func expands(_ name: String) -> Bool { expansions.contains(name) }

    /// The host of the Admin Console; that of the org itself where hosts have no such names.
    var adminOrigin: String {
        guard let dot = origin.firstIndex(of: "."), !origin.contains("127."), !origin.contains("localhost") else {
            return origin
        }
        return origin[..<dot] + "-admin" + origin[dot...]
    }
}
