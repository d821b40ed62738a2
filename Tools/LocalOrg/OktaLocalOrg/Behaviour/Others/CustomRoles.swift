import OktaRuntime

/// Custom admin roles and resource sets.
enum CustomRoles {
    private static let roleLinks: JSONTemplate =
        #"{"permissions":{"href":"<admin>/api/v1/iam/roles/<id>/permissions"},"self":{"href":"<admin>/api/v1/iam/roles/<id>"}}"#

    private static func checkLabel(
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
        $0.aliasField = "label"
        $0.linksToSelf = true
        $0.kept = ["isCloneable"]
        $0.hidden = ["permissions"]
        $0.defaults = #"{"isCloneable":false}"#
        $0.links = { _ in roleLinks }
        $0.prepare = { json, change, org throws(OrgFault) in
            try checkLabel(json, "/api/v1/iam/roles", "an admin role", change.id, org)
            json["_links"] = nil as JSON?
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
        let base = "\(call.origin)/api/v1/iam/roles/\(call[0])"
        var shown = permission
        shown["_links"] = [
            "role": ["href": JSON(base)],
            "self": ["href": JSON("\(base)/permissions/\(permission.text("label") ?? "")")],
        ]
        return shown
    }

    private static func checkRole(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[roles.kind][call[0]] != nil else { throw .notFound(call[0], "CustomRole") }
    }

    // MARK: Resource sets

    static let sets = Resource("/api/v1/iam/resource-sets", "IAMPolicy", "iam") {
        $0.wrapper = "resource-sets"
        $0.aliasField = "label"
        $0.linksToSelf = true
        $0.hidden = ["resources"]
        $0.links = { _ in
            """
            {"bindings":{"href":"<self>/bindings"},"self":{"href":"<self>"},"resources":{"href":"<self>/resources"}}
            """
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            try checkLabel(json, "/api/v1/iam/resource-sets", "a resource set", change.id, org)
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            add(json["resources"], to: change.id, &org)
        }
    }

    private static let resourceKind = "/api/v1/iam/resource-sets/{}/resources"
    private static let bindingKind = "/api/v1/iam/resource-sets/{}/bindings"

    private static func add(_ resources: JSON?, to set: String, _ org: inout OrgState) {
        for name in (resources?.elements ?? []).compactMap(\.string) {
            let id = org.ids.next("ire")
            org.tables[resourceKind, of: set][id] = [
                "id": JSON(id), "orn": JSON(name), "created": JSON(org.now.text),
                "lastUpdated": JSON(org.now.text),
                "_links": ["self": ["href": JSON(name)]],
            ]
        }
    }

    private static func checkSet(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[sets.kind][call[0]] != nil else { throw .notFound(call[0], "IAMPolicy") }
    }

    static let all: [Operation] =
        roles.operations() + sets.operations() + [
            Operation("GET", "/api/v1/iam/roles/{roleId}/permissions") { call, org throws(OrgFault) in
                try checkRole(call, org)
                let rows = org.tables[permissionKind, of: call[0]].all.map { shown($0.json, call) }
                return .json(["permissions": JSON(rows)])
            },
            Operation("GET", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                try checkRole(call, org)
                guard let permission = org.tables[permissionKind, of: call[0]][call[1]] else {
                    throw .notFound(call[1], "Permission")
                }
                return .json(shown(permission, call))
            },
            Operation("POST", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                try checkRole(call, org)
                var permission = newPermission(call[1], org)
                if let conditions = try call.object()["conditions"] { permission["conditions"] = conditions }
                org.tables[permissionKind, of: call[0]][call[1]] = permission
                return .empty()
            },
            Operation("DELETE", "/api/v1/iam/roles/{roleId}/permissions/{permission}") { call, org throws(OrgFault) in
                try checkRole(call, org)
                org.tables[permissionKind, of: call[0]][call[1]] = nil
                return .empty()
            },
            Operation("GET", "/api/v1/iam/resource-sets/{setId}/resources") { call, org throws(OrgFault) in
                try checkSet(call, org)
                let rows = org.tables[resourceKind, of: call[0]].all.map(\.json)
                let base = "\(call.origin)/api/v1/iam/resource-sets/\(call[0])"
                return .json([
                    "resources": JSON(rows),
                    "_links": [
                        "resource-set": ["href": JSON(base)], "self": ["href": JSON("\(base)/resources")],
                    ],
                ])
            },
            Operation("PATCH", "/api/v1/iam/resource-sets/{setId}/resources") { call, org throws(OrgFault) in
                try checkSet(call, org)
                add(try call.object()["additions"], to: call[0], &org)
                let json = org.tables[sets.kind][call[0]] ?? .emptyObject
                return .json(sets.shown(json, id: call[0], call, org))
            },
            Operation("DELETE", "/api/v1/iam/resource-sets/{setId}/resources/{resourceId}") {
                call, org throws(OrgFault) in
                try checkSet(call, org)
                guard org.tables[resourceKind, of: call[0]][call[1]] != nil else {
                    throw .notFound(call[1], "IAMPolicyResource")
                }
                org.tables[resourceKind, of: call[0]][call[1]] = nil
                return .empty()
            },
            Operation("GET", "/api/v1/iam/resource-sets/{setId}/bindings") { call, org throws(OrgFault) in
                try checkSet(call, org)
                let base = "\(call.origin)/api/v1/iam/resource-sets/\(call[0])"
                let rows = org.tables[bindingKind, of: call[0]].all.map { id, _ -> JSON in
                    [
                        "id": JSON(id),
                        "_links": [
                            "self": ["href": JSON("\(base)/bindings/\(id)")],
                            "members": ["href": JSON("\(base)/bindings/\(id)/members")],
                        ],
                    ]
                }
                return .json([
                    "roles": JSON(rows),
                    "_links": ["resource-set": ["href": JSON(base)], "self": ["href": JSON("\(base)/bindings")]],
                ])
            },
            Operation("POST", "/api/v1/iam/resource-sets/{setId}/bindings") { call, org throws(OrgFault) in
                try checkSet(call, org)
                let body = try call.object()
                let role = body.text("role") ?? ""
                guard org.tables[roles.kind][role] != nil else { throw .notFound(role, "CustomRole") }
                org.tables[bindingKind, of: call[0]][role] = ["members": body["members"] ?? []]
                let base = "\(call.origin)/api/v1/iam/resource-sets/\(call[0])"
                return .json([
                    "id": JSON(role),
                    "_links": [
                        "self": ["href": JSON("\(base)/bindings/\(role)")],
                        "bindings": ["href": JSON("\(base)/bindings")],
                        "resource-set": ["href": JSON(base)],
                    ],
                ])
            },
        ]
}
