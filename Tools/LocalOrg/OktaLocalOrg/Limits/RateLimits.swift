/// Counts requests in the buckets of an org, and in the share of each bucket that one token gets.
struct RateLimits: Sendable {
    /// What a request may still do.
    struct Verdict: Sendable {
        var limit: Int
        var remaining: Int
        var reset: Int
        var isOver: Bool
        /// Whether it is the first that is refused in its window.
        var isFirstOver = false
    }

    private struct Key: Hashable {
        let bucket: Int
        /// nil for the whole org.
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

    /// - Parameters:
    ///   - scale: A factor on all limits; an org of more users has higher ones.
    ///   - share: The percentage of a bucket that one token gets.
    init(scale: Double = 1, share: Int = 50) {
        // The numbers come from configurations too. Products of these fit an `Int`.
        self.scale = scale > 0 ? min(scale, 1_000_000) : 0
        self.share = min(max(share, 0), 100)
    }

    /// Counts a request, unless it is over a limit. The header fields tell the most specific limit that applied: that of
    /// the token, or that of the org where the tokens together have used it up.
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

    /// The refusal of a window that is full. A window that is over is forgotten.
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

/// How many requests an org answers at once.
struct ConcurrencyLimit: Sendable {
    /// The most; nil for no limit.
    var limit: Int?
    private(set) var running = 0

    init(limit: Int?) { self.limit = limit }

    /// Counts a request that begins; whether it may run. One that may not counts too, until it has its answer.
    mutating func begin() -> Bool {
        running += 1
        return limit.map { running <= $0 } ?? true
    }

    mutating func end() { running -= 1 }
}
