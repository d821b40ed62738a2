import OktaRuntime

/// Bindings: the members that have a custom role for a resource set. A member is a user, a group or a client app.
///
/// The assignment of a custom role and the member of a binding are two views of the same object.
enum RoleBindings {
    private static let kind = ResourceSets.bindingKind
    private static let path = "/api/v1/iam/resource-sets/{setId}/bindings"

    /// Returns the path of a member by its kind, and the table of its role assignments.
    private static func holder(_ id: String, _ org: OrgState) -> (path: String, table: String, type: String)? {
        if org.users[id] != nil { return ("/api/v1/users/\(id)", Kinds.userRoles, "USER") }
        if org.tables[Kinds.groups][id] != nil { return ("/api/v1/groups/\(id)", Kinds.groupRoles, "GROUP") }
        if org.tables[Kinds.apps][id] != nil { return ("/oauth2/v1/clients/\(id)", Kinds.clientRoles, "CLIENT") }
        return nil
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (set: String, role: String) {
        let set = try ResourceSets.find(call[0], org)
        let role = (try? CustomRoles.find(call[1], org)) ?? call[1]
        guard org.tables[kind, of: set][role] != nil else { throw .notFound(call[1], "IAMRoleBinding") }
        return (set, role)
    }

    private static func members(_ set: String, _ role: String, _ org: OrgState) -> [JSON] {
        org.tables[kind, of: set][role]?["members"]?.elements ?? []
    }

    /// Adds a member; keeps an existing one.
    static func add(
        _ member: String, to role: String, in set: String, _ org: inout OrgState
    ) throws(OrgFault) {
        guard let holder = holder(member, org) else {
            throw .invalid("members", "members: '\(member)' is not a user, group or client.")
        }
        var all = members(set, role, org)
        if all.contains(where: { $0.text("owner") == member }) { return }
        let id = org.ids.next("irb")
        all.append([
            "id": JSON(id), "owner": JSON(member), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
        ])
        org.tables[kind, of: set][role] = ["members": JSON(all)]
        org.tables[holder.table, of: member][id] = [
            "id": JSON(id), "label": org.tables[CustomRoles.roles.kind][role]?["label"] ?? "", "type": "CUSTOM",
            "status": "ACTIVE", "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
            "assignmentType": JSON(holder.type), "role": JSON(role), "resource-set": JSON(set),
        ]
    }

    /// Removes the member that corresponds to an assignment.
    static func remove(_ id: String, _ org: inout OrgState) {
        for (set, _) in org.tables[ResourceSets.sets.kind].all {
            for (role, json) in org.tables[kind, of: set].all {
                let all = json["members"]?.elements ?? []
                guard let member = all.first(where: { $0.text("id") == id }) else { continue }
                org.tables[kind, of: set][role]?["members"] = JSON(all.filter { $0.text("id") != id })
                if let owner = member.text("owner"), let holder = holder(owner, org) {
                    org.tables[holder.table, of: owner][id] = nil
                }
            }
        }
    }

    /// Removes the members of a set's bindings, or only of one role's binding, together with their assignments.
    static func removeAll(of set: String, withRole wanted: String? = nil, _ org: inout OrgState) {
        for (role, _) in org.tables[kind, of: set].all where wanted == nil || role == wanted {
            for member in members(set, role, org) { remove(member.text("id") ?? "", &org) }
        }
    }

    private static func shown(_ member: JSON, _ call: Call, _ org: OrgState) -> JSON {
        var shown = member
        let owner = member.text("owner") ?? ""
        shown["owner"] = nil as JSON?
        shown["_links"] = ["self": ["href": JSON("\(call.origin)\(holder(owner, org)?.path ?? "")")]]
        return shown
    }

    private static func links(_ set: String, _ role: String, _ call: Call) -> JSON {
        let base = "\(call.origin)/api/v1/iam/resource-sets/\(set)"
        return [
            "self": ["href": JSON("\(base)/bindings/\(role)")], "bindings": ["href": JSON("\(base)/bindings")],
            "resource-set": ["href": JSON(base)],
        ]
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let set = try ResourceSets.find(call[0], org)
        let body = try call.object()
        let role = try CustomRoles.find(body.text("role") ?? "", org)
        let added = (body["members"]?.elements ?? []).compactMap(\.string)
        if org.tables[kind, of: set][role] == nil { org.tables[kind, of: set][role] = ["members": []] }
        for url in added { try add(lastSegment(url), to: role, in: set, &org) }
        return .json(["id": JSON(role), "_links": links(set, role, call)])
    }

    /// Returns the id of a member, which is the last segment of its URL.
    private static func lastSegment(_ url: String) -> String { url.split(separator: "/").last.map(String.init) ?? url }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let set = try ResourceSets.find(call[0], org)
            let base = "\(call.origin)/api/v1/iam/resource-sets/\(set)"
            let rows = org.tables[kind, of: set].all.map { id, _ -> (key: String, json: JSON) in
                let links: JSON = [
                    "self": ["href": JSON("\(base)/bindings/\(id)")],
                    "members": ["href": JSON("\(base)/bindings/\(id)/members")],
                ]
                return (id, ["id": JSON(id), "_links": links])
            }
            let links: JSON = ["resource-set": ["href": JSON(base)], "self": ["href": JSON("\(base)/bindings")]]
            return try PageRule(100).wrapped(call, rows, in: "roles", links: links)
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", path + "/{roleId}") { call, org throws(OrgFault) in
            let (set, role) = try find(call, org)
            var links = links(set, role, call)
            links["members"] = ["href": JSON("\(links.text("self.href") ?? "")/members")]
            return .json(["id": JSON(role), "_links": links])
        },
        Operation("DELETE", path + "/{roleId}") { call, org throws(OrgFault) in
            let (set, role) = try find(call, org)
            for member in members(set, role, org) { remove(member.text("id") ?? "", &org) }
            org.tables[kind, of: set][role] = nil
            return .empty()
        },
        Operation("GET", path + "/{roleId}/members") { call, org throws(OrgFault) in
            let (set, role) = try find(call, org)
            let snapshot = org
            let base = "\(call.origin)/api/v1/iam/resource-sets/\(set)/bindings/\(role)"
            let rows = members(set, role, org).map {
                (key: $0.text("id") ?? "", json: shown($0, call, snapshot))
            }
            let links: JSON = ["self": ["href": JSON("\(base)/members")], "binding": ["href": JSON(base)]]
            return try PageRule(100).wrapped(call, rows, in: "members", links: links)
        },
        Operation("PATCH", path + "/{roleId}/members") { call, org throws(OrgFault) in
            let (set, role) = try find(call, org)
            let added = (try call.object()["additions"]?.elements ?? []).compactMap(\.string)
            for url in added { try add(lastSegment(url), to: role, in: set, &org) }
            return .json(["id": JSON(role), "_links": links(set, role, call)])
        },
        Operation("GET", path + "/{roleId}/members/{memberId}") { call, org throws(OrgFault) in
            let (set, role) = try find(call, org)
            guard let member = members(set, role, org).first(where: { $0.text("id") == call[2] }) else {
                throw .notFound(call[2], "IAMRoleBindingMember")
            }
            return .json(shown(member, call, org))
        },
        Operation("DELETE", path + "/{roleId}/members/{memberId}") { call, org throws(OrgFault) in
            let (set, role) = try find(call, org)
            guard members(set, role, org).contains(where: { $0.text("id") == call[2] }) else {
                throw .notFound(call[2], "IAMRoleBindingMember")
            }
            remove(call[2], &org)
            return .empty()
        },
    ]
}
