import OktaRuntime

/// Operations on policies that other kinds do not have.
enum PolicyOperations {
    private static let kind = Kinds.policies

    /// Stores a new policy with its system rule.
    static func create(
        _ body: JSON, system: Bool = false, _ org: inout OrgState
    ) throws(OrgFault) -> JSON {
        var json = body
        for field in ["_links", "_embedded", "system", "created", "lastUpdated"] { json[field] = nil as JSON? }
        let name = json.text("type") ?? ""
        let type = PolicyType.named(name)
        guard system || type.isCreatable else {
            throw .invalid("type", "type: An org has exactly one policy of type \(name).")
        }
        let id = org.ids.next(type.prefix)
        json["id"] = JSON(id)
        json["status"] = "ACTIVE"
        json["system"] = JSON(system)
        json["created"] = JSON(org.now.text)
        json["lastUpdated"] = JSON(org.now.text)
        try Policies.complete(&json, previous: nil, &org)
        if system { json["priority"] = JSON(Policies.all(ofType: name, org).count + 1) }
        org.tables[kind][id] = json
        PolicyPriorities.place(json, &org)
        SystemRules.create(ofPolicy: id, type: name, isSystem: system, &org)
        return org.tables[kind][id] ?? json
    }

    private static func record(_ verb: String, _ json: JSON, _ call: Call, _ org: inout OrgState) {
        SystemLog.record(
            "policy.lifecycle.\(verb)", call, &org,
            targets: [SystemLog.party(json, id: json.text("id") ?? "", type: "PolicyEntity")])
    }

    private static func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let type = call.query("type"), !type.isEmpty else { throw .missing("type") }
        guard PolicyType.all[type] != nil else {
            throw .illegalArgument("Invalid policy type specified.")
        }
        let snapshot = org
        let status = call.query("status")
        let query = call.query("q")?.lowercased()
        let resource = call.query("resourceId")
        var rows = Policies.all(ofType: type, org).filter { policy in
            if let status, policy.text("status") != status { return false }
            if let query, policy.text("name")?.lowercased().hasPrefix(query) != true { return false }
            guard let resource else { return true }
            return AppPolicies.apps(ofPolicy: policy.text("id") ?? "", snapshot).contains { $0.id == resource }
        }
        if call.query("sortBy") == "name" { rows.sort { $0.text("name") ?? "" < $1.text("name") ?? "" } }
        return .json(
            JSON(
                rows.map { policy in
                    var shown = Policies.resource.shown(policy, id: policy.text("id") ?? "", call, snapshot)
                    if type == "ACCESS_POLICY", org.features.policyResourceTypes {
                        shown[path: "_embedded.resourceType"] = "APP"
                    }
                    return shown
                }))
    }

    private static func add(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let json = try create(try call.object(), &org)
        let id = json.text("id") ?? ""
        if call.flag("activate") == false { org.tables[kind][id]?["status"] = "INACTIVE" }
        record("create", json, call, &org)
        return .json(Policies.resource.shown(org.tables[kind][id] ?? json, id: id, call, org))
    }

    /// Clones a policy with its rules. Only types that are assigned to apps can be cloned.
    private static func clone(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let source = org.tables[kind][call[0]] else { throw .notFound(call[0], "Policy") }
        let type = PolicyType.named(source.text("type"))
        guard !type.isOrdered, type.isCreatable else {
            throw .invalid("type", "type: A policy of this type cannot be cloned.")
        }
        var body = source
        body["name"] = JSON("[cloned] \(source.text("name") ?? "")")
        let rules = org.tables[Kinds.policyRules, of: call[0]].all.map(\.json)
        let json = try create(body, &org)
        let id = json.text("id") ?? ""
        org.tables.removeChildren(of: id)
        for var rule in rules {
            let ruleID = org.ids.next(type.rulePrefix)
            rule["id"] = JSON(ruleID)
            rule["created"] = JSON(org.now.text)
            rule["lastUpdated"] = JSON(org.now.text)
            org.tables[Kinds.policyRules, of: id][ruleID] = rule
        }
        record("create", json, call, &org)
        var shown = Policies.resource.shown(json, id: id, call, org)
        shown["created"] = .some(.null)
        shown["lastUpdated"] = .some(.null)
        return .json(shown)
    }

    private static func setStatus(_ status: String, _ verb: String) -> Operation {
        Operation("POST", "\(kind)/{policyId}/lifecycle/\(verb)") { call, org throws(OrgFault) in
            guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "Policy") }
            try Policies.refuseSystem(json)
            org.tables[kind][call[0]]?["status"] = JSON(status)
            org.tables[kind][call[0]]?["lastUpdated"] = JSON(org.now.text)
            record(verb, json, call, &org)
            return .empty()
        }
    }

    static let all: [Operation] =
        [
            Operation("GET", kind) { call, org throws(OrgFault) in try list(call, &org) },
            Operation("POST", kind) { call, org throws(OrgFault) in try add(call, &org) },
            Operation("POST", kind + "/{policyId}/clone") { call, org throws(OrgFault) in try clone(call, &org) },
            setStatus("ACTIVE", "activate"), setStatus("INACTIVE", "deactivate"),
        ] + Policies.resource.operations() + PolicyMappings.operations
}
