#if LocalOrg
import OktaRuntime

/// Access policies and rules of custom servers: which requests get tokens, and for how long.
enum ServerPolicies {
    /// What the rule that fits says.
    struct Verdict: Sendable {
        /// In seconds.
        var accessLifetime = 3600
        /// In seconds; 0 for no end.
        var refreshLifetime = 0
        /// In seconds: how long a refresh token lives without use.
        var refreshWindow = 604_800

        /// What the org's own server does, which has no policies.
        static let ofOrg = Verdict(accessLifetime: 3600, refreshLifetime: 7_776_000, refreshWindow: 7_776_000)
    }

    /// The first rule that fits a request, by the priorities of policies and rules.
    ///
    /// - Throws: A refusal when there is none.
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
                return verdict(of: rule)
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
        // Rules of a seed are stored as they come, so that their numbers are cut here to what rules may have.
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
        return verdict
    }
}
#endif
