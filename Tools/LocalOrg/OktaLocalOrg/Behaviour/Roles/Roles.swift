import OktaRuntime

/// Admin roles of users, groups and client apps, with their targets.
enum Roles {
    static let users = "roles.users"
    static let groups = "roles.groups"
    static let clients = "roles.clients"

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

    /// Roles that are assigned once for each principal and so have an id of their own; the id of every other role is its
    /// name in base32, the same for everybody.
    private static let ownIDs: Set = ["SUPER_ADMIN", "READ_ONLY_ADMIN", "ORG_ADMIN", "CUSTOM"]

    private struct Holder: Sendable {
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
                guard org.tables[GroupOperations.kind][call[0]] != nil else { throw .notFound(call[0], "UserGroup") }
            default:
                guard org.tables[Apps.kind][call[0]] != nil else { throw .notFound(call[0], "PublicClientApp") }
            }
            return call[0]
        }
    }

    private static let holders = [
        Holder(path: "/api/v1/users/{userId}/roles", table: users, type: "USER", prefix: "ra1"),
        Holder(path: "/api/v1/groups/{groupId}/roles", table: groups, type: "GROUP", prefix: "gra"),
        Holder(path: "/oauth2/v1/clients/{clientId}/roles", table: clients, type: "CLIENT", prefix: "ra1"),
    ]

    private static func id(of type: String, _ holder: Holder, _ org: inout OrgState) -> String {
        ownIDs.contains(type) ? org.ids.next(holder.prefix) : Base32.encoded(type)
    }

    private static func shown(_ json: JSON, _ holder: Holder, _ call: Call) -> JSON {
        let list = holder.path.split(separator: "/").dropLast(2).joined(separator: "/")
        var shown = json
        shown["_links"] = ["assignee": ["href": JSON("\(call.origin)/\(list)/\(call[0])")]]
        return shown
    }

    private static func assign(_ holder: Holder, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let owner = try holder.check(call, org)
        let body = try call.object()
        guard let type = body.text("type"), let label = labels[type] else {
            throw .invalid("type", "type: Invalid role type.")
        }
        if org.tables[holder.table, of: owner].first(where: { $0.text("type") == type && type != "CUSTOM" }) != nil {
            throw OrgFault(
                status: 409, code: "E0000090",
                summary: "The role specified is already assigned to the user.")
        }
        let id = id(of: type, holder, &org)
        var role: JSON = [
            "id": JSON(id), "label": JSON(label), "type": JSON(type), "status": "ACTIVE",
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "assignmentType": JSON(holder.type),
        ]
        for member in ["role", "resource-set"] { role[member] = body[member] }
        org.tables[holder.table, of: owner][id] = role
        SystemLog.record(
            holder.type == "GROUP" ? "group.privilege.grant" : "user.account.privilege.grant", call, &org, targets: [])
        return .json(shown(role, holder, call), status: 201)
    }

    private static func find(
        _ holder: Holder, _ call: Call, _ org: OrgState
    ) throws(OrgFault) -> (owner: String, role: JSON) {
        let owner = try holder.check(call, org)
        guard let role = org.tables[holder.table, of: owner][call[1]] else {
            throw .notFound(call[1], "RoleAssignment")
        }
        return (owner, role)
    }

    /// The table of a role's targets.
    private static func targets(_ kind: String, _ owner: String, _ role: String) -> (kind: String, parent: String) {
        ("targets.\(kind)", "\(owner)/\(role)")
    }

    private static func operations(_ holder: Holder) -> [Operation] {
        let item = holder.path + "/{roleId}"
        return [
            Operation("GET", holder.path) { call, org throws(OrgFault) in
                let owner = try holder.check(call, org)
                let rows = org.tables[holder.table, of: owner].all.map(\.json)
                    .sorted { ($0.text("label") ?? "") < ($1.text("label") ?? "") }
                return .json(JSON(rows.map { shown($0, holder, call) }))
            },
            Operation("POST", holder.path) { call, org throws(OrgFault) in try assign(holder, call, &org) },
            Operation("GET", item) { call, org throws(OrgFault) in
                .json(shown(try find(holder, call, org).role, holder, call))
            },
            Operation("DELETE", item) { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                org.tables[holder.table, of: owner][call[1]] = nil
                org.tables.removeChildren(of: "\(owner)/\(call[1])")
                SystemLog.record(
                    holder.type == "GROUP" ? "group.privilege.revoke" : "user.account.privilege.revoke", call, &org,
                    targets: [])
                return .empty()
            },
            Operation("GET", item + "/targets/groups") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                let (kind, parent) = targets("groups", owner, call[1])
                let table = org.tables[GroupOperations.kind]
                let rows = org.tables[kind, of: parent].all.compactMap { id, _ in table[id].map { (id, $0) } }
                let snapshot = org
                return try PageRule(20).reply(call, rows) { GroupOperations.shown($0, call, snapshot) }
            },
            Operation("PUT", item + "/targets/groups/{targetId}") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                guard org.tables[GroupOperations.kind][call[2]] != nil else { throw .notFound(call[2], "UserGroup") }
                let (kind, parent) = targets("groups", owner, call[1])
                org.tables[kind, of: parent][call[2]] = ["id": JSON(call[2])]
                touch(holder, owner, call[1], &org)
                return .empty()
            },
            Operation("DELETE", item + "/targets/groups/{targetId}") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                let (kind, parent) = targets("groups", owner, call[1])
                org.tables[kind, of: parent][call[2]] = nil
                return .empty()
            },
            Operation("GET", item + "/targets/catalog/apps") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                let (kind, parent) = targets("apps", owner, call[1])
                let rows = org.tables[kind, of: parent].all.map { ($0.id, $0.json) }
                return try PageRule(20, dropped: ["status"]).reply(call, rows) { $0 }
            },
            Operation("PUT", item + "/targets/catalog/apps/{appName}") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                let (kind, parent) = targets("apps", owner, call[1])
                org.tables[kind, of: parent][call[2]] = catalogApp(call[2], call, org)
                touch(holder, owner, call[1], &org)
                return .empty()
            },
            Operation("DELETE", item + "/targets/catalog/apps/{appName}") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                let (kind, parent) = targets("apps", owner, call[1])
                org.tables[kind, of: parent][call[2]] = nil
                return .empty()
            },
            Operation("PUT", item + "/targets/catalog/apps/{appName}/{appId}") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                guard let app = org.tables[Apps.kind][call[3]] else { throw .notFound(call[3], "AppInstance") }
                let (kind, parent) = targets("apps", owner, call[1])
                org.tables[kind, of: parent][call[3]] = [
                    "name": app["label"] ?? "", "status": app["status"] ?? "ACTIVE", "id": JSON(call[3]),
                    "_links": ["self": ["href": JSON("\(call.origin)/api/v1/apps/\(call[3])")]],
                ]
                touch(holder, owner, call[1], &org)
                return .empty()
            },
            Operation("DELETE", item + "/targets/catalog/apps/{appName}/{appId}") { call, org throws(OrgFault) in
                let (owner, _) = try find(holder, call, org)
                let (kind, parent) = targets("apps", owner, call[1])
                org.tables[kind, of: parent][call[3]] = nil
                return .empty()
            },
        ]
    }

    /// A target resets the dates of a group's role.
    private static func touch(_ holder: Holder, _ owner: String, _ role: String, _ org: inout OrgState) {
        guard holder.type == "GROUP" else { return }
        for member in ["created", "lastUpdated"] {
            org.tables[holder.table, of: owner][role]?[member] = JSON(org.now.text)
        }
    }

    private static func catalogApp(_ name: String, _ call: Call, _ org: OrgState) -> JSON {
        [
            "name": JSON(name), "displayName": JSON(name), "description": "", "status": "ACTIVE",
            "lastUpdated": JSON(org.now.text), "category": "", "verificationStatus": "OKTA_VERIFIED",
            "signOnModes": [], "_links": ["self": ["href": JSON("\(call.origin)/api/v1/catalog/apps/\(name)")]],
        ]
    }

    static let all: [Operation] = holders.flatMap(operations)
}

/// Base32 by RFC 4648, without padding.
enum Base32 {
    static func encoded(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var output = ""
        var buffer = 0
        var bits = 0
        for byte in text.utf8 {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                output.append(alphabet[buffer >> (bits - 5) & 31])
                bits -= 5
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { output.append(alphabet[buffer << (5 - bits) & 31]) }
        return output
    }
}
