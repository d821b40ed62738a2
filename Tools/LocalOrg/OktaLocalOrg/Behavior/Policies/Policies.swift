import OktaRuntime

/// Policies of every type: members, defaults and errors.
enum Policies {
    private static let kind = Kinds.policies

    static let resource = Resource(kind, "Policy", "00p") {
        $0.verbs = [.get, .replace, .delete]
        $0.page = nil
        $0.event = "policy.lifecycle"
        $0.serverFields += ["system"]
        $0.kept = ["system", "type", "priority", "description"]
        $0.links = { links(of: $0, mappings: true) }
        $0.prepare = { json, change, org throws(OrgFault) in
            json["type"] = change.previous?["type"] ?? json["type"]
            // Okta places its own policies behind all others.
            if let previous = change.previous, previous["system"]?.bool == true {
                if let sent = json["priority"], sent.kind != .null, sent != previous["priority"] {
                    throw .readOnly("priority")
                }
                json["priority"] = previous["priority"]
            }
            try complete(&json, previous: change.previous, &org)
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            if change.verb == .replace { PolicyPriorities.place(json, &org) }
        }
        $0.present = { json, call, org in
            if !org.features.policyMappings { json[path: "_links.mappings"] = nil as JSON? }
            EnrollmentAuthenticators.complete(&json, org)
            if call.expands("rules"), let id = json.text("id") {
                let rules = PolicyRules.shown(ofPolicy: id, call, org)
                json[path: "_embedded.rules"] = JSON(rules)
            }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            try refuseSystem(json)
            // Apps of a deleted policy get the default policy.
            guard let id = json.text("id"), let type = json.text("type") else { return }
            let fallback = AppPolicies.defaultPolicy(ofType: type, org)
            guard fallback != id else { throw .accessDenied }
            AppPolicies.reassignAll(from: id, to: fallback, &org)
        }
        $0.didDelete = { json, _, org in
            if let type = json.text("type") { PolicyPriorities.close(type, &org) }
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

    /// Throws for a system policy or rule, which cannot be deleted, activated or deactivated.
    static func refuseSystem(_ json: JSON) throws(OrgFault) {
        if json["system"]?.bool == true { throw .accessDenied }
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

    /// Checks a policy and adds default members.
    static func complete(_ json: inout JSON, previous: JSON?, _ org: inout OrgState) throws(OrgFault) {
        let type = try Checks.text("type", of: json)
        guard let rules = PolicyType.all[type] else {
            throw .illegalArgument("Invalid policy type specified.")
        }
        let name = try Checks.text("name", of: json)
        if json["system"] == nil { json["system"] = false }
        let isTaken = all(ofType: type, org).contains { $0.text("name") == name }
        if rules.isOrdered, previous?.text("name") != name, isTaken {
            throw .invalid("name", "name: Policy name already in use")
        }
        try ConditionReferences.check(json["conditions"], org)
        if type == "MFA_ENROLL" { try EnrollmentAuthenticators.check(json) }
        if let priority = json["priority"], priority.kind != .null, priority.int == nil { throw .malformedBody }
        if json["description"]?.kind == .null { json["description"] = nil as JSON? }
        if rules.hasConditions {
            completeConditions(&json, type, org)
        } else {
            json["conditions"] = .some(.null)
        }
        if type == "PASSWORD" {
            var settings = json["settings"] ?? .emptyObject
            settings.fill(from: passwordDefaults.filled())
            if !org.features.breachedPasswords { settings.remove(["password.breachedProtection"]) }
            json["settings"] = settings
        }
    }

    private static func completeConditions(_ json: inout JSON, _ type: String, _ org: OrgState) {
        if json["conditions"]?.kind != .object, json["system"]?.bool != true { json["conditions"] = .emptyObject }
        if json[path: "conditions.people.groups.include"] == nil {
            json[path: "conditions.people.groups.include"] = [JSON(org.identity.everyoneID)]
        }
        if type == "PASSWORD", json[path: "conditions.authProvider.provider"] == nil {
            json[path: "conditions.authProvider.provider"] = "OKTA"
        }
    }

    /// Returns the policies of a type in evaluation order.
    static func all(ofType type: String, _ org: OrgState) -> [JSON] {
        let rows = org.tables[kind].all.map(\.json).filter { $0.text("type") == type }
        return rows.enumerated().sorted {
            ($0.element["priority"]?.int ?? 0, $0.offset) < ($1.element["priority"]?.int ?? 0, $1.offset)
        }.map(\.element)
    }
}
