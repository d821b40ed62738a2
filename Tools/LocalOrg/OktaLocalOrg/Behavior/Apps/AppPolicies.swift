import OktaRuntime

/// The policies of apps. An app has an access policy and a policy for profile enrollment: those that it names, or the
/// default ones.
enum AppPolicies {
    private static let accessPolicy = "_policies.accessPolicy"
    private static let profileEnrollment = "_policies.profileEnrollment"

    /// The members of a stored app that name its policies, by type.
    static let members = ["ACCESS_POLICY": accessPolicy, "PROFILE_ENROLLMENT": profileEnrollment]

    /// Returns the id of an app's policy.
    static func policy(ofType type: String, of app: JSON, _ org: OrgState) -> String? {
        members[type].flatMap { app.text($0) } ?? defaultPolicy(ofType: type, org)
    }

    /// Returns the policy that new apps get.
    static func defaultPolicy(ofType type: String, _ org: OrgState) -> String? {
        let name = type == "ACCESS_POLICY" ? "Any two factors" : "Default Policy"
        return org.tables[Kinds.policies].first { $0.text("type") == type && $0.text("name") == name }?.id
    }

    /// Returns the apps that name a policy.
    static func apps(ofPolicy id: String, _ org: OrgState) -> [(id: String, json: JSON)] {
        org.tables[Kinds.apps].all.filter { _, app in members.values.contains { app.text($0) == id } }
    }

    /// Assigns another policy to all apps that name a policy.
    static func reassignAll(from id: String, to other: String?, _ org: inout OrgState) {
        for (app, _) in apps(ofPolicy: id, org) { reassign(app, from: id, to: other, &org) }
    }

    /// Assigns another policy to an app that names a policy.
    static func reassign(_ app: String, from id: String, to other: String?, _ org: inout OrgState) {
        for member in members.values where org.tables[Kinds.apps][app]?.text(member) == id {
            org.tables[Kinds.apps][app]?[path: member] = other.map { JSON($0) }
        }
    }

    static let all: [Operation] = [
        Operation("PUT", "/api/v1/apps/{appId}/policies/{policyId}") { call, org throws(OrgFault) in
            let app = try Apps.find(call, org)
            guard let policy = org.tables[Kinds.policies][call[1]] else { throw .notFound(call[1], "Policy") }
            if policy.text("name") == "Okta Admin Console" || app.text("name") == "saasure" {
                throw .invalid(
                    "Policy",
                    "This policy belongs to \"Okta Admin Console\", and re-assignment of this policy is not allowed"
                )
            }
            let member = policy.text("type") == "PROFILE_ENROLLMENT" ? profileEnrollment : accessPolicy
            org.tables[Kinds.apps][call[0]]?[path: member] = JSON(call[1])
            return .empty()
        }
    ]
}
