/// Rate limit buckets of an org: which requests count together, and the limit per minute.
///
/// The limits are those of a Workforce org in Okta's documentation. Where it states none, they are twice those in
/// recordings of real orgs, since a token gets half. Exact paths take precedence over prefixes, and longer paths over
/// shorter ones.
enum LimitRules {
    /// A bucket, with its limit per 60 seconds.
    struct Rule: Sendable {
        /// The counted methods; empty for all.
        var methods: [String]
        var path: PathPattern
        /// Whether only this path counts, without the paths below it.
        var isExact: Bool
        var limit: Int
    }

    /// Returns whether a path has no rate limit.
    static func isFree(_ segments: [String]) -> Bool {
        segments.first == "_local" || segments.first == ".well-known" || segments.suffix(2) == ["v1", "keys"]
            || segments.contains(".well-known")
    }

    /// Returns the bucket of a request.
    static func index(of method: String, _ segments: [String]) -> Int? {
        var best: (index: Int, rank: Int)?
        for (index, rule) in all.enumerated() where rule.methods.isEmpty || rule.methods.contains(method) {
            guard rule.isExact ? rule.path.matches(segments) : rule.path.begins(segments) else { continue }
            let rank = (rule.isExact ? 1000 : 0) + 10 * rule.path.count + rule.path.literalCount
            if rank > best?.rank ?? -1 { best = (index, rank) }
        }
        return best?.index
    }

    static let all: [Rule] = exact + below

    private static let exact: [Rule] = [
        (["GET", "POST"], "/api/v1/apps", 100), (["GET", "PUT", "DELETE"], "/api/v1/apps/{}", 500),
        (["GET", "POST"], "/api/v1/groups", 500), (["GET", "PUT", "DELETE"], "/api/v1/groups/{}", 1000),
        (["GET", "POST"], "/api/v1/users", 600), (["GET"], "/api/v1/users/{}", 2000),
        (["POST", "PUT", "DELETE"], "/api/v1/users/{}", 600),
        (["POST"], "/api/v1/users/{}/credentials/forgot_password", 660),
        (["POST"], "/api/v1/domains/{}/verify", 30),
    ].map { Rule(methods: $0, path: PathPattern($1), isExact: true, limit: $2) }

    private static let below: [Rule] = [
        ("/api/v1/agentPools", 20), ("/api/v1/api-tokens", 600), ("/api/v1/authn", 1000),
        ("/api/v1/apps/{}/connections", 100), ("/api/v1/apps/{}/features", 100), ("/api/v1/apps/{}/tokens", 100),
        ("/api/v1/authenticators", 100), ("/api/v1/device-assurances", 100), ("/api/v1/devices/{}/users", 600),
        ("/api/v1/meta/uischemas", 100), ("/api/v1/org/captcha", 1000), ("/api/v1/push-providers", 100),
        ("/api/v1/rate-limit-settings", 100),
        ("/api/v1/authorizationServers", 100), ("/api/v1/behaviors", 1000), ("/api/v1/brands", 100),
        ("/api/v1/brands/{}/templates", 1200), ("/api/v1/brands/{}/themes", 200), ("/api/v1/captchas", 1000),
        ("/api/v1/devices", 100), ("/api/v1/events", 100), ("/api/v1/iam", 200),
        ("/api/v1/identity-sources", 30), ("/api/v1/logStreams", 600), ("/api/v1/logs", 120),
        ("/api/v1/mappings", 1000), ("/api/v1/meta/schemas/group", 200), ("/api/v1/meta/schemas/user", 2000),
        ("/api/v1/org", 200), ("/api/v1/policies", 2000), ("/api/v1/principal-rate-limits", 200),
        ("/api/v1/realms", 1000), ("/api/v1/sessions", 750), ("/api/v1/zones", 200), ("/api/v1", 1200),
        ("/oauth2/v1/token", 300), ("/oauth2/v1/clients", 100), ("/oauth2", 2000), ("/", 1200),
    ].map { Rule(methods: [], path: PathPattern($0), isExact: false, limit: $1) }
}
