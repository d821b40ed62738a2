import OktaRuntime

/// Rules of policies.
enum PolicyRules {
    static let kind = "/api/v1/policies/{}/rules"
    private static let path = "/api/v1/policies/{policyId}/rules"

    static let resource = Resource(path, "PolicyRule", "0pr") {
        $0.verbs = [.list, .get, .replace, .delete]
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .noContent
        $0.page = nil
        $0.order = .number("priority")
        $0.event = "policy.rule"
        $0.serverFields += ["system"]
        $0.kept = ["system", "type", "priority"]
        $0.links = { links(of: $0) }
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, &org) }
        $0.didStore = { json, change, org throws(OrgFault) in
            if change.verb == .replace { place(json, change.parent, wasSent: true, &org) }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            if json["system"]?.bool == true {
                throw .forbidden("E0000006", "You do not have permission to perform the requested action")
            }
        }
    }

    static func links(of json: JSON) -> JSONTemplate {
        if json["system"]?.bool == true { return #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT"]}}}"# }
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        return JSONTemplate(
            #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},"#
                + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
    }

    // MARK: What a rule gets

    private static func complete(
        _ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState
    ) throws(OrgFault) {
        guard let name = json.text("name"), !name.isEmpty else {
            throw .invalid("name", "name: The field cannot be left blank")
        }
        if json["system"] == nil { json["system"] = false }
        let isSystem = json["system"]?.bool == true
        let type = json.text("type") ?? ""
        if isSystem {
            json["conditions"] = change.previous?["conditions"] ?? json["conditions"] ?? .some(.null)
        } else {
            var conditions = json["conditions"]?.kind == .object ? json["conditions"] ?? [:] : [:]
            if type == "SESSION_VIOLATION_DETECTION" {
                conditions.fill(from: ["network": ["connection": "ANYWHERE"]])
            } else {
                conditions.fill(from: ["people": ["users": ["exclude": []]]])
            }
            dropExpressions(&conditions)
            if type == "ACCESS_POLICY" {
                conditions.fill(from: ["userType": ["include": [], "exclude": []]])
                if org.features.riskScoring { conditions.fill(from: ["riskScore": ["level": "ANY"]]) }
                if conditions["platform"]?.count == 0 { conditions["platform"] = nil as JSON? }
                if conditions["platform"] != nil { conditions.fill(from: ["platform": ["exclude": []]]) }
                if conditions["elCondition"]?.kind == .null { conditions["elCondition"] = nil as JSON? }
            }
            if type == "SIGN_ON" {
                conditions.fill(from: [
                    "network": ["connection": "ANYWHERE"], "authContext": ["authType": "ANY"],
                ])
                if org.features.signOnRisk { conditions.fill(from: ["risk": ["behaviors": []]]) }
            }
            json["conditions"] = conditions
        }
        switch type {
        case "ACCESS_POLICY": completeAccess(&json)
        case "SIGN_ON":
            let factor = org.features.signOnRisk ? "PASSWORD_IDP_ANY_FACTOR" : "PASSWORD_IDP"
            json.fill(from: [
                "actions": [
                    "signon": [
                        "access": "ALLOW", "requireFactor": false, "primaryFactor": JSON(factor),
                        "rememberDeviceByDefault": false,
                        "session": [
                            "usePersistentCookie": false, "maxSessionIdleMinutes": 720,
                            "maxSessionLifetimeMinutes": 0,
                        ],
                    ]
                ]
            ])
        default: break
        }
    }

    /// An empty expression is kept only for operating systems that it has to describe.
    private static func dropExpressions(_ conditions: inout JSON) {
        guard var platforms = conditions[path: "platform.include"]?.elements else { return }
        for index in platforms.indices
        where platforms[index].text("os.expression") == "" && platforms[index].text("os.type") != "OTHER" {
            platforms[index].remove(["os.expression"])
        }
        conditions[path: "platform.include"] = JSON(platforms)
    }

    private static func completeAccess(_ json: inout JSON) {
        var action = json[path: "actions.appSignOn"] ?? .emptyObject
        if action.text("verificationMethod.type") == "AUTH_METHOD_CHAIN" {
            action.remove(["verificationMethod.factorMode", "verificationMethod.inactivityPeriod"])
        }
        if action.text("verificationMethod.type") == "ASSURANCE",
            action[path: "verificationMethod.reauthenticateIn"] == nil
        {
            action[path: "verificationMethod.reauthenticateIn"] = "PT12H"
        }
        action.fill(from: ["access": "ALLOW", "keepMeSignedIn": ["postAuth": "NOT_ALLOWED"]])
        json[path: "actions.appSignOn"] = action
    }

    // MARK: Priorities

    /// Gives a rule its place. Access rules keep any number, and shift the others where it is taken; rules of other kinds
    /// are numbered without gaps.
    private static func place(_ json: JSON, _ policy: String, wasSent: Bool, _ org: inout OrgState) {
        guard let id = json.text("id"), json["system"]?.bool != true else { return }
        let others = org.tables[kind, of: policy].all.map(\.json).filter { $0.text("id") != id }
            .filter { $0["system"]?.bool != true }
            .sorted { ($0["priority"]?.int ?? 0) < ($1["priority"]?.int ?? 0) }
        let wanted = json["priority"]?.int
        if json.text("type") == "ACCESS_POLICY" {
            guard let wanted else {
                let last = others.last?["priority"]?.int ?? 0
                org.tables[kind, of: policy][id]?["priority"] = JSON(last + 1)
                return
            }
            org.tables[kind, of: policy][id]?["priority"] = JSON(wanted)
            guard others.contains(where: { $0["priority"]?.int == wanted }) else { return }
            for other in others {
                if let otherID = other.text("id"), let priority = other["priority"]?.int, priority >= wanted {
                    org.tables[kind, of: policy][otherID]?["priority"] = JSON(priority + 1)
                }
            }
            return
        }
        var order = others
        order.insert(json, at: min(max((wanted ?? others.count + 1) - 1, 0), others.count))
        for (index, rule) in order.enumerated() {
            if let ruleID = rule.text("id") { org.tables[kind, of: policy][ruleID]?["priority"] = JSON(index + 1) }
        }
    }

    // MARK: Rules of the system

    private static let systemActions: [String: JSONTemplate] = [
        "ACCESS_POLICY": """
        {"appSignOn":{"access":"ALLOW","verificationMethod":{"factorMode":"2FA","type":"ASSURANCE",\
        "reauthenticateIn":"PT12H","constraints":[{"possession":{"required":true,"deviceBound":"REQUIRED"}}]},\
        "keepMeSignedIn":{"postAuth":"NOT_ALLOWED"}}}
        """,
        "PROFILE_ENROLLMENT": """
        {"profileEnrollment":{"access":"ALLOW","preRegistrationInlineHooks":null,\
        "profileAttributes":[{"name":"email","label":"Email","required":true},\
        {"name":"firstName","label":"First name","required":true}],"targetGroupIds":null,\
        "unknownUserAction":"REGISTER","activationRequirements":{"emailVerification":true},\
        "progressiveProfilingAction":"ENABLED"}}
        """,
        "OKTA_SIGN_ON": """
        {"signon":{"access":"ALLOW","requireFactor":false,"primaryFactor":"PASSWORD_IDP_ANY_FACTOR",\
        "rememberDeviceByDefault":false,"session":{"usePersistentCookie":false,"maxSessionIdleMinutes":120,\
        "maxSessionLifetimeMinutes":0}}}
        """,
        "PASSWORD": """
        {"passwordChange":{"access":"ALLOW"},"selfServicePasswordReset":{"access":"ALLOW",\
        "requirement":{"primary":{"methods":["email"]},"stepUp":{"required":true,"methods":["security_question"]},\
        "accessControl":"LEGACY"}},"selfServiceUnlock":{"access":"DENY"}}
        """,
        "MFA_ENROLL": #"{"enroll":{"self":"CHALLENGE"}}"#,
    ]

    /// The rule that a policy is born with: policies of apps have one, other policies only when they are the system's.
    static func createSystemRule(ofPolicy policy: String, type: String, isSystem: Bool, _ org: inout OrgState) {
        let isOfApps = type == "ACCESS_POLICY" || type == "PROFILE_ENROLLMENT"
        guard isOfApps || isSystem, let actions = systemActions[type] else { return }
        let id = org.ids.next(Policies.prefix(ofType: type).rule)
        let name = isOfApps ? "Catch-all Rule" : "Default Rule"
        org.tables[kind, of: policy][id] = [
            "id": JSON(id), "status": "ACTIVE", "name": JSON(name), "priority": JSON(isOfApps ? 99 : 1),
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "system": true,
            "conditions": isOfApps
                ? .null : ["people": ["users": ["exclude": []]], "network": ["connection": "ANYWHERE"]],
            "actions": actions.filled(), "type": JSON(ruleType(type)),
        ]
    }

    static func ruleType(_ policyType: String) -> String { policyType == "OKTA_SIGN_ON" ? "SIGN_ON" : policyType }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", path) { call, org throws(OrgFault) in
                guard let policy = org.tables[Policies.kind][call[0]] else { throw .notFound(call[0], "Policy") }
                var json = try call.object()
                for field in ["_links", "_embedded", "system"] { json[field] = nil as JSON? }
                let type = policy.text("type") ?? ""
                let id = org.ids.next(Policies.prefix(ofType: type).rule)
                json["id"] = JSON(id)
                json["status"] = "ACTIVE"
                json["created"] = JSON(org.now.text)
                json["lastUpdated"] = JSON(org.now.text)
                if json["type"] == nil { json["type"] = JSON(ruleType(type)) }
                try complete(
                    &json, Resource.Change(verb: .create, call: call, id: id, previous: nil, parent: call[0]), &org)
                if call.flag("activate") == false { json["status"] = "INACTIVE" }
                org.tables[kind, of: call[0]][id] = json
                place(json, call[0], wasSent: json["priority"] != nil, &org)
                SystemLog.record("policy.rule.add", call, &org, targets: [])
                return .json(resource.shown(org.tables[kind, of: call[0]][id] ?? json, id: id, call, org))
            }
        ]
}
