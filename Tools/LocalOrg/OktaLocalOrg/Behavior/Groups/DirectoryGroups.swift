import OktaRuntime

/// Groups of Active Directory and LDAP, which a directory agent reads and changes. Here the agent responds at once with
/// what the org knows of the group.
enum DirectoryGroups {
    private static let path = "/api/v1/directories/{appInstanceId}/groups"
    private static let results = "directoryGroupResults"
    /// Attributes with members, which an agent does not return.
    private static let restricted: Set = ["member", "memberOf", "*"]

    /// Returns a group of the directory's app.
    private static func find(_ id: String, _ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard org.tables[Kinds.apps][call[0]] != nil else { throw .notFound(call[0], "AppInstance") }
        guard let group = org.tables[Kinds.groups][id], group.text("type") == "APP_GROUP" else {
            throw .notFound(id, "UserGroup")
        }
        return group
    }

    private static func modify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let id = try Checks.text("id", of: body)
        _ = try find(id, call, org)
        try Checks.choice("parameters.action", of: body, ["ADD", "REMOVE"])
        try Checks.text("parameters.attribute", of: body)
        let names = (body[path: "parameters.values"]?.elements ?? []).compactMap(\.string)
        guard !names.isEmpty else { throw .invalid("values", Checks.blank("values")) }
        var users: [String] = []
        for name in names {
            guard let user = org.users.named(name) else { throw .notFound(name, "User") }
            users.append(user.id)
        }
        for user in users {
            if body.text("parameters.action") == "ADD" {
                GroupMembers.add(user, to: id, call, &org)
            } else {
                GroupMembers.remove(user, from: id, call, &org)
            }
        }
        return .empty(200)
    }

    private static func query(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let group = try find(call[1], call, org)
        let names = (try call.object()["attributes"]?.elements ?? []).compactMap(\.string)
        guard !names.isEmpty else { throw .invalid("attributes", Checks.blank("attributes")) }
        if let name = names.first(where: restricted.contains) {
            throw .invalid("attributes", "attributes: '\(name)' cannot be read.")
        }
        var profile: JSON = [:]
        for name in names { profile[name] = group["profile"]?[name] }
        let result = org.ids.text(20)
        org.tables[results, of: call[1]][result] = ["id": JSON(call[1]), "profile": profile]
        return .json(["resultId": JSON(result)], status: 202)
    }

    static let all: [Operation] = [
        Operation("POST", path + "/modify") { call, org throws(OrgFault) in try modify(call, &org) },
        Operation("POST", path + "/{groupId}/query") { call, org throws(OrgFault) in try query(call, &org) },
        Operation("GET", path + "/{groupId}/query/{resultId}") { call, org throws(OrgFault) in
            _ = try find(call[1], call, org)
            guard let result = org.tables[results, of: call[1]][call[2]] else {
                throw .notFound(call[2], "GroupQueryResult")
            }
            return .json(result)
        },
    ]
}
