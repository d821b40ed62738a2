internal import HTTPTypes
internal import OktaRuntime

/// The attributes in the profiles of an org's users or groups, from the schema: Okta's base attributes and the org's
/// custom ones.
package enum ProfileAttributes: String, Sendable, Hashable {
    case users = "user"
    case groups = "group"

    /// Creates the profiles of a catalog model; nil if their schema belongs to another object, such as an app.
    package init?(model: String) {
        switch model {
        case "UserProfile": self = .users
        case "GroupProfile", "OktaUserGroupProfile": self = .groups
        default: return nil
        }
    }

    /// The path of the schema; for users, that of the default type.
    var path: String { "/api/v1/meta/schemas/\(rawValue)/default" }

    /// Reads the names, Okta's attributes first.
    func names(_ client: OktaClient) async throws(OktaError) -> [String] {
        let schema = try await client.request(.get, RequestPath(stringLiteral: path)).json()
        return ["base", "custom"].flatMap { part in
            (schema["definitions"]?[part]?["properties"]?.members ?? []).map(\.key)
        }
    }
}
