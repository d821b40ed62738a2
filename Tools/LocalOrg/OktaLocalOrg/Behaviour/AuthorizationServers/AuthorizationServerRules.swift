import OktaRuntime

/// What the access rules of a custom authorization server may say about the lifetimes of tokens, in minutes.
enum AuthorizationServerRules {
    /// From five minutes to a day.
    static let accessLifetime = 5...1440
    /// From ten minutes to five years: how long a refresh token lives without use.
    static let refreshWindow = 10...2_628_000

    /// Refuses lifetimes that are out of range.
    static func check(_ rule: JSON) throws(OrgFault) {
        let token = rule[path: "actions.token"]
        let access = try number("accessTokenLifetimeMinutes", token, accessLifetime)
        _ = try number("refreshTokenWindowMinutes", token, refreshWindow)
        // 0 stands for no end. Otherwise a refresh token lives at least as long as an access token.
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
