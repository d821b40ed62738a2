import OktaRuntime

/// The requested view of users: `fields`, `expand`, and the parts that `okta-response` omits.
struct UserProjection {
    private let fields: JSON?
    private let showsClassification: Bool
    private let omitted: Set<String>

    private static let credentialLinks = [
        "changePassword", "changeRecoveryQuestion", "forgotPassword", "resetPassword", "resetFactors", "unlock",
    ]

    init(_ call: Call) {
        fields = call.query("fields").map(Self.parsed)
        showsClassification = call.expands("classification")
        let type = call.request.method == "GET" ? call.request.header("content-type") : nil
        if let type, type.contains("okta-response=") {
            omitted = Set(type.drop { $0 != "=" }.dropFirst().split { ",\" ;".contains($0) }.map(String.init))
        } else {
            omitted = []
        }
    }

    /// Applies the view to a response with one user or a list.
    func applied(to response: OrgResponse) -> OrgResponse {
        guard fields != nil || showsClassification || !omitted.isEmpty,
            let json = try? JSON(parsing: response.body)
        else { return response }
        var response = response
        response.body = (json.elements.map { JSON($0.map(shown)) } ?? shown(json)).bytes
        return response
    }

    private func shown(_ user: JSON) -> JSON {
        var user = user
        if omitted.contains("omitCredentials") { user["credentials"] = nil as JSON? }
        if omitted.contains("omitCredentialsLinks") { user.remove(Self.credentialLinks.map { "_links.\($0)" }) }
        if omitted.contains("omitTransitioningToStatus") { user["transitioningToStatus"] = nil as JSON? }
        if showsClassification {
            user[path: "_embedded.classification"] = [
                "type": "STANDARD", "lastUpdated": user["created"] ?? .null,
            ]
        }
        return fields.map { Self.part(of: user, $0) } ?? user
    }

    /// Returns the members in `fields`, and the id.
    private static func part(of json: JSON, _ fields: JSON, isUser: Bool = true) -> JSON {
        JSON(
            members: (json.members ?? []).compactMap { name, value in
                if isUser, name == "id" { return (name, value) }
                guard let wanted = fields[name] else { return nil }
                return (name, wanted.kind == .object ? part(of: value, wanted, isUser: false) : value)
            })
    }

    /// Parses `id,profile:(firstName,city)` to `{"id":true,"profile":{"firstName":true,"city":true}}`.
    private static func parsed(_ text: String) -> JSON {
        var fields = JSON.emptyObject
        var rest = text[...]
        while !rest.isEmpty {
            let name = rest.prefix { $0 != "," && $0 != ":" }.trimmed
            rest = rest.drop { $0 != "," && $0 != ":" }
            if rest.hasPrefix(":("), let close = rest.firstIndex(of: ")") {
                var inner = fields[name]?.kind == .object ? fields[name] ?? .emptyObject : .emptyObject
                for part in rest[..<close].dropFirst(2).split(separator: ",") { inner[part.trimmed] = true }
                fields[name] = inner
                rest = rest[rest.index(after: close)...]
            } else if !name.isEmpty {
                fields[name] = true
            }
            rest = rest.drop { $0 != "," }.dropFirst()
        }
        return fields
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
