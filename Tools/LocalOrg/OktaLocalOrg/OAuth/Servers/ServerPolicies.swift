#if LocalOrg
import OktaRuntime

/// Access policies and rules of custom authorization servers: which requests get tokens, and the tokens' lifetimes.
enum ServerPolicies {
    /// The result of the matching rule.
    struct Verdict: Sendable {
        /// The lifetime of access tokens in seconds.
        var accessLifetime = 3600
        /// The lifetime of refresh tokens in seconds; 0 for no limit.
        var refreshLifetime = 0
        /// The idle lifetime of refresh tokens in seconds.
        var refreshWindow = 604_800
        /// The ids of the policy and the rule.
        var policyID: String?
        var ruleID: String?
        /// The id of the inline hook that is called before the tokens are signed.
        var hookID: String?

        /// The result for the org authorization server, which has no policies.
        static let ofOrg = Verdict(accessLifetime: 3600, refreshLifetime: 7_776_000, refreshWindow: 7_776_000)
    }

    /// Returns the result of the first matching rule, in the priority order of policies and rules.
    ///
    /// - Throws: An error if no rule matches.
    static func verdict(
        _ client: OAuthClient, _ user: UserRecord?, grant: String, _ scopes: [String], _ issuer: Issuer,
        _ org: OrgState
    ) throws(OAuthRefusal) -> Verdict {
        guard let server = issuer.serverID else { return .ofOrg }
        for policy in active(org.tables[AuthorizationServers.policies.kind, of: server]) {
            let clients = texts(policy, "conditions.clients.include")
            guard clients.contains("ALL_CLIENTS") || clients.contains(client.id),
                let id = policy.text("id")
            else { continue }
            for rule in active(org.tables[AuthorizationServers.rules.kind, of: id])
            where fits(rule, user, grant, scopes, org) {
                var verdict = verdict(of: rule)
                verdict.policyID = id
                return verdict
            }
        }
        throw .policyDenied
    }

    private static func active(_ table: Table) -> [JSON] {
        table.all.map(\.json).filter { $0.text("status") == "ACTIVE" }
            .sorted { ($0["priority"]?.int ?? .max) < ($1["priority"]?.int ?? .max) }
    }

    private static func texts(_ json: JSON, _ path: String) -> [String] {
        (json[path: path]?.elements ?? []).compactMap(\.string)
    }

    private static func fits(
        _ rule: JSON, _ user: UserRecord?, _ grant: String, _ scopes: [String], _ org: OrgState
    ) -> Bool {
        guard texts(rule, "conditions.grantTypes.include").contains(grant) else { return false }
        let allowed = texts(rule, "conditions.scopes.include")
        guard allowed.contains("*") || scopes.allSatisfy(allowed.contains) else { return false }
        guard let user else { return true }
        let inGroup = { (group: String) in
            group == "EVERYONE" || group == org.identity.everyoneID
                || org.memberships.contains(user.id, in: group)
        }
        if texts(rule, "conditions.people.users.exclude").contains(user.id) { return false }
        if texts(rule, "conditions.people.groups.exclude").contains(where: inGroup) { return false }
        let users = texts(rule, "conditions.people.users.include")
        let groups = texts(rule, "conditions.people.groups.include")
        return users.isEmpty && groups.isEmpty || users.contains(user.id) || groups.contains(where: inGroup)
    }

    private static func verdict(of rule: JSON) -> Verdict {
        var verdict = Verdict()
        let token = rule[path: "actions.token"]
        // Rules of a seed are stored unchecked, so their lifetimes are clamped here.
        func seconds(_ name: String, _ range: ClosedRange<Int>) -> Int? {
            (token?[name]?.int).map { 60 * min(max($0, range.lowerBound), range.upperBound) }
        }
        let access = AuthorizationServerRules.accessLifetime
        let window = AuthorizationServerRules.refreshWindow
        if let seconds = seconds("accessTokenLifetimeMinutes", access) { verdict.accessLifetime = seconds }
        if let seconds = seconds("refreshTokenLifetimeMinutes", 0...window.upperBound) {
            verdict.refreshLifetime = seconds
        }
        if let seconds = seconds("refreshTokenWindowMinutes", window) { verdict.refreshWindow = seconds }
        verdict.ruleID = rule.text("id")
        verdict.hookID = token?.text("inlineHook.id")
        return verdict
    }
}
#endif
