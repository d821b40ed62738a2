internal import Synchronization

/// A cache of patterns and match results, since a group rule evaluates the same pattern for every user.
enum PatternCache {
    private struct Known {
        var patterns: [String: JavaPattern?] = [:]
        var verdicts: [String: Bool] = [:]
    }

    private static let capacity = 10_000
    private static let known = Mutex(Known())

    /// Returns whether a whole text matches a pattern; false if the pattern is invalid.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let key = "\(pattern.utf8.count) \(pattern)\(text)"
        if let verdict = known.withLock({ $0.verdicts[key] }) { return verdict }
        let verdict = self.pattern(pattern)?.matches(text) == true
        known.withLock { known in
            if known.verdicts.count >= capacity { known.verdicts = [:] }
            known.verdicts[key] = verdict
        }
        return verdict
    }

    /// Returns a compiled pattern from the cache, or compiles it; nil if it is invalid.
    static func pattern(_ text: String) -> JavaPattern? {
        if let pattern = known.withLock({ $0.patterns[text] }) { return pattern }
        let pattern = JavaPattern(text)
        known.withLock { known in
            if known.patterns.count >= capacity / 10 { known.patterns = [:] }
            known.patterns[text] = .some(pattern)
        }
        return pattern
    }
}
