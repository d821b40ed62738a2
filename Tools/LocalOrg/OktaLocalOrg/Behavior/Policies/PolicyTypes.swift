/// The differences between policy types.
struct PolicyType: Sendable {
    /// The prefix of policy ids. Types of the Identity Engine have other prefixes.
    var prefix = "00p"
    var rulePrefix = "0pr"
    /// The type of the rules; nil if it equals the policy's.
    var ruleType: String?
    /// Whether policies have priorities and are evaluated in that order. Otherwise they are assigned to apps and all
    /// have priority 1.
    var isOrdered = true
    /// Whether a policy has conditions. Otherwise they are null.
    var hasConditions = true
    /// Whether admins can create policies of this type. Otherwise an org has one.
    var isCreatable = true
    /// Whether admins can create rules. Otherwise a policy has only its initial ones.
    var takesRules = true
    /// Whether every policy has a catch-all rule from the start.
    var hasCatchAll = false

    static let all: [String: PolicyType] = [
        "OKTA_SIGN_ON": PolicyType(ruleType: "SIGN_ON"),
        "PASSWORD": PolicyType(),
        "MFA_ENROLL": PolicyType(), "USER_LIFECYCLE": PolicyType(),
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

    /// Returns the type with a name, or default properties for an unknown type.
    static func named(_ name: String?) -> PolicyType { name.flatMap { all[$0] } ?? PolicyType() }
}
