import OktaRuntime

/// The caller of an operation.
struct Caller: Sendable {
    var id: String
    var name: String
    var isApp = false
    /// The scopes of an access token; nil for other callers, which scopes do not limit.
    var scopes: Set<String>?
}

/// A call of an operation: the request, the path parameters, and the caller.
struct Call: Sendable {
    var request: LocalRequest
    var target: RequestTarget
    /// The values of the path parameters, in order.
    var parameters: [String]
    /// The scheme and host that the caller used, for links.
    var origin: String
    var caller: Caller
    var requestID: String

    /// Returns a path parameter; empty if the path has fewer.
    subscript(position: Int) -> String { position < parameters.count ? parameters[position] : "" }

    /// The last path parameter.
    var last: String { parameters.last ?? "" }

    /// Returns the user in the path: the first path parameter is an id, a login or a login's first part.
    func user(_ org: OrgState) throws(OrgFault) -> UserRecord {
        guard let user = org.users.named(self[0]) else { throw .notFound(self[0], "User") }
        return user
    }

    /// Returns a query parameter.
    func query(_ name: String) -> String? { target[name] }

    /// Returns a Boolean query parameter.
    func flag(_ name: String) -> Bool? {
        switch target[name]?.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// Returns the body, which must be a JSON object. An empty body is an empty object.
    func object() throws(OrgFault) -> JSON {
        let body = try json()
        guard body.kind == .object else { throw .malformedBody }
        return body
    }

    /// Returns the body as any JSON value.
    func json() throws(OrgFault) -> JSON {
        guard request.body.contains(where: { $0 > UInt8(ascii: " ") }) else { return .emptyObject }
        guard let json = try? JSON(parsing: request.body) else { throw .malformedBody }
        return json
    }

    /// The resources in `expand`: comma-separated, or in repeated parameters.
    var expansions: [String] {
        target.query.filter { $0.name == "expand" }.flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// Returns whether `expand` requests a resource.
    func expands(_ name: String) -> Bool { expansions.contains(name) }

    /// The origin of the Admin Console; the org's own origin if the host has no such name.
    var adminOrigin: String {
        guard let dot = origin.firstIndex(of: "."), !origin.contains("127."), !origin.contains("localhost") else {
            return origin
        }
        return origin[..<dot] + "-admin" + origin[dot...]
    }
}
