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
            let limit = try page.limit(call)
            let start = try page.start(call) ?? ""
            let rest = users(org).filter { $0 > start }
            let rows = rest.prefix(limit)
            var links = JSON.emptyObject
            if rest.count > limit, let last = rows.last {
                links["next"] = [
                    "href": JSON("\(call.origin)\(call.target.path)?after=\(last)&limit=\(limit)")
                ]
            }
            let value = rows.map { id -> JSON in
                let user = "\(call.origin)/api/v1/users/\(id)"
                return [
                    "id": JSON(id), "orn": JSON("orn:okta:directory:\(org.identity.orgID):users:\(id)"),
                    "_links": ["self": ["href": JSON(user)], "roles": ["href": JSON("\(user)/roles")]],
                ]
            }
            return .json(["value": JSON(value), "_links": links])
        }
    ]
}
