/// What differs between the types of policies.
struct PolicyType: Sendable {
    /// How ids of policies and of their rules begin: those of the Identity Engine look otherwise.
    var prefix = "00p"
    var rulePrefix = "0pr"
    /// The type of the rules; nil when it is that of the policy.
    var ruleType: String?
    /// Whether policies have places, and are tried in that order. Apps choose among the others, which all have priority 1.
    var isOrdered = true
    /// Whether a policy says whom it is for. Otherwise its conditions are null.
    var hasConditions = true
    /// Whether admins make policies of this type; an org has one of each of the others.
    var isCreatable = true
    /// Whether admins make rules. Otherwise a policy has those that it is born with.
    var takesRules = true
    /// Whether every policy is born with a rule that catches what no other rule does.
    var hasCatchAll = false

    static let all: [String: PolicyType] = [
        "OKTA_SIGN_ON": PolicyType(ruleType: "SIGN_ON"),
        "PASSWORD": PolicyType(),
        "MFA_ENROLL": PolicyType(),
        "IDP_DISCOVERY": PolicyType(hasConditions: false, isCreatable: false),
        "ACCESS_POLICY": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, hasCatchAll: true),
        "PROFILE_ENROLLMENT": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, takesRules: false,
            hasCatchAll: true),
        "SESSION_VIOLATION_DETECTION": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, isCreatable: false),
        "POST_AUTH_SESSION": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, isCreatable: false,
            takesRules: false),
        "ENTITY_RISK": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, isCreatable: false),
        "DEVICE_SIGNAL_COLLECTION": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false),
        "CLIENT_UPDATE": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, isCreatable: false,
            takesRules: false),
        "IDENTITY_CLAIM_SOURCING": PolicyType(
            prefix: "rst", rulePrefix: "rul", isOrdered: false, hasConditions: false, isCreatable: false,
            takesRules: false),
    ]

    /// The type with a name, or what is common to types when Okta has a new one.
    static func named(_ name: String?) -> PolicyType { name.flatMap { all[$0] } ?? PolicyType() }
}
