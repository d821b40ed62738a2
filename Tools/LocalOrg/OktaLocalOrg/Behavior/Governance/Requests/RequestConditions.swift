import OktaRuntime

/// Request conditions of resources, and the catalog entries of resources with an active condition.
enum RequestConditions {
    static let conditionKind = Governance.v2 + "/resources/{}/request-conditions"
    private static let conditionPath = Governance.v2 + "/resources/{resourceId}/request-conditions"

    // MARK: Conditions

    static let conditions = Governance.resource(conditionPath, "RequestCondition", "rco") {
        $0.verbs = [.list, .create, .get, .patch, .delete]
        $0.initialStatus = "INACTIVE"
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json)
            try Checks.text("approvalSequenceId", of: json)
            try Checks.choice("requesterSettings.type", of: json, ["EVERYONE", "GROUPS", "TEAMS"])
            try Checks.choice(
                "accessScopeSettings.type", of: json, ["RESOURCE_DEFAULT", "ENTITLEMENT_BUNDLES", "GROUPS"])
            if json["priority"] == nil {
                json["priority"] = JSON(org.tables[conditionKind, of: change.parent].count)
            }
        }
    }

    private static func setStatus(_ verb: String, from: String, to: String) -> Operation {
        Operation("POST", "\(conditionPath)/{requestConditionId}/\(verb)") { call, org throws(OrgFault) in
            let (id, resource, json) = try conditions.find(call, org)
            guard json.text("status") == from else {
                throw Governance.conflict(
                    "Request Condition", "Only Request Condition with status=\(from) may be \(verb)d")
            }
            org.tables[conditionKind, of: resource][id]?["status"] = JSON(to)
            org.tables[conditionKind, of: resource][id]?["lastUpdated"] = JSON(org.now.withoutFraction)
            let changed = org.tables[conditionKind, of: resource][id] ?? json
            return .json(conditions.shown(changed, id: id, call, org))
        }
    }

    // MARK: Catalog

    /// Returns the id of a resource's entry, which differs only in the prefix.
    private static func entryID(_ resource: String) -> String { "cen" + resource.dropFirst(3) }

    static func resource(ofEntry entry: String, _ org: OrgState) -> String? {
        let rest = entry.dropFirst(3)
        return (org.tables[Kinds.apps].all + org.tables[Kinds.groups].all).first { $0.id.dropFirst(3) == rest }?
            .id
    }

    /// Returns the active condition with the highest priority that lets a user request a resource.
    static func condition(_ resource: String, _ user: String, _ org: OrgState) -> JSON? {
        org.tables[conditionKind, of: resource].all.map(\.json).filter { $0.text("status") == "ACTIVE" }
            .sorted { ($0["priority"]?.int ?? 0) < ($1["priority"]?.int ?? 0) }
            .first { condition in
                guard condition.text("requesterSettings.type") == "GROUPS" else { return true }
                let groups = (condition[path: "requesterSettings.groups"]?.elements ?? []).compactMap { $0.text("id") }
                return groups.contains { $0 == org.identity.everyoneID || org.memberships.contains(user, in: $0) }
            }
    }

    private static func entry(_ resource: String, _ user: String, _ call: Call, _ org: OrgState) -> JSON {
        let app = org.tables[Kinds.apps][resource]
        let id = entryID(resource)
        let own = "\(call.adminOrigin)\(Governance.v2)/catalogs/default/entries/\(id)"
        return [
            "id": JSON(id),
            "name": app?["label"] ?? org.tables[Kinds.groups][resource]?[path: "profile.name"] ?? .null,
            "label": app == nil ? "Group" : "Application",
            "requestable": JSON(condition(resource, user, org) != nil),
            "_links": [
                "self": ["href": JSON(own), "hints": [:]], "logo": [],
                "relatedEntity": [
                    "href": JSON("\(call.origin)/api/v1/\(app == nil ? "groups" : "apps")/\(resource)"), "hints": [:],
                ],
            ],
        ]
    }

    private static func entries(_ user: String, _ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        guard call.query("filter")?.isEmpty == false else { throw .missing("filter") }
        let rows = (org.tables[Kinds.apps].all + org.tables[Kinds.groups].all).map(\.id)
            .filter { condition($0, user, org) != nil }
            .map { (key: entryID($0), json: entry($0, user, call, org)) }
        let match = call.query("match")?.lowercased()
        let fitting = rows.filter { match == nil || $0.json.text("name")?.lowercased().contains(match ?? "") == true }
        // Entries have no parents here, so all match the filter of top-level entries.
        return try Governance.page(call, fitting, total: false, isFiltered: true) { $0 }
    }

    static let my = Governance.v2 + "/my/catalogs/default/entries"
    private static let catalog = Governance.v2 + "/catalogs/default"

    private static func findEntry(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        guard let resource = resource(ofEntry: call[0], org) else { throw .notFound(call[0], "CatalogEntry") }
        return .json(entry(resource, call.caller.id, call, org))
    }

    static let all: [Operation] =
        Governance.operations(conditions) + [
            setStatus("activate", from: "INACTIVE", to: "ACTIVE"),
            setStatus("deactivate", from: "ACTIVE", to: "INACTIVE"),
            Operation("GET", catalog + "/entries") { call, org throws(OrgFault) in
                try entries(call.caller.id, call, org)
            },
            Operation("GET", catalog + "/entries/{entryId}") { call, org throws(OrgFault) in
                if let seeded = org.tables[catalog + "/entries"][call[0]] { return .json(seeded) }
                return try findEntry(call, org)
            },
            Operation("GET", catalog + "/user/{userId}/entries") { call, org throws(OrgFault) in
                try entries(call[0], call, org)
            },
            Operation("GET", my) { call, org throws(OrgFault) in try entries(call.caller.id, call, org) },
            Operation("GET", my + "/{entryId}") { call, org throws(OrgFault) in try findEntry(call, org) },
        ]
}
