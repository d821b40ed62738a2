/// The rate limits of an org: buckets by method and path, of which each token gets half.
struct RateLimits: Sendable {
    /// A bucket: requests in 60 seconds.
    struct Rule: Sendable {
        var method: String?
        /// The path, or its beginning.
        var path: String
        /// Whether only this path counts, rather than all below it.
        var isExact: Bool
        var limit: Int
    }

    /// What a request may still do.
    struct Verdict: Sendable {
        var limit: Int
        var remaining: Int
        var reset: Int
        var isOver: Bool
    }

    private var rules: [Rule]
    private var share: Int
    private var windows: [String: (start: Int, count: Int)] = [:]

    /// - Parameters:
    ///   - scale: A factor on all limits; an org of more users has higher ones.
    ///   - share: The percentage of a bucket that one token gets.
    init(scale: Double = 1, share: Int = 50) {
        self.share = share
        rules = Self.defaults.map { rule in
            var rule = rule
            rule.limit = max(Int(Double(rule.limit) * scale), 1)
            return rule
        }
    }

    private static let defaults = [
        Rule(method: "GET", path: "/api/v1/users", isExact: true, limit: 300),
        Rule(method: "POST", path: "/api/v1/users", isExact: true, limit: 330),
        Rule(method: nil, path: "/api/v1/users", isExact: false, limit: 600),
        Rule(method: nil, path: "/api/v1/groups", isExact: false, limit: 500),
        Rule(method: "POST", path: "/api/v1/apps", isExact: true, limit: 100),
        Rule(method: nil, path: "/api/v1/apps", isExact: false, limit: 500),
        Rule(method: nil, path: "/api/v1/logs", isExact: false, limit: 120),
        Rule(method: nil, path: "/api/v1/agentPools", isExact: false, limit: 10),
        Rule(method: nil, path: "/api/v1/zones", isExact: false, limit: 100),
        Rule(method: nil, path: "/api/v1/sessions", isExact: false, limit: 375),
        Rule(method: nil, path: "/api/v1/authn", isExact: false, limit: 500),
        Rule(method: nil, path: "/oauth2/v1/token", isExact: false, limit: 150),
        Rule(method: nil, path: "/oauth2", isExact: false, limit: 1200),
        Rule(method: nil, path: "/", isExact: false, limit: 1200),
    ]

    /// Whether a path has no limits.
    private static func isFree(_ path: String) -> Bool {
        path.hasSuffix("/v1/keys") || path.hasPrefix("/.well-known/") || path.hasPrefix("/_local/")
    }

    private func rule(_ method: String, _ path: String) -> Int? {
        var best: (index: Int, length: Int)?
        for (index, rule) in rules.enumerated() where rule.method == nil || rule.method == method {
            let fits =
                rule.isExact ? path == rule.path : path.hasPrefix(rule.path == "/" ? "/" : rule.path)
            guard fits else { continue }
            if rule.isExact { return index }
            if rule.path.utf8.count > best?.length ?? -1 { best = (index, rule.path.utf8.count) }
        }
        return best?.index
    }

    /// Counts a request. The header fields tell the most specific limit that applied: that of the token.
    mutating func count(_ method: String, _ path: String, token: String, at now: OrgTime) -> Verdict? {
        guard !Self.isFree(path), let index = rule(method, path) else { return nil }
        let limit = max(rules[index].limit * share / 100, 1)
        let key = "\(index) \(token)"
        var window = windows[key] ?? (now.seconds, 0)
        if now.seconds >= window.start + 60 { window = (now.seconds, 0) }
        let isOver = window.count >= limit
        if !isOver { window.count += 1 }
        windows[key] = window
        return Verdict(limit: limit, remaining: limit - window.count, reset: window.start + 60, isOver: isOver)
    }
}
