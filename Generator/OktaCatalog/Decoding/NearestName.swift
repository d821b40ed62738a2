/// Finds the known name that a misspelt one probably means.
struct NearestName {
    var candidates: [String]

    /// The nearest candidate, when it is near enough to be meant.
    func nearest(to name: String) -> String? {
        let limit = max(1, min(3, name.count / 3 + 1))
        return
            candidates
            .map { (name: $0, distance: Self.distance(name.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit && $0.name != name }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
            .name
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours between two names.
    private static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left.unicodeScalars.prefix(64))
        let b = Array(right.unicodeScalars.prefix(64))
        var beforePrevious = [Int]()
        var previous = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforePrevious[j - 1] + 1) }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[b.count]
    }
}
