import OktaRuntime

/// Policies of every type.
enum Policies {
    static let kind = "/api/v1/policies"

    /// Types whose policies all have priority 1, since apps choose among them.
    private static let unordered: Set = ["ACCESS_POLICY", "PROFILE_ENROLLMENT", "SESSION_VIOLATION_DETECTION"]

    /// How ids of a type begin: policies of the Identity Engine look otherwise.
    static func prefix(ofType type: String) -> (policy: String, rule: String) {
        unordered.contains(type) ? ("rst", "rul") : ("00p", "0pr")
    }

    static let resource = Resource(kind, "Policy", "00p") {
        $0.verbs = [.get, .replace, .delete]
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .noContent
        $0.page = nil
        $0.event = "policy.lifecycle"
        $0.serverFields += ["system"]
        $0.kept = ["system", "type", "priority", "description"]
        $0.links = { links(of: $0, mappings: true) }
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, &org) }
        $0.didStore = { json, change, org throws(OrgFault) in
            if change.verb == .replace { place(json, &org) }
        }
        $0.present = { json, _, org in
            if !org.features.policyMappings { json[path: "_links.mappings"] = nil as JSON? }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            if json["system"]?.bool == true {
                throw .forbidden("E0000006", "You do not have permission to perform the requested action")
            }
        }
        $0.didDelete = { json, _, org in
            if let type = json.text("type") { close(type, &org) }
        }
    }

    static func links(of json: JSON, mappings: Bool) -> JSONTemplate {
        let isSystem = json["system"]?.bool == true
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        return JSONTemplate(
            "{"
                + (mappings && !isSystem
                    ? #""mappings":{"href":"<self>/mappings","hints":{"allow":["GET","POST"]}},"# : "")
                + (isSystem
                    ? "" : #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}},"#)
                + #""self":{"href":"<self>","hints":{"allow":["GET","PUT"\#(isSystem ? "" : #","DELETE""#)]}},"#
                + #""rules":{"href":"<self>/rules","hints":{"allow":["GET"\#(mappings ? #","POST""# : "")]}}}"#)
    }

    private static let passwordDefaults: JSONTemplate = """
        {"password":{"complexity":{"minLength":8,"minLowerCase":1,"minUpperCase":1,"minNumber":1,"minSymbol":0,\
        "excludeUsername":true,"dictionary":{"common":{"exclude":false}},"excludeAttributes":[]},\
        "age":{"maxAgeDays":0,"expireWarnDays":0,"minAgeMinutes":0,"historyCount":4},\
        "lockout":{"maxAttempts":10,"autoUnlockMinutes":0,"userLockoutNotificationChannels":[],\
        "showLockoutFailures":false},\
        "breachedProtection":{"expireAfterDays":null,"logoutEnabled":false,"delegatedWorkflowId":null}},\
        "recovery":{"factors":{"recovery_question":{"status":"ACTIVE","properties":{"complexity":{"minLength":4}}},\
        "okta_email":{"status":"ACTIVE","properties":{"recoveryToken":{"tokenLifetimeMinutes":60}}},\
        "okta_sms":{"status":"INACTIVE"},"okta_call":{"status":"INACTIVE"}}},\
        "delegation":{"options":{"skipUnlock":false}}}
        """

    private static func complete(
        _ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState
    ) throws(OrgFault) {
        guard let type = json.text("type"), !type.isEmpty else {
            throw .invalid("type", "type: The field cannot be left blank")
        }
        guard let name = json.text("name"), !name.isEmpty else {
            throw .invalid("name", "name: The field cannot be left blank")
        }
        if json["system"] == nil { json["system"] = false }
        if json["description"]?.kind == .null { json["description"] = nil as JSON? }
        if unordered.contains(type) || type == "IDP_DISCOVERY" {
            json["conditions"] = .some(.null)
        } else {
            if json["conditions"]?.kind != .object, json["system"]?.bool != true { json["conditions"] = .emptyObject }
            if json[path: "conditions.people.groups.include"] == nil {
                json[path: "conditions.people.groups.include"] = [JSON(org.identity.everyoneID)]
            }
            if type == "PASSWORD", json[path: "conditions.authProvider.provider"] == nil {
                json[path: "conditions.authProvider.provider"] = "OKTA"
            }
        }
        if type == "PASSWORD" {
            var settings = json["settings"] ?? .emptyObject
            settings.fill(from: passwordDefaults.filled())
            if !org.features.breachedPasswords { settings.remove(["password.breachedProtection"]) }
            json["settings"] = settings
        }
    }

    // MARK: Priorities

    /// The policies of a type: the org's own first, then the system's.
    static func all(ofType type: String, _ org: OrgState) -> [JSON] {
        let rows = org.tables[kind].all.map(\.json).filter { $0.text("type") == type }
        return rows.enumerated().sorted {
            ($0.element["priority"]?.int ?? 0, $0.offset) < ($1.element["priority"]?.int ?? 0, $1.offset)
        }.map(\.element)
    }

    /// Gives a policy its place among the others of its type, and the others theirs.
    private static func place(_ json: JSON, _ org: inout OrgState) {
        guard let id = json.text("id"), let type = json.text("type") else { return }
        guard !unordered.contains(type) else {
            org.tables[kind][id]?["priority"] = 1
            return
        }
        guard json["system"]?.bool != true else { return }
        var own = all(ofType: type, org).filter { $0["system"]?.bool != true && $0.text("id") != id }
        let wanted = json["priority"]?.int ?? own.count + 1
        own.insert(json, at: min(max(wanted - 1, 0), own.count))
        number(own + all(ofType: type, org).filter { $0["system"]?.bool == true }, &org)
    }

    /// Closes the hole that a deleted policy leaves.
    private static func close(_ type: String, _ org: inout OrgState) {
        guard !unordered.contains(type) else { return }
        number(all(ofType: type, org), &org)
    }

    private static func number(_ policies: [JSON], _ org: inout OrgState) {
        for (index, policy) in policies.enumerated() {
            if let id = policy.text("id") { org.tables[kind][id]?["priority"] = JSON(index + 1) }
        }
    }

    /// The policy that new apps get.
    static func defaultPolicy(ofType type: String, _ org: OrgState) -> String? {
        let name = type == "ACCESS_POLICY" ? "Any two factors" : "Default Policy"
        return org.tables[kind].first { $0.text("type") == type && $0.text("name") == name }?.id
    }

    // MARK: Operations

    /// Stores a new policy with its system rule.
    static func create(
        _ body: JSON, system: Bool = false, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> JSON {
        var json = body
        for field in ["_links", "_embedded", "system", "created", "lastUpdated"] { json[field] = nil as JSON? }
        let type = json.text("type") ?? ""
        let id = org.ids.next(prefix(ofType: type).policy)
        json["id"] = JSON(id)
        json["status"] = "ACTIVE"
        json["system"] = JSON(system)
        json["created"] = JSON(org.now.text)
        json["lastUpdated"] = JSON(org.now.text)
        try complete(
            &json, Resource.Change(verb: .create, call: call, id: id, previous: nil, parent: ""), &org)
        if system { json["priority"] = JSON(all(ofType: type, org).count + 1) }
        org.tables[kind][id] = json
        place(json, &org)
        PolicyRules.createSystemRule(ofPolicy: id, type: type, isSystem: system, &org)
        return org.tables[kind][id] ?? json
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", kind) { call, org throws(OrgFault) in
                guard let type = call.query("type"), !type.isEmpty else {
                    throw .invalid("type", "type: The field cannot be left blank")
                }
                let snapshot = org
                let status = call.query("status")
                let rows = all(ofType: type, org).filter { status == nil || $0.text("status") == status }
                return .json(
                    JSON(
                        rows.map { policy in
                            var shown = resource.shown(policy, id: policy.text("id") ?? "", call, snapshot)
                            if type == "ACCESS_POLICY" { shown["_embedded"] = ["resourceType": "APP"] }
                            return shown
                        }))
            },
            Operation("POST", kind) { call, org throws(OrgFault) in
                let json = try create(try call.object(), call, &org)
                if call.flag("activate") == false {
                    org.tables[kind][json.text("id") ?? ""]?["status"] = "INACTIVE"
                }
                SystemLog.record("policy.lifecycle.create", call, &org, targets: [])
                let id = json.text("id") ?? ""
                return .json(resource.shown(org.tables[kind][id] ?? json, id: id, call, org))
            },
            Operation("POST", kind + "/{policyId}/clone") { call, org throws(OrgFault) in
                guard let source = org.tables[kind][call[0]] else { throw .notFound(call[0], "Policy") }
                var body = source
                body["name"] = JSON("[cloned] \(source.text("name") ?? "")")
                let rules = org.tables[PolicyRules.kind, of: call[0]].all.map(\.json)
                let json = try create(body, call, &org)
                let id = json.text("id") ?? ""
                org.tables.removeChildren(of: id)
                for rule in rules {
                    var rule = rule
                    let ruleID = org.ids.next(prefix(ofType: source.text("type") ?? "").rule)
                    rule["id"] = JSON(ruleID)
                    org.tables[PolicyRules.kind, of: id][ruleID] = rule
                }
                var shown = resource.shown(json, id: id, call, org)
                shown["created"] = .some(.null)
                shown["lastUpdated"] = .some(.null)
                return .json(shown)
            },
            Operation("GET", kind + "/{policyId}/app") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Policy") }
                let snapshot = org
                let rows = org.tables[Apps.kind].all.filter { _, app in
                    app.text("_policies.accessPolicy") == call[0] || app.text("_policies.profileEnrollment") == call[0]
                }
                return try PageRule(20).reply(call, rows.map { ($0.id, $0.json) }) {
                    Apps.resource.shown($0, id: $0.text("id") ?? "", call, snapshot)
                }
            },
            Operation("GET", kind + "/{policyId}/mappings") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Policy") }
                return .json(
                    JSON(
                        org.tables[Apps.kind].all.filter { _, app in
                            app.text("_policies.accessPolicy") == call[0]
                                || app.text("_policies.profileEnrollment") == call[0]
                        }.map { id, _ in
                            [
                                "id": JSON("\(call[0])-\(id)"),
                                "_links": [
                                    "application": ["href": JSON("\(call.origin)/api/v1/apps/\(id)")],
                                    "policy": ["href": JSON("\(call.origin)/api/v1/policies/\(call[0])")],
                                    "self": [
                                        "href": JSON(
                                            "\(call.origin)/api/v1/policies/\(call[0])/mappings/\(call[0])-\(id)"),
                                        "hints": ["allow": ["GET", "DELETE"]],
                                    ],
                                ],
                            ]
                        }))
            },
            Operation("POST", kind + "/{policyId}/mappings") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Policy") }
                throw .invalid("Policy mappings are no longer supported on this endpoint.")
            },
        ]
}
