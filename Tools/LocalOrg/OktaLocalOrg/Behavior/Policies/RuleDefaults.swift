import OktaRuntime

/// Checks and defaults of policy rules.
enum RuleDefaults {
    static func complete(_ json: inout JSON, _ previous: JSON?, _ org: OrgState) throws(OrgFault) {
        try Checks.text("name", of: json)
        if let priority = json["priority"], priority.kind != .null, priority.int == nil { throw .malformedBody }
        if json["system"] == nil { json["system"] = false }
        let type = json.text("type") ?? ""
        if json["system"]?.bool == true {
            if let previous { try checkReadOnly(json, previous) }
            json["conditions"] = previous?["conditions"] ?? json["conditions"] ?? .some(.null)
            json["priority"] = previous?["priority"] ?? json["priority"]
            json["name"] = previous?["name"] ?? json["name"]
        } else {
            var conditions = json["conditions"]?.kind == .object ? json["conditions"] ?? [:] : [:]
            try ConditionReferences.check(conditions, org)
            try complete(&conditions, type, org)
            json["conditions"] = conditions
        }
        switch type {
        case "ACCESS_POLICY": completeAccess(&json)
        case "SIGN_ON": completeSignOn(&json, org)
        case "IDP_DISCOVERY": completeRouting(&json)
        case "POST_AUTH_SESSION": completeFailureActions(&json)
        case "PROFILE_ENROLLMENT":
            json.fill(from: ["actions": ["profileEnrollment": ["preRegistrationInlineHooks": .null]]])
            if org.features.enrollmentIdentifiers {
                json.fill(from: ["actions": ["profileEnrollment": ["allowedIdentifiers": ["login"]]]])
            }
        default: break
        }
    }

    /// Throws if the conditions or the priority of a system rule would change.
    private static func checkReadOnly(_ json: JSON, _ previous: JSON) throws(OrgFault) {
        for member in ["conditions", "priority"] {
            guard let sent = json[member].flatMap(significant) else { continue }
            if sent != previous[member].flatMap(significant) { throw .readOnly(member) }
        }
    }

    /// Returns a value without members that are null or empty; nil if nothing is left.
    private static func significant(_ json: JSON) -> JSON? {
        switch json.kind {
        case .null: return nil
        case .array:
            if json.count == 0 { return nil }
            return json
        case .object:
            let members = (json.members ?? []).compactMap { name, value in significant(value).map { (name, $0) } }
            if members.isEmpty { return nil }
            return JSON(members: members)
        default: return json
        }
    }

    private static func complete(_ conditions: inout JSON, _ type: String, _ org: OrgState) throws(OrgFault) {
        try checkNetwork(conditions)
        switch type {
        case "SESSION_VIOLATION_DETECTION":
            conditions.fill(from: ["network": ["connection": "ANYWHERE"]])
        case "IDP_DISCOVERY":
            conditions.fill(from: [
                "network": ["connection": "ANYWHERE"], "userIdentifier": ["patterns": []],
                "app": ["include": [], "exclude": []],
            ])
        default:
            completePeople(&conditions)
        }
        dropExpressions(&conditions)
        if type == "ACCESS_POLICY" {
            conditions.fill(from: ["userType": ["include": [], "exclude": []]])
            if org.features.riskScoring { conditions.fill(from: ["riskScore": ["level": "ANY"]]) }
            if conditions["platform"]?.count == 0 { conditions["platform"] = nil as JSON? }
            if conditions["platform"] != nil { conditions.fill(from: ["platform": ["exclude": []]]) }
            if let expression = conditions["elCondition"], expression.kind == .null || expression.count == 0 {
                conditions["elCondition"] = nil as JSON?
            }
        }
        if type == "SIGN_ON" {
            conditions.fill(from: ["network": ["connection": "ANYWHERE"], "authContext": ["authType": "ANY"]])
            if org.features.signOnRisk, conditions["riskScore"] != nil {
                conditions.fill(from: ["risk": ["behaviors": []]])
            }
        }
    }

    /// Removes empty lists of people, and adds the list of excluded users, which every rule has.
    private static func completePeople(_ conditions: inout JSON) {
        if conditions[path: "people.users.include"]?.count == 0 { conditions.remove(["people.users.include"]) }
        let groups = conditions[path: "people.groups"]?.members ?? []
        if groups.allSatisfy({ $0.value.count == 0 }) { conditions.remove(["people.groups"]) }
        conditions.fill(from: ["people": ["users": ["exclude": []]]])
    }

    /// Throws for a zone condition without zones.
    private static func checkNetwork(_ conditions: JSON) throws(OrgFault) {
        guard conditions.text("network.connection") == "ZONE" else { return }
        let named = ["network.include", "network.exclude"].contains { conditions[path: $0]?.count ?? 0 > 0 }
        guard named else {
            throw .invalid(
                "conditions.network",
                "conditions.network: You should either include or exclude network zones when you use zones in the policy rule."
            )
        }
    }

    /// Removes empty expressions, except for the operating system `OTHER`, which requires one.
    private static func dropExpressions(_ conditions: inout JSON) {
        guard var platforms = conditions[path: "platform.include"]?.elements else { return }
        for index in platforms.indices
        where (platforms[index].text("os.expression") ?? "").isEmpty && platforms[index].text("os.type") != "OTHER" {
            platforms[index].remove(["os.expression"])
        }
        conditions[path: "platform.include"] = JSON(platforms)
    }

    private static func completeAccess(_ json: inout JSON) {
        var action = json[path: "actions.appSignOn"] ?? .emptyObject
        if action.text("verificationMethod.type") == "AUTH_METHOD_CHAIN" {
            action.remove(["verificationMethod.factorMode", "verificationMethod.inactivityPeriod"])
        }
        if action.text("verificationMethod.type") == "ASSURANCE" {
            action.fill(from: ["verificationMethod": ["reauthenticateIn": "PT12H"]])
            // Chains of methods belong to the other type of verification.
            if let constraints = action[path: "verificationMethod.constraints"]?.elements {
                action[path: "verificationMethod.constraints"] = JSON(
                    constraints.map { constraint in
                        var constraint = constraint
                        constraint.remove(["authenticationMethods", "next"])
                        return constraint
                    })
            }
        }
        action.fill(from: ["access": "ALLOW", "keepMeSignedIn": ["postAuth": "NOT_ALLOWED"]])
        json[path: "actions.appSignOn"] = action
    }

    /// Completes a rule that routes users to identity providers. A dynamic rule matches the provider's name.
    private static func completeRouting(_ json: inout JSON) {
        guard json.text("actions.idp.idpSelectionType") == "DYNAMIC" else { return }
        json.remove(["actions.idp.shouldFallBackToOkta"])
        guard let criteria = json[path: "actions.idp.matchCriteria"]?.elements else { return }
        json[path: "actions.idp.matchCriteria"] = JSON(
            criteria.map { criterion in
                var criterion = criterion
                criterion.fill(from: ["propertyName": "name"])
                return criterion
            })
    }

    private static func completeFailureActions(_ json: inout JSON) {
        guard let actions = json[path: "actions.postAuthSession.failureActions"]?.elements else { return }
        json[path: "actions.postAuthSession.failureActions"] = JSON(
            actions.map { action in
                var action = action
                if action.text("action") == "TERMINATE_SESSION" { action.fill(from: ["slo": .null]) }
                return action
            })
    }

    private static func completeSignOn(_ json: inout JSON, _ org: OrgState) {
        let factor = org.features.signOnRisk ? "PASSWORD_IDP_ANY_FACTOR" : "PASSWORD_IDP"
        json.fill(from: [
            "actions": [
                "signon": [
                    "access": "ALLOW", "requireFactor": false, "primaryFactor": JSON(factor),
                    "rememberDeviceByDefault": false,
                    "session": [
                        "usePersistentCookie": false, "maxSessionIdleMinutes": 720, "maxSessionLifetimeMinutes": 0,
                    ],
                ]
            ]
        ])
    }
}
