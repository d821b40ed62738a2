/// The indices of buckets, by their keys. The index of a removed key is used for another key.
///
/// Keys of idle buckets are removed: programs that interpolate ids into path templates would otherwise keep one bucket
/// per path.
struct BucketIndices: Sendable {
    private var indices: [RateLimitKey: Int] = [:]
    private var unused: [Int] = []
    private var sizeToClean = 1024

    /// The number of keys.
    var count: Int { indices.count }

    /// Whether idle buckets should be removed before another key is added.
    var isFull: Bool { indices.count >= sizeToClean }

    /// The index of a key; `nil` if it is unknown.
    subscript(key: RateLimitKey) -> Int? { indices[key] }

    /// Adds a key, and returns its index: an unused one, or otherwise the end of the buckets.
    mutating func add(_ key: RateLimitKey, end: Int) -> Int {
        let index = unused.popLast() ?? end
        indices[key] = index
        return index
    }

    /// Removes the keys of idle buckets, and returns their indices.
    mutating func remove(where isIdle: (Int) -> Bool) -> [Int] {
        var removed: [Int] = []
        for (key, index) in indices where isIdle(index) {
            indices[key] = nil
            removed.append(index)
        }
        unused += removed
        sizeToClean = max(1024, indices.count * 2)
        return removed
    }
}
