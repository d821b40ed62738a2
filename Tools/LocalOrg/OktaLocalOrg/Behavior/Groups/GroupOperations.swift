import OktaRuntime

/// Groups of the org.
enum GroupOperations {
    private static let kind = Kinds.groups

    static let resource = Resource(kind, "UserGroup", "00g") {
        $0.verbs = [.create, .get, .replace, .merge, .delete]
        $0.createdField = "created"
        $0.kept = ["type", "objectClass", "lastMembershipUpdated"]
        $0.serverFields += ["id", "type", "objectClass", "created", "lastUpdated", "lastMembershipUpdated", "status"]
        $0.event = "group.lifecycle"
        $0.links = { _ in links }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let name = json.text("profile.name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
            guard name.count <= 255 else {
                throw .invalid("name", "name: The field is too long. The maximum length is 255.")
            }
            if let previous = change.previous, previous.text("type") == "BUILT_IN" {
                throw .forbidden("E0000006", "You do not have permission to perform the requested action")
            }
            if let other = org.tables[kind].first(where: { $0.text("profile.name") == name }), other.id != change.id {
                throw .invalid(
                    "name", "name: An object with this field already exists in the current organization")
            }
            var profile = json["profile"] ?? .emptyObject
            if profile["description"] == nil { profile["description"] = .some(.null) }
            json["profile"] = profile
            if let schema = org.tables[Kinds.groupSchemas]["default"] {
                // Groups of apps have the attributes of their directory.
                let undefined =
                    change.previous?.text("type") == "APP_GROUP" ? [] : UserSchemas.undefined(profile, schema)
                guard undefined.isEmpty else {
                    throw .invalid(change.verb == .create ? "New UserGroup" : "UserGroup", causes: undefined)
                }
                let id = change.id
                let table = org.tables[kind]
                let check = AttributeCheck(schema: schema, skipped: ["name"]) { name, value in
                    table.first { $0[path: "profile.\(name)"] == value && $0.text("id") != id } != nil
                }
                let problems = check.problems(profile)
                if let first = problems.first {
                    throw .invalid(first.name, causes: problems.map { "\($0.name): \($0.text)" })
                }
            }
            if change.verb == .create {
                json["lastMembershipUpdated"] = JSON(org.now.text)
                json["objectClass"] = ["okta:user_group"]
                json["type"] = "OKTA_GROUP"
            }
        }
        $0.present = { json, call, org in
            if !org.features.groupOwners { json[path: "_links.owners"] = nil as JSON? }
            addStatistics(to: &json, call, org)
        }
        $0.willDelete = { json, call, org throws(OrgFault) in
            if json.text("type") == "BUILT_IN" {
                throw .forbidden("E0000006", "You do not have permission to perform the requested action")
            }
            let id = json.text("id") ?? ""
            if json.text("type") == "APP_GROUP", GroupPush.isMapped(id, org) { throw .accessDenied }
            for user in org.memberships.members(of: id) { GroupMembers.remove(user, from: id, call, &org) }
            Assignments.removeGroup(id, call, &org)
            GroupRules.groupDeleted(id, &org)
        }
    }

    private static let links: JSONTemplate = """
        {"logo":[{"name":"medium","href":"https://ok12static.oktacdn.com/assets/img/logos/groups/odyssey/okta-medium.png",\
        "type":"image/png"},\
        {"name":"large","href":"https://ok12static.oktacdn.com/assets/img/logos/groups/odyssey/okta-large.png",\
        "type":"image/png"}],\
        "owners":{"href":"<org>/api/v1/groups/<id>/owners"},"users":{"href":"<org>/api/v1/groups/<id>/users"},\
        "apps":{"href":"<org>/api/v1/groups/<id>/apps"}}
        """

    static func shown(_ json: JSON, _ call: Call, _ org: OrgState) -> JSON {
        resource.shown(json, id: json.text("id") ?? "", call, org)
    }

    private static func addStatistics(to json: inout JSON, _ call: Call, _ org: OrgState) {
        guard call.expands("stats"), let id = json.text("id") else { return }
        let everyone = id == org.identity.everyoneID
        let users = everyone ? org.users.count : org.memberships.members(of: id).count
        json["_embedded"] = [
            "stats": [
                "usersCount": JSON(users), "appsCount": JSON(Assignments.apps(ofGroup: id, org).count),
                "groupPushMappingsCount": 0, "hasAdminPrivilege": JSON(!org.tables[Kinds.groupRoles, of: id].isEmpty),
                "_links": ["self": ["href": JSON("\(call.origin)/api/v1/groups/\(id)/stats")]],
            ]
        ]
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", kind) { call, org throws(OrgFault) in try list(call, &org) },
            Operation("GET", kind + "/{groupId}/users") { call, org throws(OrgFault) in
                try GroupMembers.list(call, &org)
            },
            Operation("PUT", kind + "/{groupId}/users/{userId}") { call, org throws(OrgFault) in
                let (group, user) = try GroupMembers.find(call, org)
                GroupMembers.add(user, to: group, call, &org)
                return .empty()
            },
            Operation("DELETE", kind + "/{groupId}/users/{userId}") { call, org throws(OrgFault) in
                let (group, user) = try GroupMembers.find(call, org)
                GroupMembers.remove(user, from: group, call, &org)
                return .empty()
            },
            Operation("GET", kind + "/{groupId}/apps") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "UserGroup") }
                let table = org.tables[Kinds.apps]
                let rows = Assignments.apps(ofGroup: call[0], org).compactMap { id in table[id].map { (id, $0) } }
                let snapshot = org
                return try PageRule(20).response(call, rows) {
                    Apps.resource.shown($0, id: $0.text("id") ?? "", call, snapshot)
                }
            },
        ]

    private static let page = PageRule(10_000, maximum: 10_000)

    private static func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var expressions: [FilterExpression] = []
        for text in [call.query("search"), call.query("filter")] {
            if let text, !text.isEmpty { expressions.append(try FilterExpression.requested(text)) }
        }
        let query = call.query("q")?.lowercased()
        let sortPath = call.query("search") == nil ? nil : call.query("sortBy").map { FilterPath($0) }
        var rows: [(key: String, json: JSON)] = []
        for (id, json) in org.tables[kind].all {
            if let query, json.text("profile.name")?.lowercased().hasPrefix(query) != true { continue }
            guard expressions.allSatisfy({ $0.matches(json) }) else { continue }
            let key = sortPath.map { json.value($0).sortKey } ?? (json.text("profile.name") ?? "").lowercased()
            rows.append((Cursor.key(place: key, id: id), json))
        }
        let descends = sortPath != nil && call.query("sortOrder")?.lowercased().hasPrefix("desc") == true
        rows.sort { descends ? $0.key > $1.key : $0.key < $1.key }
        let snapshot = org
        var response = try page.response(call, rows, descends: descends) { shown($0, call, snapshot) }
        if query != nil { response.headers = [] }
        return response
    }
}
