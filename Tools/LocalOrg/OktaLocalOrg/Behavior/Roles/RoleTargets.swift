import OktaRuntime

/// Targets of admin roles: groups, apps of the Okta Integration Network, and app instances.
enum RoleTargets {
    /// Returns the table of a role's targets.
    static func targets(_ kind: String, _ owner: String, _ role: String) -> (kind: String, parent: String) {
        ("targets.\(kind)", "\(owner)/\(role)")
    }

    /// Throws if a role cannot have targets of this kind: group roles have group targets, and app roles have app
    /// targets.
    private static func check(_ role: JSON, takes kind: String) throws(OrgFault) {
        let types: Set =
            kind == "groups" ? ["USER_ADMIN", "HELP_DESK_ADMIN", "GROUP_MEMBERSHIP_ADMIN"] : ["APP_ADMIN"]
        guard types.contains(role.text("type") ?? "") else {
            throw .invalid("roleType", "roleType: The role cannot be limited to \(kind).")
        }
    }

    /// Returns the target groups of a role.
    private static func groups(of role: String, _ owner: String, _ org: OrgState) -> [(key: String, json: JSON)] {
        let (kind, parent) = targets("groups", owner, role)
        let table = org.tables[Kinds.groups]
        return org.tables[kind, of: parent].all.compactMap { id, _ in table[id].map { (id, $0) } }
    }

    private static func apps(of role: String, _ owner: String, _ org: OrgState) -> [(key: String, json: JSON)] {
        let (kind, parent) = targets("apps", owner, role)
        return org.tables[kind, of: parent].all.map { ($0.id, $0.json) }
    }

    /// Embeds the role's targets if `expand` requests them.
    static func embed(in role: inout JSON, of owner: String, _ call: Call, _ org: OrgState) {
        let id = role.text("id") ?? ""
        if call.expands("targets/groups") {
            role[path: "_embedded.targets.groups"] = JSON(
                groups(of: id, owner, org).map { GroupOperations.shown($0.json, call, org) })
        }
        if call.expands("targets/catalog/apps") {
            role[path: "_embedded.targets.catalog.apps"] = JSON(apps(of: id, owner, org).map(\.json))
        }
    }

    static func operations(_ holder: Roles.Holder) -> [Operation] {
        let item = holder.path + "/{roleId}"
        return [
            Operation("GET", item + "/targets") { call, org throws(OrgFault) in
                try list(holder, call, org)
            },
            Operation("PUT", item + "/targets/catalog/apps") { call, org throws(OrgFault) in
                // A role without targets applies to all apps.
                let (owner, role) = try Roles.find(holder, call, org)
                try check(role, takes: "apps")
                let (kind, parent) = targets("apps", owner, call[1])
                for (id, _) in org.tables[kind, of: parent].all { org.tables[kind, of: parent][id] = nil }
                return .empty()
            },
            Operation("GET", item + "/targets/groups") { call, org throws(OrgFault) in
                let (owner, _) = try Roles.find(holder, call, org)
                let rows = groups(of: call[1], owner, org)
                let snapshot = org
                return try PageRule(20).response(call, rows) { GroupOperations.shown($0, call, snapshot) }
            },
            Operation("PUT", item + "/targets/groups/{targetId}") { call, org throws(OrgFault) in
                try add("groups", holder, call, &org) { org throws(OrgFault) in
                    guard org.tables[Kinds.groups][call[2]] != nil else {
                        throw .notFound(call[2], "UserGroup")
                    }
                    return ["id": JSON(call[2])]
                }
            },
            Operation("DELETE", item + "/targets/groups/{targetId}") { call, org throws(OrgFault) in
                try remove("groups", holder, call, &org)
            },
            Operation("GET", item + "/targets/catalog/apps") { call, org throws(OrgFault) in
                let (owner, _) = try Roles.find(holder, call, org)
                return try PageRule(20, dropped: ["status"]).response(call, apps(of: call[1], owner, org)) { $0 }
            },
            Operation("PUT", item + "/targets/catalog/apps/{appName}") { call, org throws(OrgFault) in
                try add("apps", holder, call, &org) { catalogApp(call[2], call, $0) }
            },
            Operation("DELETE", item + "/targets/catalog/apps/{appName}") { call, org throws(OrgFault) in
                try remove("apps", holder, call, &org)
            },
            Operation("PUT", item + "/targets/catalog/apps/{appName}/{appId}") { call, org throws(OrgFault) in
                try add("apps", holder, call, &org) { org throws(OrgFault) in
                    guard let app = org.tables[Kinds.apps][call[3]] else { throw .notFound(call[3], "AppInstance") }
                    return [
                        "name": app["label"] ?? "", "status": app["status"] ?? "ACTIVE", "id": JSON(call[3]),
                        "_links": ["self": ["href": JSON("\(call.origin)/api/v1/apps/\(call[3])")]],
                    ]
                }
            },
            Operation("DELETE", item + "/targets/catalog/apps/{appName}/{appId}") { call, org throws(OrgFault) in
                try remove("apps", holder, call, &org)
            },
        ]
    }

    /// Returns all targets with their resource names. The path names the role by its id, or by its type in base32.
    private static func list(_ holder: Roles.Holder, _ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let (owner, _) = try Roles.find(holder, call, org)
        let prefix = "orn:okta"
        let orgID = org.identity.orgID
        var rows: [JSON] = []
        for (kind, area) in [("groups", "directory"), ("apps", "idp")] {
            let (table, parent) = targets(kind, owner, call[1])
            for (id, _) in org.tables[table, of: parent].all {
                rows.append([
                    "assignmentType": JSON(holder.type), "orn": JSON("\(prefix):\(area):\(orgID):\(kind):\(id)"),
                    "_links": ["self": ["href": JSON("\(call.origin)/api/v1/\(kind)/\(id)")]],
                ])
            }
        }
        return .json(JSON(rows))
    }

    /// Adds the target at the end of the path.
    private static func add(
        _ name: String, _ holder: Roles.Holder, _ call: Call, _ org: inout OrgState,
        target: (OrgState) throws(OrgFault) -> JSON
    ) throws(OrgFault) -> OrgResponse {
        let (owner, role) = try Roles.find(holder, call, org)
        try check(role, takes: name)
        let (kind, parent) = targets(name, owner, call[1])
        org.tables[kind, of: parent][call.last] = try target(org)
        touch(holder, owner, call[1], &org)
        return .empty()
    }

    /// Removes the target at the end of the path.
    private static func remove(
        _ name: String, _ holder: Roles.Holder, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let (owner, _) = try Roles.find(holder, call, org)
        let (kind, parent) = targets(name, owner, call[1])
        org.tables[kind, of: parent][call.last] = nil
        return .empty()
    }

    /// Resets the dates of a group's role, as adding a target does.
    private static func touch(_ holder: Roles.Holder, _ owner: String, _ role: String, _ org: inout OrgState) {
        guard holder.type == "GROUP" else { return }
        for member in ["created", "lastUpdated"] {
            org.tables[holder.table, of: owner][role]?[member] = JSON(org.now.text)
        }
    }

    private static func catalogApp(_ name: String, _ call: Call, _ org: OrgState) -> JSON {
        [
            "name": JSON(name), "displayName": JSON(name), "description": "", "status": "ACTIVE",
            "lastUpdated": JSON(org.now.text), "category": "", "verificationStatus": "OKTA_VERIFIED",
            "website": "", "signOnModes": [],
            "_links": [
                "logo": [
                    [
                        "name": "medium",
                        "href": "https://ok12static.oktacdn.com/assets/img/logos/default.png",
                    ]
                ], "self": ["href": JSON("\(call.origin)/api/v1/catalog/apps/\(name)")],
            ],
        ]
    }
}
