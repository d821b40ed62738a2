import OktaRuntime

/// The users with admin roles, directly or through groups.
enum RoleAssignees {
    private static let page = PageRule(100)

    private static func users(_ org: OrgState) -> [String] {
        var ids: Set<String> = []
        org.users.forEach { user in
            let isAssigned =
                !org.tables[Roles.users, of: user.id].isEmpty
                || org.memberships.groups(of: user.id).contains { !org.tables[Roles.groups, of: $0].isEmpty }
            if isAssigned { ids.insert(user.id) }
            return true
        }
        return ids.sorted()
    }

    static let all: [Operation] = [
        Operation("GET", "/api/v1/iam/assignees/users") { call, org throws(OrgFault) in
            let rows = users(org).map { id -> (key: String, json: JSON) in
                let user = "\(call.origin)/api/v1/users/\(id)"
                let links: JSON = ["self": ["href": JSON(user)], "roles": ["href": JSON("\(user)/roles")]]
                let name = "orn:okta:directory:\(org.identity.orgID):users:\(id)"
                return (id, ["id": JSON(id), "orn": JSON(name), "_links": links])
            }
            return try page.wrapped(call, rows, in: "value", links: .emptyObject)
        }
    ]
}
