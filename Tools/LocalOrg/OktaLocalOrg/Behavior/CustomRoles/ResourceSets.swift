import OktaRuntime

/// Resource sets: the resources that custom roles apply to, and the bindings of roles to members.
enum ResourceSets {
    static let sets = Resource("/api/v1/iam/resource-sets", "IAMPolicy", "iam") {
        $0.wrapper = "resource-sets"
        $0.page = PageRule(100)
        $0.aliasField = "label"
        $0.linksToSelf = true
        $0.hidden = ["resources"]
        $0.links = { _ in
            """
            {"bindings":{"href":"<self>/bindings"},"self":{"href":"<self>"},"resources":{"href":"<self>/resources"}}
            """
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            try CustomRoles.checkLabel(json, "/api/v1/iam/resource-sets", "a resource set", change.id, org)
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            add(json["resources"], to: change.id, &org)
        }
        $0.willDelete = { json, _, org throws(OrgFault) in RoleBindings.removeAll(of: json.text("id") ?? "", &org) }
    }

    private static let resourceKind = "/api/v1/iam/resource-sets/{}/resources"
    static let bindingKind = "/api/v1/iam/resource-sets/{}/bindings"

    private static func add(_ resources: JSON?, to set: String, _ org: inout OrgState) {
        for name in (resources?.elements ?? []).compactMap(\.string) { _ = add(name, nil, to: set, &org) }
    }

    private static func add(_ name: String, _ conditions: JSON?, to set: String, _ org: inout OrgState) -> JSON {
        let id = org.ids.next("ire")
        var json: JSON = [
            "id": JSON(id), "orn": JSON(resourceName(name, org)), "created": JSON(org.now.text),
            "lastUpdated": JSON(org.now.text), "_links": ["self": ["href": JSON(name)]],
        ]
        if let conditions { json["conditions"] = conditions }
        org.tables[resourceKind, of: set][id] = json
        return json
    }

    /// Returns the ORN of a resource. A request names a resource by its ORN or its URL.
    private static func resourceName(_ name: String, _ org: OrgState) -> String {
        guard let start = name.firstRange(of: "/api/v1/")?.upperBound else { return name }
        let parts = name[start...].split(separator: "/").map(String.init)
        guard let list = parts.first else { return name }
        if list == "apps", parts.count > 1, let orn = org.tables[Kinds.apps][parts[1]]?.text("orn") { return orn }
        guard parts.count < 3, ["users", "groups", "apps"].contains(list) else { return name }
        let area = list == "apps" ? "idp" : "directory"
        return "orn:okta:\(area):\(org.identity.orgID):\(parts.joined(separator: ":"))"
    }

    /// Returns the id of a resource set. The path has the id or the label.
    static func find(_ name: String, _ org: OrgState) throws(OrgFault) -> String {
        if org.tables[sets.kind][name] != nil { return name }
        guard let named = org.tables[sets.kind].first(where: { $0.text("label") == name }) else {
            throw .notFound(name, "IAMPolicy")
        }
        return named.id
    }

    private static func findResource(_ call: Call, _ org: OrgState) throws(OrgFault) -> (set: String, json: JSON) {
        let set = try find(call[0], org)
        guard let json = org.tables[resourceKind, of: set][call[1]] else {
            throw .notFound(call[1], "IAMPolicyResource")
        }
        return (set, json)
    }

    private static let path = "/api/v1/iam/resource-sets/{setId}/resources"

    private static func base(_ set: String, _ call: Call) -> String {
        "\(call.origin)/api/v1/iam/resource-sets/\(set)"
    }

    /// Returns a resource in the form of a list, with links to the object that it refers to and to itself.
    private static func linked(_ json: JSON, in set: String, _ call: Call) -> JSON {
        var json = json
        let parts = (json.text("orn") ?? "").split(separator: ":").map(String.init)
        if parts.count > 4, parts[0] == "orn" {
            let list = "\(call.origin)/api/v1/\(parts[4])"
            if parts.count > 5, let id = parts.last {
                json[path: "_links.self"] = ["href": JSON("\(list)/\(id)")]
            } else {
                json[path: "_links.self"] = ["href": JSON(list)]
                // All users or all groups have a second link to their list.
                if ["users", "groups"].contains(parts[4]) { json[path: "_links.\(parts[4])"] = ["href": JSON(list)] }
            }
        }
        json[path: "_links.resource"] = ["href": JSON("\(base(set, call))/resources/\(json.text("id") ?? "")")]
        return json
    }

    static let all: [Operation] =
        sets.operations() + [
            Operation("GET", path) { call, org throws(OrgFault) in
                let set = try find(call[0], org)
                let rows = org.tables[resourceKind, of: set].all.map {
                    (key: $0.id, json: linked($0.json, in: set, call))
                }
                let links: JSON = [
                    "resource-set": ["href": JSON(base(set, call))],
                    "self": ["href": JSON("\(base(set, call))/resources")],
                ]
                return try PageRule(100).wrapped(call, rows, in: "resources", links: links)
            },
            Operation("POST", path) { call, org throws(OrgFault) in
                let set = try find(call[0], org)
                let body = try call.object()
                guard let name = body.text("resourceOrnOrUrl"), !name.isEmpty else {
                    throw .invalid("resourceOrnOrUrl", "resourceOrnOrUrl: The field cannot be left blank")
                }
                return .json(linked(add(name, body["conditions"], to: set, &org), in: set, call))
            },
            Operation("PATCH", path) { call, org throws(OrgFault) in
                let set = try find(call[0], org)
                add(try call.object()["additions"], to: set, &org)
                let json = org.tables[sets.kind][set] ?? .emptyObject
                return sets.response(showing: sets.shown(json, id: set, call, org), status: 200)
            },
            Operation("GET", path + "/{resourceId}") { call, org throws(OrgFault) in
                let (set, json) = try findResource(call, org)
                return .json(linked(json, in: set, call))
            },
            Operation("PUT", path + "/{resourceId}") { call, org throws(OrgFault) in
                var (set, json) = try findResource(call, org)
                json["conditions"] = try call.object()["conditions"]
                json["lastUpdated"] = JSON(org.now.text)
                org.tables[resourceKind, of: set][call[1]] = json
                return .json(linked(json, in: set, call))
            },
            Operation("DELETE", path + "/{resourceId}") { call, org throws(OrgFault) in
                let (set, _) = try findResource(call, org)
                org.tables[resourceKind, of: set][call[1]] = nil
                return .empty()
            },
        ] + RoleBindings.all
}
