import OktaRuntime

/// Resource owners: up to five users or one group, for an app, a group, a bundle, an entitlement value or a
/// collection.
enum ResourceOwners {
    private static let path = Governance.v1 + "/resource-owners"
    /// The resource names of owners, by the resource's name.
    private static let kind = path
    private static let maximum = (owners: 5, resources: 10)

    // MARK: Resources

    private struct OwnedResource {
        var type: String
        var profile: JSON
        /// The parent app. A group is its own parent, and a collection has none.
        var parent: String?
    }

    /// Returns the type in a resource name, such as `apps`.
    private static func type(of name: String) -> String {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return parts.count > 4 ? parts[4] : ""
    }

    private static func find(_ name: String, _ org: OrgState) -> OwnedResource? {
        let id = Governance.id(inName: name)
        let type = type(of: name)
        var profile: JSON = ["id": JSON(id)]
        func described(_ json: JSON?) -> Bool {
            guard let json else { return false }
            for member in ["name", "description"] { profile[member] = json[member] }
            return true
        }
        switch type {
        case "apps":
            guard let app = org.tables[Kinds.apps][id] else { return nil }
            profile["name"] = app["name"]
            profile["label"] = app["label"]
            return OwnedResource(type: type, profile: profile, parent: Governance.appName(id, org))
        case "groups":
            guard described(org.tables[Kinds.groups][id]?["profile"]) else { return nil }
            return OwnedResource(type: type, profile: profile, parent: name)
        case "collections":
            guard described(org.tables[Collections.kind][id]) else { return nil }
            return OwnedResource(type: type, profile: profile, parent: nil)
        case "entitlement-bundles":
            guard described(org.tables[Grants.bundleKind][id]) else { return nil }
        case "entitlement-values":
            let owner = org.tables[Entitlements.kind].first { value(id, of: $0) != nil }
            guard let owner, described(value(id, of: owner.json)) else { return nil }
            profile["parent"] = ["id": JSON(owner.id), "name": owner.json["name"] ?? .null]
        default: return nil
        }
        return OwnedResource(
            type: type, profile: profile, parent: Grants.app(ofResource: name, org).map { Governance.appName($0, org) })
    }

    private static func value(_ id: String, of entitlement: JSON) -> JSON? {
        entitlement["values"]?.elements?.first { $0.text("id") == id }
    }

    private static func shown(_ name: String, _ resource: OwnedResource) -> JSON {
        [
            "id": JSON(Governance.id(inName: name)), "type": JSON(resource.type), "orn": JSON(name),
            "profile": resource.profile,
        ]
    }

    // MARK: Owners

    private static func owner(_ name: String, _ call: Call, _ org: OrgState) -> JSON {
        let id = Governance.id(inName: name)
        var profile: JSON = ["id": JSON(id)]
        let isGroup = GovernedAccess.isGroup(id, org)
        if isGroup {
            profile["name"] = org.tables[Kinds.groups][id]?[path: "profile.name"] ?? .null
            profile["metadata"] = ["userAssignmentCount": JSON(org.memberships.members(of: id).count)]
        } else if let user = org.users[id] {
            let names = ["firstName", "lastName"].compactMap { user.profile.text($0) }
            profile["name"] = JSON(names.joined(separator: " "))
            profile["email"] = JSON(user.profile.text("email") ?? "")
        }
        let page = isGroup ? "/admin/group/" : "/admin/user/profile/view/"
        profile["_links"] = ["self": ["href": JSON(call.adminOrigin + page + id)]]
        return [
            "id": JSON("pri" + id.dropFirst(3)), "type": isGroup ? "groups" : "users", "orn": JSON(name),
            "profile": profile,
        ]
    }

    private static func entry(_ name: String, _ call: Call, _ org: OrgState) -> JSON? {
        guard let resource = find(name, org) else { return nil }
        let owners = (org.tables[kind][name]?.elements ?? []).compactMap(\.string)
        var json: JSON = [
            "resource": shown(name, resource),
            "principals": owners.isEmpty ? .null : JSON(owners.map { owner($0, call, org) }),
        ]
        if let parent = resource.parent { json["parentResourceOrn"] = JSON(parent) }
        return json
    }

    /// Throws unless the owners are at most five users or one group.
    private static func check(_ owners: [String], _ org: OrgState) throws(OrgFault) {
        guard owners.count <= maximum.owners else {
            throw .invalid("principalOrns", "principalOrns: A resource can have \(maximum.owners) owners.")
        }
        for name in owners {
            let id = Governance.id(inName: name)
            if type(of: name) == "groups" {
                guard GovernedAccess.isGroup(id, org) else { throw .notFound(id, "UserGroup") }
                guard owners.count == 1 else {
                    throw .invalid("principalOrns", "principalOrns: A group owns a resource alone.")
                }
            } else {
                guard org.users[id] != nil else { throw .notFound(id, "User") }
            }
        }
    }

    private static func set(_ owners: [String], of resource: String, _ org: inout OrgState) {
        if owners.isEmpty {
            org.tables[kind][resource] = nil
        } else {
            org.tables[kind][resource] = JSON(owners.map { JSON($0) })
        }
    }

    /// Replaces the owners of resources. An empty list removes all.
    private static func configure(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let resources = (body["resourceOrns"]?.elements ?? []).compactMap(\.string)
        guard (1...maximum.resources).contains(resources.count) else {
            throw .invalid("resourceOrns", "resourceOrns: From 1 to \(maximum.resources) resources must be given.")
        }
        let owners = (body["principalOrns"]?.elements ?? []).compactMap(\.string)
        try check(owners, org)
        for name in resources where find(name, org) == nil {
            throw .invalid("resourceOrns", "resourceOrns: \(name) is not found.")
        }
        for name in resources {
            set(owners, of: name, &org)
        }
        return .json(["data": JSON(resources.compactMap { entry($0, call, org) })])
    }

    /// Removes owners of one resource.
    private static func remove(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let name = try Checks.text("resourceOrn", of: body)
        guard find(name, org) != nil else { throw .invalid("resourceOrn", "resourceOrn: \(name) is not found.") }
        let steps = body["data"]?.elements ?? []
        guard (1...maximum.owners).contains(steps.count) else {
            throw .invalid("data", "data: From 1 to \(maximum.owners) operations must be given.")
        }
        var owners = (org.tables[kind][name]?.elements ?? []).compactMap(\.string)
        for step in steps {
            try Checks.choice("op", of: step, ["REMOVE"])
            try Checks.choice("path", of: step, ["/principalOrn"])
            let owner = try Checks.text("value", of: step)
            owners.removeAll { $0 == owner }
        }
        set(owners, of: name, &org)
        return .empty()
    }

    // MARK: Lists

    /// Throws unless the filter names a parent resource (or, where allowed, a resource), and a type if it compares the
    /// resource's profile.
    private static func checkFilter(_ call: Call, orResource takesResource: Bool) throws(OrgFault) {
        guard let filter = call.query("filter"), !filter.isEmpty else { throw .missing("filter") }
        // The list reports a syntax error in the filter.
        guard let names = try? FilterExpression.requested(filter).paths.map(\.text) else { return }
        let isEnough = names.contains("parentResourceOrn") || takesResource && names.contains("resource.orn")
        let needsType = names.contains { $0.hasPrefix("resource.profile.") }
        guard isEnough, !needsType || names.contains("resource.type") else {
            throw .invalid("filter", "filter: The filter must name the parent resource and the type of resource.")
        }
    }

    private static func list(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        try checkFilter(call, orResource: true)
        let includesParent = call.query("include") == "parent_resource_owner"
        let rows = org.tables[kind].all.compactMap { name, _ in entry(name, call, org).map { (key: name, json: $0) } }
            .filter { name, json in
                let isParent = json.text("parentResourceOrn") == name && type(of: name) == "apps"
                return includesParent || !isParent
            }
        return try Governance.page(call, rows) { $0 }
    }

    /// Returns the resources of an app that have no owner.
    private static func unowned(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        try checkFilter(call, orResource: false)
        let bundles = org.tables[Grants.bundleKind].all.compactMap { $0.json.text("orn") }
        let values = org.tables[Entitlements.kind].all.flatMap { $0.json["values"]?.elements ?? [] }
            .compactMap { $0.text("orn") }
        var rows: [(key: String, json: JSON)] = []
        for name in bundles + values where org.tables[kind][name] == nil {
            guard let resource = find(name, org), let parent = resource.parent else { continue }
            rows.append((name, ["parentResourceOrn": JSON(parent), "resource": shown(name, resource)]))
        }
        var response = try Governance.page(call, rows, total: false) { $0["resource"] ?? .null }
        guard var json = try? JSON(parsing: response.body),
            let parent = try FilterExpression.requested(call.query("filter") ?? "").equalities["parentResourceOrn"]
        else { return response }
        json["parentResourceOrn"] = JSON(parent)
        response.body = json.bytes
        return response
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in try list(call, org) },
        Operation("POST", path) { call, org throws(OrgFault) in try configure(call, &org) },
        Operation("PATCH", path) { call, org throws(OrgFault) in try remove(call, &org) },
        Operation("GET", path + "/catalog/resources") { call, org throws(OrgFault) in try unowned(call, org) },
    ]
}
