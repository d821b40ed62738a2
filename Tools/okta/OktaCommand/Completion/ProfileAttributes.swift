internal import HTTPTypes
internal import OktaRuntime

/// The attributes that an org has in the profiles of its users or groups, which its schema lists: those that Okta
/// defines, and those that the org has added.
package enum ProfileAttributes: String, Sendable, Hashable {
    case users = "user"
    case groups = "group"

    /// The profiles that a model of the catalog stands for; nil where their schema is that of another object, such as an
    /// app.
    package init?(model: String) {
        switch model {
        case "UserProfile": self = .users
        case "GroupProfile", "OktaUserGroupProfile": self = .groups
        default: return nil
        }
    }

    /// The path of the schema; for users, that of the default type.
    var path: String { "/api/v1/meta/schemas/\(rawValue)/default" }

    /// Reads the names, those of Okta first.
    func names(_ client: OktaClient) async throws(OktaError) -> [String] {
        let schema = try await client.request(.get, RequestPath(stringLiteral: path)).json()
        return ["base", "custom"].flatMap { part in
            (schema["definitions"]?[part]?["properties"]?.members ?? []).map(\.key)
        }
    }
}
