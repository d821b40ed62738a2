/// What an input says beside facts that have rules of their own.
struct TextDigest: Sendable, Hashable {
    /// A hash of words and examples.
    var words = 0
    /// Hashes of what no rule looks at, by key.
    var remainder: [String: Int] = [:]
}
