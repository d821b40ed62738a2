import OktaRuntime

/// Owners of groups.
enum GroupOwners {
    static let kind = "/api/v1/groups/{}/owners"
    private static let page = PageRule(1000, maximum: 1000, isQuiet: true)

    static let all: [Operation] = [
        Operation("GET", "/api/v1/groups/{groupId}/owners") { call, org throws(OrgFault) in
            try Parents.check("/api/v1/groups/{groupId}/owners", call, org)
            let rows = org.tables[kind, of: call[0]].all.map { (key: $0.id, json: $0.json) }
            return try page.response(call, rows) { $0 }
        },
        Operation("POST", "/api/v1/groups/{groupId}/owners") { call, org throws(OrgFault) in
            try Parents.check("/api/v1/groups/{groupId}/owners", call, org)
            let body = try call.object()
            let id = try Checks.text("id", of: body)
            let type = body.text("type") ?? "USER"
            var name: String
            if type == "GROUP" {
                guard let group = org.tables[Kinds.groups][id] else { throw .notFound(id, "UserGroup") }
                name = group.text("profile.name") ?? ""
            } else {
                guard let user = org.users.named(id) else { throw .notFound(id, "User") }
                name = SystemLog.party(user).displayName
            }
            guard org.tables[kind, of: call[0]][id] == nil else {
                throw .invalid("owner", "Provided owner is already assigned to this group")
            }
            var owner: JSON = [
                "id": JSON(id), "type": JSON(type), "resolved": true, "originId": .null,
                "originType": "OKTA_DIRECTORY", "displayName": JSON(name), "lastUpdated": JSON(org.now.spaced),
            ]
            org.tables[kind, of: call[0]][id] = owner
            // The response formats the date as Java does; the list does not.
            owner["lastUpdated"] = JSON(org.now.java)
            return .json(owner, status: 201)
        },
        Operation("DELETE", "/api/v1/groups/{groupId}/owners/{ownerId}") { call, org throws(OrgFault) in
            try Parents.check("/api/v1/groups/{groupId}/owners", call, org)
            guard org.tables[kind, of: call[0]][call[1]] != nil else { throw .notFound(call[1], "LinkedObject") }
            org.tables[kind, of: call[0]][call[1]] = nil
            return .empty()
        },
    ]
}
