import OktaRuntime

/// Checks of the access rules of a custom authorization server: their people, inline hook, and token lifetimes in minutes.
enum AuthorizationServerRules {
    /// The lifetime of access tokens: five minutes to a day.
    static let accessLifetime = 5...1440
    /// The idle lifetime of refresh tokens: ten minutes to five years.
    static let refreshWindow = 10...2_628_000

    /// The grant types that are about a user.
    private static let userGrants = ["authorization_code", "implicit", "password"]

    /// Throws for a rule about users that admits none.
    private static func checkPeople(_ rule: JSON) throws(OrgFault) {
        let grants = (rule[path: "conditions.grantTypes.include"]?.elements ?? []).compactMap(\.string)
        guard grants.contains(where: userGrants.contains) else { return }
        let lists = ["users", "groups"].map { "conditions.people.\($0).include" }
        guard !lists.contains(where: { rule[path: $0]?.count ?? 0 > 0 }) else { return }
        let field = "conditions.people"
        throw .invalid(
            field,
            "\(field): At least one of ''\(lists[0])'' or ''\(lists[1])'' must contain a valid user or group when "
                + "''conditions.grantTypes'' contains one or more of [\(userGrants.joined(separator: ", "))].")
    }

    /// Throws for a rule whose inline hook does not exist or has another type.
    private static func checkHook(_ rule: JSON, _ org: OrgState) throws(OrgFault) {
        let field = "actions.token.inlineHook.id"
        guard let id = rule.text(field), org.tables[InlineHooks.kind][id]?.text("type") != InlineHooks.tokenType else {
            return
        }
        throw ConditionReferences.notFound([id], field: field, type: InlineHooks.resource.type)
    }

    /// Throws for a rule without the people that it needs, with an inline hook that it cannot use, and with lifetimes
    /// out of range.
    static func check(_ rule: JSON, _ org: OrgState) throws(OrgFault) {
        try checkPeople(rule)
        try checkHook(rule, org)
        let token = rule[path: "actions.token"]
        let access = try number("accessTokenLifetimeMinutes", token, accessLifetime)
        _ = try number("refreshTokenWindowMinutes", token, refreshWindow)
        // 0 means unlimited. Any other lifetime of a refresh token is at least that of an access token.
        guard token?["refreshTokenLifetimeMinutes"]?.int != 0 else { return }
        let shortest = access ?? accessLifetime.lowerBound
        _ = try number("refreshTokenLifetimeMinutes", token, shortest...refreshWindow.upperBound)
    }

    private static func number(
        _ name: String, _ token: JSON?, _ range: ClosedRange<Int>
    ) throws(OrgFault) -> Int? {
        guard let value = token?[name], value.kind != .null else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw .invalid(name, "\(name): must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
