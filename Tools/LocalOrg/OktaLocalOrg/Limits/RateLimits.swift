/// Counts requests in the buckets of an org, and in each token's share of a bucket.
struct RateLimits: Sendable {
    /// The state of a limit after a request.
    struct Verdict: Sendable {
        var limit: Int
        var remaining: Int
        var reset: Int
        var isOver: Bool
        /// Whether this is the first rejected request in its window.
        var isFirstOver = false
    }

    private struct Key: Hashable {
        let bucket: Int
        /// The token; nil for the whole org.
        let token: String?
    }

    private struct Window {
        var start: Int
        var count = 0
        var hasRefused = false
    }

    private let scale: Double
    private let share: Int
    private var windows: [Key: Window] = [:]

    /// Creates the limits.
    ///
    /// - Parameters:
    ///   - scale: A factor for all limits; orgs with more users have higher ones.
    ///   - share: The percentage of a bucket that one token gets.
    init(scale: Double = 1, share: Int = 50) {
        // The numbers may come from a configuration. They are clamped so that their products fit an `Int`.
        self.scale = scale > 0 ? min(scale, 1_000_000) : 0
        self.share = min(max(share, 0), 100)
    }

    /// Counts a request unless it exceeds a limit. The header fields state the most specific limit that applies: the
    /// token's, or the org's if all tokens together have exhausted it.
    mutating func count(_ method: String, _ segments: [String], token: String, at now: OrgTime) -> Verdict? {
        guard !LimitRules.isFree(segments), let bucket = LimitRules.index(of: method, segments) else { return nil }
        let limit = max(Int(Double(LimitRules.all[bucket].limit) * scale), 1)
        let org = Key(bucket: bucket, token: nil)
        let own = Key(bucket: bucket, token: token)
        if let verdict = full(org, limit, now) { return verdict }
        let part = max(limit * share / 100, 1)
        if let verdict = full(own, part, now) { return verdict }
        windows[org, default: Window(start: now.seconds)].count += 1
        var window = windows[own] ?? Window(start: now.seconds)
        window.count += 1
        windows[own] = window
        return Verdict(
            limit: part, remaining: part - window.count, reset: window.start + Self.length, isOver: false)
    }

    /// Returns the verdict of an exhausted window; nil otherwise. Removes an expired window.
    private mutating func full(_ key: Key, _ limit: Int, _ now: OrgTime) -> Verdict? {
        guard var window = windows[key] else { return nil }
        guard now.seconds < window.start + Self.length else {
            windows[key] = nil
            return nil
        }
        guard window.count >= limit else { return nil }
        let isFirst = !window.hasRefused
        window.hasRefused = true
        windows[key] = window
        return Verdict(
            limit: limit, remaining: 0, reset: window.start + Self.length, isOver: true, isFirstOver: isFirst)
    }

    private static let length = 60
}

/// A limit on concurrent requests to an org.
struct ConcurrencyLimit: Sendable {
    /// The maximum; nil for no limit.
    var limit: Int?
    private(set) var running = 0

    init(limit: Int?) { self.limit = limit }

    /// Counts a new request and returns whether it may run. A rejected one also counts until its response is sent.
    mutating func begin() -> Bool {
        running += 1
        return limit.map { running <= $0 } ?? true
    }

    mutating func end() { running -= 1 }
}
