import OktaRuntime

/// Limits on token lifetimes in the access rules of a custom authorization server, in minutes.
enum AuthorizationServerRules {
    /// The lifetime of access tokens: five minutes to a day.
    static let accessLifetime = 5...1440
    /// The idle lifetime of refresh tokens: ten minutes to five years.
    static let refreshWindow = 10...2_628_000

    /// Throws for lifetimes out of range.
    static func check(_ rule: JSON) throws(OrgFault) {
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
