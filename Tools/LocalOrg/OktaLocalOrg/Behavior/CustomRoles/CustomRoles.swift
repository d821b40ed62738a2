import OktaRuntime

/// Custom admin roles and their permissions.
enum CustomRoles {
    private static let roleLinks: JSONTemplate =
        #"{"permissions":{"href":"<admin>/api/v1/iam/roles/<id>/permissions"},"self":{"href":"<admin>/api/v1/iam/roles/<id>"}}"#

    static func checkLabel(
        _ json: JSON, _ kind: String, _ what: String, _ id: String, _ org: OrgState
    ) throws(OrgFault) {
        guard let label = json.text("label"), !label.isEmpty else {
            throw .invalid("label", "label: Label must be specified")
        }
        if org.tables[kind].first(where: { $0.text("label") == label && $0.text("id") != id }) != nil {
            throw .invalid("label", "label: There is already \(what) with this name.")
        }
    }

    static let roles = Resource("/api/v1/iam/roles", "CustomRole", "cr0") {
        $0.wrapper = "roles"
        $0.page = PageRule(100)
        $0.aliasField = "label"
        $0.linksToSelf = true
        $0.linksToAdmin = true
        $0.kept = ["isCloneable"]
        $0.hidden = ["permissions"]
        $0.defaults = #"{"isCloneable":false}"#
        $0.present = { json, _, org in
            if !org.features.roleCloning { json["isCloneable"] = nil as JSON? }
        }
        $0.links = { _ in roleLinks }
        $0.prepare = { json, change, org throws(OrgFault) in
            try checkLabel(json, "/api/v1/iam/roles", "an admin role", change.id, org)
            json["_links"] = nil as JSON?
            if change.verb == .create {
                let permissions = (json["permissions"]?.elements ?? []).compactMap(\.string)
                for permission in permissions { try check(permission: permission) }
            }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            let id = json.text("id") ?? ""
            for set in org.tables.parents(of: id, kind: ResourceSets.bindingKind) {
                RoleBindings.removeAll(of: set, withRole: id, &org)
                org.tables[ResourceSets.bindingKind, of: set][id] = nil
            }
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            for permission in (json["permissions"]?.elements ?? []).compactMap(\.string) {
                org.tables[permissionKind, of: change.id][permission] = newPermission(permission, org)
            }
        }
    }

    private static let permissionKind = "/api/v1/iam/roles/{}/permissions"

    private static func newPermission(_ label: String, _ org: OrgState) -> JSON {
        [
            "label": JSON(label), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
            "conditions": .null,
        ]
    }

    private static func shown(_ permission: JSON, _ call: Call) -> JSON {
        let base = "\(call.adminOrigin)/api/v1/iam/roles/\(call[0])"
        var shown = permission
        shown["_links"] = [
            "role": ["href": JSON(base)],
            "self": ["href": JSON("\(base)/permissions/\(permission.text("label") ?? "")")],
        ]
        return shown
    }

    /// Returns the id of a role. The path has the id or the label.
    static func find(_ name: String, _ org: OrgState) throws(OrgFault) -> String {
        if org.tables[roles.kind][name] != nil { return name }
        guard let named = org.tables[roles.kind].first(where: { $0.text("label") == name }) else {
            throw .notFound(name, "CustomRole")
        }
        return named.id
    }

    /// Throws for an unknown permission.
    private static func check(permission: String) throws(OrgFault) {
        let parts = permission.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "okta", parts.allSatisfy({ !$0.isEmpty }) else {
            throw .invalid("permission", "permission: '\(permission)' is not a permission.")
        }
    }

    private static func set(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> JSON {
        let role = try find(call[0], org)
        try check(permission: call[1])
        var permission = org.tables[permissionKind, of: role][call[1]] ?? newPermission(call[1], org)
        permission["conditions"] = try call.object()["conditions"] ?? .some(.null)
        permission["lastUpdated"] = JSON(org.now.text)
        org.tables[permissionKind, of: role][call[1]] = permission
        return permission
    }

    static let all: [Operation] =
        roles.operations() + [
            Operation("GET", "/api/v1/iam/roles/{roleId}/permissions") { call, org throws(OrgFault) in
                let role = try find(call[0], org)
                let rows = org.tables[permissionKind, of: role].all.map { shown($0.json, call) }
                return .json(["permissions": JSON(rows)])
            },
            Operation("GET", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                let role = try find(call[0], org)
                guard let permission = org.tables[permissionKind, of: role][call[1]] else {
                    throw .notFound(call[1], "Permission")
                }
                let json = shown(permission, call)
                var response = OrgResponse.json(json)
                response.linkToSelf(of: json)
                return response
            },
            Operation("POST", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                _ = try set(call, &org)
                return .empty()
            },
            Operation("PUT", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                .json(shown(try set(call, &org), call))
            },
            Operation("DELETE", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                let role = try find(call[0], org)
                org.tables[permissionKind, of: role][call[1]] = nil
                return .empty()
            },
        ]
}
