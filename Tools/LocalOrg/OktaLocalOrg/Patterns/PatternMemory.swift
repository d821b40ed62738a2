internal import Synchronization

/// What patterns were compared with, since a group rule asks the same of every user.
enum PatternMemory {
    private struct Known {
        var patterns: [String: LinearPattern?] = [:]
        var verdicts: [String: Bool] = [:]
    }

    private static let capacity = 10_000
    private static let known = Mutex(Known())

    /// Whether a whole text fits a pattern; false for a pattern that cannot be read.
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

    /// A pattern that was read before, or is read now; nil for one that cannot be read.
    static func pattern(_ text: String) -> LinearPattern? {
        if let pattern = known.withLock({ $0.patterns[text] }) { return pattern }
        let pattern = LinearPattern(text)
        known.withLock { known in
            if known.patterns.count >= capacity / 10 { known.patterns = [:] }
            known.patterns[text] = .some(pattern)
        }
        return pattern
    }
}
