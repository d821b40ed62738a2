import OktaRuntime

/// Group assignments of an app: every member of an assigned group may use the app.
enum GroupAssignments {
    private static func shownGroup(_ json: JSON, _ app: String, _ call: Call, _ org: OrgState) -> JSON {
        let group = json.text("id") ?? ""
        var shown = json
        shown["_links"] = [
            "app": ["href": JSON("\(call.origin)/api/v1/apps/\(app)")],
            "self": ["href": JSON("\(call.origin)/api/v1/apps/\(app)/groups/\(group)")],
            "group": ["href": JSON("\(call.origin)/api/v1/groups/\(group)")],
        ]
        if call.expands("group"), let embedded = org.tables[Kinds.groups][group] {
            shown[path: "_embedded.group"] = GroupOperations.shown(embedded, call, org)
        }
        if call.expands("metadata") {
            shown[path: "_embedded.metadata"] = ["credentials": [:], "profile": sources(of: json["profile"], call)]
        }
        return shown
    }

    /// Returns the sources of an assignment's profile values. All were set with the assignment.
    private static func sources(of profile: JSON?, _ call: Call) -> JSON {
        let user: JSON = [
            "id": JSON(call.caller.id), "self": ["href": JSON("\(call.origin)/api/v1/users/\(call.caller.id)")],
        ]
        return JSON(
            members: (profile?.members ?? []).map { name, _ in
                (name, ["source": ["type": "USER", "value": [user]], "lastUpdated": .null])
            })
    }

    private static func assignGroup(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        _ = try Apps.find(call, org)
        guard org.tables[Kinds.groups][call[1]] != nil else { throw .notFound(call[1], "UserGroup") }
        let body = try call.object()
        try Assignments.checkProfile(body["profile"], of: call[0], org)
        let row: JSON = [
            "id": JSON(call[1]), "lastUpdated": JSON(org.now.text), "priority": body["priority"] ?? 0,
            "profile": body["profile"] ?? .emptyObject,
        ]
        org.tables[Kinds.appGroups, of: call[0]][call[1]] = row
        Assignments.recordGroup("add", call[1], call[0], call, &org)
        for user in Assignments.members(of: call[1], org) {
            Assignments.assign(user, throughGroupTo: call[0], call, &org)
        }
        return .json(shownGroup(row, call[0], call, org))
    }

    /// Applies a JSON Patch (RFC 6902) to the priority or the profile.
    private static func patchGroup(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var json = try findGroup(call, org)
        guard let steps = try call.json().elements else { throw .malformedBody }
        for step in steps {
            let names = (step.text("path") ?? "").split(separator: "/").map(String.init)
            guard let first = names.first, first == "priority" && names.count == 1 || first == "profile" else {
                throw .invalid("path", "path: Only priority and profile can be changed.")
            }
            switch step.text("op") {
            case "add", "replace": json[path: names.joined(separator: ".")] = step["value"] ?? .null
            case "remove": json.remove([names.joined(separator: ".")])
            default: throw .invalid("op", "op: The operation is not supported.")
            }
        }
        json["lastUpdated"] = JSON(org.now.text)
        org.tables[Kinds.appGroups, of: call[0]][call[1]] = json
        return .json(shownGroup(json, call[0], call, org))
    }

    private static func findGroup(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        _ = try Apps.find(call, org)
        guard let json = org.tables[Kinds.appGroups, of: call[0]][call[1]] else {
            throw .notFound(call[1], "ApplicationGroupAssignment")
        }
        return json
    }

    static let all: [Operation] = [
        Operation("GET", "/api/v1/apps/{appId}/groups") { call, org throws(OrgFault) in
            _ = try Apps.find(call, org)
            let query = call.query("q")?.lowercased()
            let names = org.tables[Kinds.groups]
            let rows = org.tables[Kinds.appGroups, of: call[0]].all.filter { id, _ in
                query.map { names[id]?.text("profile.name")?.lowercased().hasPrefix($0) == true } ?? true
            }.map { id, json in
                let priority = FilterValue.number(Double(json["priority"]?.int ?? 0))
                return (key: Cursor.key(place: priority.sortKey, id: id), json: json)
            }
            .sorted { $0.key < $1.key }
            let snapshot = org
            return try PageRule(20).response(call, rows) { shownGroup($0, call[0], call, snapshot) }
        },
        Operation("GET", "/api/v1/apps/{appId}/groups/{groupId}") { call, org throws(OrgFault) in
            .json(shownGroup(try findGroup(call, org), call[0], call, org))
        },
        Operation("PUT", "/api/v1/apps/{appId}/groups/{groupId}") { call, org throws(OrgFault) in
            try assignGroup(call, &org)
        },
        Operation("PATCH", "/api/v1/apps/{appId}/groups/{groupId}") { call, org throws(OrgFault) in
            try patchGroup(call, &org)
        },
        Operation("DELETE", "/api/v1/apps/{appId}/groups/{groupId}") { call, org throws(OrgFault) in
            _ = try findGroup(call, org)
            Assignments.unassign(group: call[1], from: call[0], call, &org)
            return .empty()
        },
    ]
}
