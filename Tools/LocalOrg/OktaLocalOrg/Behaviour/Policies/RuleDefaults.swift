import OktaRuntime

/// Checks and defaults of policy rules.
enum RuleDefaults {
    static func complete(_ json: inout JSON, _ previous: JSON?, _ org: OrgState) throws(OrgFault) {
        try Checks.text("name", of: json)
        if let priority = json["priority"], priority.kind != .null, priority.int == nil { throw .malformedBody }
        if json["system"] == nil { json["system"] = false }
        let type = json.text("type") ?? ""
        if json["system"]?.bool == true {
            // Conditions, priority and name of a system rule cannot be changed.
            json["conditions"] = previous?["conditions"] ?? json["conditions"] ?? .some(.null)
            json["priority"] = previous?["priority"] ?? json["priority"]
            json["name"] = previous?["name"] ?? json["name"]
        } else {
            var conditions = json["conditions"]?.kind == .object ? json["conditions"] ?? [:] : [:]
            try complete(&conditions, type, org)
            json["conditions"] = conditions
        }
        switch type {
        case "ACCESS_POLICY": completeAccess(&json)
        case "SIGN_ON": completeSignOn(&json, org)
        case "PROFILE_ENROLLMENT":
            json.fill(from: ["actions": ["profileEnrollment": ["preRegistrationInlineHooks": .null]]])
            if org.features.enrollmentIdentifiers {
                json.fill(from: ["actions": ["profileEnrollment": ["allowedIdentifiers": ["login"]]]])
            }
        default: break
        }
    }

    private static func complete(_ conditions: inout JSON, _ type: String, _ org: OrgState) throws(OrgFault) {
        try checkNetwork(conditions)
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
            conditions.fill(from: ["network": ["connection": "ANYWHERE"], "authContext": ["authType": "ANY"]])
            if org.features.signOnRisk, conditions["riskScore"] != nil {
                conditions.fill(from: ["risk": ["behaviors": []]])
            }
        }
    }

    /// Throws for a zone condition without zones.
    private static func checkNetwork(_ conditions: JSON) throws(OrgFault) {
        guard conditions.text("network.connection") == "ZONE" else { return }
        let named = ["network.include", "network.exclude"].contains { conditions[path: $0]?.count ?? 0 > 0 }
        guard named else {
            throw .invalid("network", "network: Zones must be included or excluded when the connection is ZONE.")
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
        if action.text("verificationMethod.type") == "ASSURANCE",
            action[path: "verificationMethod.reauthenticateIn"] == nil
        {
            action[path: "verificationMethod.reauthenticateIn"] = "PT12H"
        }
        action.fill(from: ["access": "ALLOW", "keepMeSignedIn": ["postAuth": "NOT_ALLOWED"]])
        json[path: "actions.appSignOn"] = action
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
