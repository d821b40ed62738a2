/// Kinds with lists below them. An unknown id in such a path produces Okta's error.
enum Parents {
    /// Okta's internal names of kinds.
    private static let types = [
        "/api/v1/users": "User", "/api/v1/groups": "UserGroup", "/api/v1/apps": "AppInstance",
        "/api/v1/policies": "Policy", "/api/v1/authorizationServers": "AuthorizationServer",
        "/api/v1/authorizationServers/{}/policies": "Policy", "/api/v1/brands": "Brand", "/api/v1/idps": "IdpTrust",
        "/api/v1/iam/roles": "CustomRole", "/api/v1/iam/resource-sets": "IAMPolicy",
        "/api/v1/authenticators": "Authenticator", "/api/v1/devices": "Device", "/api/v1/realms": "Realm",
    ]

    /// Throws a 404 for the first object in the path that does not exist.
    static func check(_ path: String, _ call: Call, _ org: OrgState) throws(OrgFault) {
        var kind = ""
        var parent = ""
        var position = 0
        for segment in path.split(separator: "/") {
            guard segment.hasPrefix("{") else {
                kind += "/" + segment
                continue
            }
            let id = call[position]
            if let type = types[kind],
                kind == "/api/v1/users"
                    ? org.users.named(id) == nil : org.tables[kind, of: parent][id] == nil
            {
                throw .notFound(id, type)
            }
            parent = id
            kind += "/{}"
            position += 1
        }
    }
}
