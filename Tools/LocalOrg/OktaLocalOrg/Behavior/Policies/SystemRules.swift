import OktaRuntime

/// The initial rules of policies: a catch-all rule for types that have one; for other types, a default rule in system
/// policies.
enum SystemRules {
    private static let actions: [String: JSONTemplate] = [
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
        "IDP_DISCOVERY": #"{"idp":{"providers":[{"type":"OKTA"}],"idpSelectionType":"SPECIFIC"}}"#,
    ]

    private static func completed(_ actions: JSONTemplate, _ type: String, _ org: OrgState) -> JSON {
        var actions = actions.filled()
        if type == "PROFILE_ENROLLMENT", org.features.enrollmentIdentifiers {
            actions.fill(from: ["profileEnrollment": ["allowedIdentifiers": ["login"]]])
        }
        return actions
    }

    static func create(ofPolicy policy: String, type: String, isSystem: Bool, _ org: inout OrgState) {
        let kindOfPolicy = PolicyType.named(type)
        let isCatchAll = kindOfPolicy.hasCatchAll
        guard isCatchAll || isSystem, let actions = actions[type] else { return }
        let id = org.ids.next(kindOfPolicy.rulePrefix)
        org.tables[Kinds.policyRules, of: policy][id] = [
            "id": JSON(id), "status": "ACTIVE", "name": JSON(isCatchAll ? "Catch-all Rule" : "Default Rule"),
            "priority": JSON(isCatchAll ? 99 : 1), "created": JSON(org.now.text),
            "lastUpdated": JSON(org.now.text), "system": true,
            "conditions": isCatchAll
                ? .null : ["people": ["users": ["exclude": []]], "network": ["connection": "ANYWHERE"]],
            "actions": completed(actions, type, org), "type": JSON(PolicyRules.ruleType(type)),
        ]
    }
}
