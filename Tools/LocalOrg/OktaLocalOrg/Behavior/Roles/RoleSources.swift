import OktaRuntime

/// Sources of users' admin roles: governance grants. Directly assigned roles have no source, so only a seeded org has
/// any.
enum RoleSources {
    private static let path = "/api/v1/users/{userId}/roles/{roleAssignmentId}/governance"
    private static let kind = "/api/v1/users/{}/roles/{}/governance"

    /// Returns the parent of a role's sources. Throws if the user does not have the role.
    private static func list(_ call: Call, _ org: OrgState) throws(OrgFault) -> String {
        _ = try Roles.find(Roles.ofUsers, call, org)
        return "\(call.origin)/api/v1/users/\(call[0])/roles/\(call[1])/governance"
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (source: JSON, place: String) {
        let list = try list(call, org)
        guard let source = org.tables[kind, of: call[1]][call[2]] else {
            throw .notFound(call[2], "RoleGovernanceSource")
        }
        return (source, "\(list)/\(call[2])")
    }

    private static func shown(_ source: JSON, _ place: String, links: JSON = [:]) -> JSON {
        var shown = source
        shown["grantId"] = source["id"]
        shown.remove(["id", "resources"])
        var all: JSON = ["resources": ["href": JSON(place + "/resources")]]
        all.merge(links)
        shown["_links"] = all
        return shown
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let list = try list(call, org)
            let grants = org.tables[kind, of: call[1]].all.map { shown($0.json, "\(list)/\($0.id)") }
            let user = JSON("\(call.origin)/api/v1/users/\(call[0])")
            return .json([
                "grants": JSON(grants), "_links": ["self": ["href": JSON(list)], "assignee": ["href": user]],
            ])
        },
        Operation("GET", path + "/{grantId}") { call, org throws(OrgFault) in
            let (source, place) = try find(call, org)
            return .json(shown(source, place, links: ["self": ["href": JSON(place)]]))
        },
        Operation("GET", path + "/{grantId}/resources") { call, org throws(OrgFault) in
            let (source, place) = try find(call, org)
            return .json([
                "resources": source["resources"] ?? [], "_links": ["self": ["href": JSON(place + "/resources")]],
            ])
        },
    ]
}
