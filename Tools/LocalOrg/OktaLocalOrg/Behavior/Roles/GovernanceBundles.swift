import OktaRuntime

/// Bundles of admin roles that users can request, and whether the Admin Console manages entitlements.
enum GovernanceBundles {
    private static let path = "/api/v1/iam/governance/bundles"

    static let resource = Resource(path, "GovernanceBundle", "0bb") {
        $0.initialStatus = "ACTIVE"
        $0.createdField = ""
        $0.updatedField = ""
        $0.hidden = ["entitlements"]
        $0.serverFields += ["orn"]
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json)
            json["orn"] = JSON("orn:okta:governance:\(org.identity.orgID):bundles:\(change.id)")
            var entitlements: [JSON] = []
            for entitlement in json["entitlements"]?.elements ?? [] {
                entitlements.append(try checked(entitlement, &org))
            }
            json["entitlements"] = JSON(entitlements)
        }
        $0.links = { _ in
            #"{"self":{"href":"<self>"},"entitlements":{"href":"<self>/entitlements"}}"#
        }
    }

    /// Checks an entitlement to a role: the role, and its targets or resource sets, must exist.
    private static func checked(_ json: JSON, _ org: inout OrgState) throws(OrgFault) -> JSON {
        let name = try Checks.text("role", of: json)
        let custom = org.tables[CustomRoles.roles.kind].first { $0.text("id") == name || $0.text("label") == name }?
            .json
        guard let label = Roles.label(of: name) ?? custom?.text("label") else { throw .notFound(name, "CustomRole") }
        for set in (json["resourceSets"]?.elements ?? []).compactMap(\.string) {
            _ = try ResourceSets.find(set, org)
        }
        for target in (json["targets"]?.elements ?? []).compactMap(\.string) {
            guard org.tables[Kinds.groups][target] != nil || org.tables[Kinds.apps][target] != nil else {
                throw .notFound(target, "Target")
            }
        }
        var entitlement = json
        entitlement["id"] = JSON(org.ids.next("esp"))
        entitlement["name"] = JSON(label)
        entitlement["description"] = custom?["description"] ?? JSON(label)
        return entitlement
    }

    // MARK: Lists

    /// Returns a list with links, in the given member.
    private static func wrapped(
        _ rows: [JSON], in member: String, _ call: Call, links more: JSON = [:], show: (JSON) -> JSON
    ) throws(OrgFault) -> OrgResponse {
        var links: JSON = ["self": ["href": JSON(call.origin + call.request.target)]]
        links.merge(more)
        let rows = rows.map { (key: $0.text("id") ?? "", json: show($0)) }
        return try PageRule(20).wrapped(call, rows, in: member, links: links)
    }

    private static func entitlements(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let (id, _, json) = try resource.find(call, org)
        let bundle = "\(call.origin)\(path)/\(id)"
        return try wrapped(
            json["entitlements"]?.elements ?? [], in: "entitlements", call, links: ["bundle": ["href": JSON(bundle)]]
        ) { entitlement in
            var shown: JSON = [:]
            for member in ["id", "role", "name", "description"] { shown[member] = entitlement[member] }
            let href = "\(bundle)/entitlements/\(entitlement.text("id") ?? "")/values"
            shown["_links"] = ["values": ["href": JSON(href)]]
            return shown
        }
    }

    /// Lists the targets of an entitlement: groups and apps, or resource sets.
    private static func values(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let (id, _, json) = try resource.find(call, org)
        guard let entitlement = json["entitlements"]?.elements?.first(where: { $0.text("id") == call[1] }) else {
            throw .notFound(call[1], "Entitlement")
        }
        let bundle = "\(call.origin)\(path)/\(id)"
        let named = ["targets", "resourceSets"].flatMap { entitlement[$0]?.elements ?? [] }.compactMap(\.string)
        return try wrapped(
            named.map { value($0, call, org) }, in: "entitlementValues", call,
            links: ["bundle": ["href": JSON(bundle)], "entitlements": ["href": JSON("\(bundle)/entitlements")]]
        ) { $0 }
    }

    private static func value(_ id: String, _ call: Call, _ org: OrgState) -> JSON {
        let (kind, area, relation, name): (String, String, String, JSON?) =
            if let group = org.tables[Kinds.groups][id] {
                ("groups", "directory", "group", group[path: "profile.name"])
            } else if let app = org.tables[Kinds.apps][id] {
                ("apps", "idp", "app", app["label"])
            } else {
                ("iam/resource-sets", "iam", "resource-set", org.tables[ResourceSets.sets.kind][id]?["label"])
            }
        return [
            "id": JSON(id), "name": name ?? .null,
            "value": JSON("orn:okta:\(area):\(org.identity.orgID):\(kind):\(id)"),
            "_links": JSON(members: [(relation, ["href": JSON("\(call.origin)/api/v1/\(kind)/\(id)")])]),
        ]
    }

    // MARK: Entitlement management

    private static let optIn = "/api/v1/iam/governance/optIn"

    /// Returns the status. The response to a change says that it is in progress; the next read, that it is complete.
    private static func status(_ status: String, _ call: Call) -> OrgResponse {
        .json([
            "optInStatus": JSON(status), "_links": ["optInStatus": ["href": JSON(call.origin + optIn)]],
        ])
    }

    private static func change(_ path: String, to done: String, by doing: String) -> Operation {
        Operation("POST", path) { call, org throws(OrgFault) in
            let present = org.tables["governance.optIn"][""]?.string ?? "OPTED_OUT"
            org.tables["governance.optIn"][""] = JSON(done)
            return status(present == done ? done : doing, call)
        }
    }

    static let all: [Operation] =
        [
            Operation("GET", path) { call, org throws(OrgFault) in
                let snapshot = org
                return try wrapped(org.tables[resource.kind].all.map(\.json), in: "bundles", call) { bundle in
                    resource.shown(bundle, id: bundle.text("id") ?? "", call, snapshot)
                }
            },
            Operation("GET", path + "/{bundleId}/entitlements") { call, org throws(OrgFault) in
                try entitlements(call, org)
            },
            Operation("GET", path + "/{bundleId}/entitlements/{entitlementId}/values") { call, org throws(OrgFault) in
                try values(call, org)
            },
            Operation("GET", optIn) { call, org throws(OrgFault) in
                status(org.tables["governance.optIn"][""]?.string ?? "OPTED_OUT", call)
            },
            change(optIn, to: "OPTED_IN", by: "OPTING_IN"),
            change("/api/v1/iam/governance/optOut", to: "OPTED_OUT", by: "OPTING_OUT"),
        ] + resource.operations()
}
