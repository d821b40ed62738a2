import OktaRuntime

/// Rules of policies.
enum PolicyRules {
    private static let kind = Kinds.policyRules
    private static let path = "/api/v1/policies/{policyId}/rules"

    static let resource = Resource(path, "PolicyRule", "0pr") {
        $0.verbs = [.list, .get, .replace, .delete]
        $0.page = nil
        $0.order = .number("priority")
        $0.event = "policy.rule"
        $0.serverFields += ["system"]
        $0.kept = ["system", "type", "priority"]
        $0.links = { links(of: $0) }
        $0.prepare = { json, change, org throws(OrgFault) in
            json["type"] = change.previous?["type"] ?? json["type"]
            try checkName(json, change.id, kind: kind, policy: change.parent, org)
            try RuleDefaults.complete(&json, change.previous, org)
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .replace else { return }
            let states = (try? change.call.object())?["priority"]?.int != nil
            PolicyPriorities.placeRule(
                json, own: states ? change.previous?["priority"]?.int : nil, kind: kind, policy: change.parent, &org)
        }
        $0.willDelete = { json, _, org throws(OrgFault) in try Policies.refuseSystem(json) }
        $0.didDelete = { json, call, org in
            PolicyPriorities.closeRules(ofType: json.text("type"), kind: kind, policy: call[0], &org)
        }
    }

    static func links(of json: JSON) -> JSONTemplate {
        if json["system"]?.bool == true { return #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT"]}}}"# }
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        return JSONTemplate(
            #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},"#
                + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
    }

    /// Throws if another rule of the policy has the name.
    static func checkName(
        _ json: JSON, _ id: String, kind: String, policy: String, _ org: OrgState
    ) throws(OrgFault) {
        let name = try Checks.text("name", of: json)
        if org.tables[kind, of: policy].first(where: { $0.text("name") == name && $0.text("id") != id }) != nil {
            throw .invalid("name", "name: Policy rule name already in use")
        }
    }

    /// Returns the rules of a policy in evaluation order.
    static func all(ofPolicy policy: String, _ org: OrgState) -> [JSON] {
        org.tables[kind, of: policy].all.map(\.json).enumerated().sorted {
            ($0.element["priority"]?.int ?? .max, $0.offset) < ($1.element["priority"]?.int ?? .max, $1.offset)
        }.map(\.element)
    }

    /// Returns the rules of a policy in the form that is embedded in it.
    static func shown(ofPolicy policy: String, _ call: Call, _ org: OrgState) -> [JSON] {
        var call = call
        call.parameters = [policy]
        return all(ofPolicy: policy, org).map { resource.shown($0, id: $0.text("id") ?? "", call, org) }
    }

    static func ruleType(_ policyType: String) -> String { PolicyType.named(policyType).ruleType ?? policyType }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let policy = org.tables[Kinds.policies][call[0]] else { throw .notFound(call[0], "Policy") }
        let name = policy.text("type") ?? ""
        let type = PolicyType.named(name)
        guard type.takesRules else {
            throw .invalid("type", "type: Rules of a policy of type \(name) cannot be created.")
        }
        var json = try call.object()
        for field in ["_links", "_embedded", "system"] { json[field] = nil as JSON? }
        let id = org.ids.next(type.rulePrefix)
        json["id"] = JSON(id)
        json["status"] = "ACTIVE"
        json["created"] = JSON(org.now.text)
        json["lastUpdated"] = JSON(org.now.text)
        let expected = ruleType(name)
        if json["type"] == nil { json["type"] = JSON(expected) }
        guard json.text("type") == expected else {
            throw .invalid("type", "type: A policy of type \(name) has rules of type \(expected).")
        }
        try checkName(json, id, kind: kind, policy: call[0], org)
        try RuleDefaults.complete(&json, nil, org)
        if call.flag("activate") == false { json["status"] = "INACTIVE" }
        org.tables[kind, of: call[0]][id] = json
        PolicyPriorities.placeRule(json, kind: kind, policy: call[0], &org)
        record("add", json, call, &org)
        return .json(resource.shown(org.tables[kind, of: call[0]][id] ?? json, id: id, call, org))
    }

    private static func record(_ verb: String, _ json: JSON, _ call: Call, _ org: inout OrgState) {
        SystemLog.record(
            "policy.rule.\(verb)", call, &org,
            targets: [SystemLog.party(json, id: json.text("id") ?? "", type: "PolicyRule")])
    }

    private static func setStatus(_ status: String, _ verb: String) -> Operation {
        Operation("POST", "\(path)/{ruleId}/lifecycle/\(verb)") { call, org throws(OrgFault) in
            let (id, policy, json) = try resource.find(call, org)
            try Policies.refuseSystem(json)
            org.tables[kind, of: policy][id]?["status"] = JSON(status)
            org.tables[kind, of: policy][id]?["lastUpdated"] = JSON(org.now.text)
            record(verb, json, call, &org)
            return .empty()
        }
    }

    static let all: [Operation] =
        [
            Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
            setStatus("ACTIVE", "activate"), setStatus("INACTIVE", "deactivate"),
        ] + resource.operations()
}
