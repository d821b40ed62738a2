import OktaRuntime

/// Admin roles of users, groups and client apps, with their targets.
enum Roles {
    private static let labels = [
        "SUPER_ADMIN": "Super Administrator", "ORG_ADMIN": "Organization Administrator",
        "APP_ADMIN": "Application Administrator", "USER_ADMIN": "Group Administrator",
        "HELP_DESK_ADMIN": "Help Desk Administrator",
        "GROUP_MEMBERSHIP_ADMIN": "Group Membership Administrator",
        "READ_ONLY_ADMIN": "Read-only Administrator", "MOBILE_ADMIN": "Mobile Administrator",
        "API_ACCESS_MANAGEMENT_ADMIN": "API Access Management Administrator",
        "REPORT_ADMIN": "Report Administrator", "ACCESS_CERTIFICATIONS_ADMIN": "Access Certifications Administrator",
        "ACCESS_REQUESTS_ADMIN": "Access Requests Administrator", "WORKFLOWS_ADMIN": "Workflows Administrator",
        "CUSTOM": "Custom",
    ]

    /// Returns the label of a standard role; nil for another name.
    static func label(of type: String) -> String? { type == "CUSTOM" ? nil : labels[type] }

    /// Roles whose assignments each have a unique id. The id of any other role is its name in base32, the same for all
    /// principals.
    private static let ownIDs: Set = ["SUPER_ADMIN", "READ_ONLY_ADMIN", "ORG_ADMIN", "CUSTOM"]

    /// A kind of principal that has roles.
    struct Holder: Sendable {
        let path: String
        let table: String
        let type: String
        let prefix: String

        func check(_ call: Call, _ org: OrgState) throws(OrgFault) -> String {
            switch type {
            case "USER":
                guard let user = org.users.named(call[0]) else { throw .notFound(call[0], "User") }
                return user.id
            case "GROUP":
                guard org.tables[Kinds.groups][call[0]] != nil else { throw .notFound(call[0], "UserGroup") }
            default:
                guard org.tables[Kinds.apps][call[0]] != nil else {
                    return try ClientRegistrations.find(call[0], org).appID
                }
            }
            return call[0]
        }
    }

    static let ofUsers = Holder(
        path: "/api/v1/users/{userId}/roles", table: Kinds.userRoles, type: "USER", prefix: "ra1")
    private static let holders = [
        ofUsers,
        Holder(path: "/api/v1/groups/{groupId}/roles", table: Kinds.groupRoles, type: "GROUP", prefix: "gra"),
        Holder(path: "/oauth2/v1/clients/{clientId}/roles", table: Kinds.clientRoles, type: "CLIENT", prefix: "ra1"),
    ]

    private static func id(of type: String, _ holder: Holder, _ org: inout OrgState) -> String {
        ownIDs.contains(type) ? org.ids.next(holder.prefix) : Base32.encoded(type)
    }

    private static func shown(
        _ json: JSON, of owner: String, _ holder: Holder, _ call: Call, _ org: OrgState
    ) -> JSON {
        let list = holder.path.split(separator: "/").dropLast(2).joined(separator: "/")
        var shown = json
        RoleTargets.embed(in: &shown, of: owner, call, org)
        shown["_links"] = ["assignee": ["href": JSON("\(call.origin)/\(list)/\(call[0])")]]
        return shown
    }

    private static func record(_ verb: String, _ owner: String, _ holder: Holder, _ call: Call, _ org: inout OrgState) {
        let (kind, party) =
            switch holder.type {
            case "GROUP":
                (
                    "group",
                    SystemLog.party(org.tables[Kinds.groups][owner], id: owner, type: "UserGroup")
                )
            case "CLIENT": ("app.oauth2.client", SystemLog.party(nil, id: owner, type: "PublicClientApp"))
            default:
                (
                    "user.account",
                    org.users[owner].map { SystemLog.party($0) } ?? SystemLog.party(nil, id: owner, type: "User")
                )
            }
        SystemLog.record("\(kind).privilege.\(verb)", call, &org, targets: [party])
    }

    private static func assign(_ holder: Holder, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let owner = try holder.check(call, org)
        let body = try call.object()
        guard let type = body.text("type"), let label = labels[type] else {
            throw .invalid("type", "type: Invalid role type.")
        }
        if holder.type == "GROUP", let group = org.tables[Kinds.groups][owner],
            group.text("type") == "BUILT_IN"
        {
            throw OrgFault(
                status: 400, code: "E0000211",
                summary: "Roles cannot be granted to built-in groups: \(group.text("profile.name") ?? owner)")
        }
        if type == "CUSTOM" { return try assignCustom(holder, owner, body, call, &org) }
        if org.tables[holder.table, of: owner].first(where: { $0.text("type") == type }) != nil {
            throw OrgFault(
                status: 409, code: "E0000090",
                summary: "The role specified is already assigned to the user.")
        }
        let id = id(of: type, holder, &org)
        let role: JSON = [
            "id": JSON(id), "label": JSON(label), "type": JSON(type), "status": "ACTIVE",
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "assignmentType": JSON(holder.type),
        ]
        org.tables[holder.table, of: owner][id] = role
        record("grant", owner, holder, call, &org)
        return .json(shown(role, of: owner, holder, call, org), status: 201)
    }

    /// Assigns a custom role with a resource set, which creates a member of the set's binding.
    private static func assignCustom(
        _ holder: Holder, _ owner: String, _ body: JSON, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let role = try CustomRoles.find(body.text("role") ?? "", org)
        let set = try ResourceSets.find(body.text("resource-set") ?? "", org)
        let fits = { (json: JSON) in json.text("role") == role && json.text("resource-set") == set }
        if org.tables[holder.table, of: owner].first(where: fits) != nil {
            throw OrgFault(
                status: 409, code: "E0000090", summary: "The role specified is already assigned to the user.")
        }
        if org.tables[ResourceSets.bindingKind, of: set][role] == nil {
            org.tables[ResourceSets.bindingKind, of: set][role] = ["members": []]
        }
        try RoleBindings.add(owner, to: role, in: set, &org)
        let json = org.tables[holder.table, of: owner].first(where: fits)?.json ?? .emptyObject
        SystemLog.record("iam.resourceset.bindings.add", call, &org, targets: [])
        return .json(shown(json, of: owner, holder, call, org), status: 201)
    }

    /// Returns the roles that a user has through groups, each with a link to its group.
    private static func throughGroups(of user: String, _ call: Call, _ org: OrgState) -> [JSON] {
        org.memberships.groups(of: user).sorted().flatMap { group in
            org.tables[Kinds.groupRoles, of: group].all.map { _, role in
                var shown = role
                RoleTargets.embed(in: &shown, of: group, call, org)
                shown["_links"] = ["assignee": ["href": JSON("\(call.origin)/api/v1/groups/\(group)")]]
                return shown
            }
        }
    }

    static func find(
        _ holder: Holder, _ call: Call, _ org: OrgState
    ) throws(OrgFault) -> (owner: String, role: JSON) {
        let owner = try holder.check(call, org)
        let table = org.tables[holder.table, of: owner]
        // The path may have the role's type in base32 instead of the id.
        guard
            let role = table[call[1]] ?? table.first(where: { Base32.encoded($0.text("type") ?? "") == call[1] })?.json
        else {
            throw .notFound(call[1], "RoleAssignment")
        }
        return (owner, role)
    }

    private static func operations(_ holder: Holder) -> [Operation] {
        let item = holder.path + "/{roleId}"
        return [
            Operation("GET", holder.path) { call, org throws(OrgFault) in
                let owner = try holder.check(call, org)
                let state = org
                let rows = org.tables[holder.table, of: owner].all.map {
                    shown($0.json, of: owner, holder, call, state)
                }
                let inherited = holder.type == "USER" ? throughGroups(of: owner, call, org) : []
                return .json(
                    JSON((rows + inherited).sorted { ($0.text("label") ?? "") < ($1.text("label") ?? "") }))
            },
            Operation("POST", holder.path) { call, org throws(OrgFault) in try assign(holder, call, &org) },
            Operation("GET", item) { call, org throws(OrgFault) in
                let (owner, role) = try find(holder, call, org)
                return .json(shown(role, of: owner, holder, call, org))
            },
            Operation("DELETE", item) { call, org throws(OrgFault) in
                let (owner, role) = try find(holder, call, org)
                if role.text("type") == "CUSTOM" { RoleBindings.remove(call[1], &org) }
                org.tables[holder.table, of: owner][call[1]] = nil
                org.tables.removeChildren(of: "\(owner)/\(call[1])")
                record("revoke", owner, holder, call, &org)
                return .empty()
            },
        ] + RoleTargets.operations(holder)
    }

    static let all: [Operation] = holders.flatMap(operations)
}

/// The users with admin roles, directly or through groups.
enum RoleAssignees {
    private static let page = PageRule(100)

    private static func users(_ org: OrgState) -> [String] {
        var ids: Set<String> = []
        org.users.forEach { user in
            let isAssigned =
                !org.tables[Kinds.userRoles, of: user.id].isEmpty
                || org.memberships.groups(of: user.id).contains { !org.tables[Kinds.groupRoles, of: $0].isEmpty }
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
