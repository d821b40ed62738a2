import YAML

/// Finds the known name that is most similar to a misspelled one.
///
/// Create one instance for all lookups among the same names, because the first lookup prepares the search.
package final class NearestName {
    private struct Candidate {
        var name: String
        var scalars: [Unicode.Scalar]
        /// The set of letters as a bit mask, so that one comparison excludes most candidates.
        var letters: UInt64
    }

    /// Longer names are compared by their first characters.
    private static let maximumLength = 64

    private let names: [String]
    // The order is fixed, so that a limited search examines the same names in every run.
    private lazy var candidatesByLength = Dictionary(grouping: names.sorted().map(Self.candidate), by: \.scalars.count)
    private var table = DistanceTable()
    private var work: Int

    /// Creates the search.
    ///
    /// - Parameters:
    ///   - candidates: The known names.
    ///   - work: The number of names to examine before the search gives up. A full comparison counts as several.
    ///     Thousands of unknown names have a common cause other than spelling.
    package init(candidates: some Sequence<String>, work: Int = 30_000_000) {
        names = Array(candidates)
        self.work = work
    }

    /// The cost of a full comparison, in examined names.
    static let comparisonWork = 50

    /// Returns the nearest candidate, if it is near enough.
    package func nearest(to name: String) -> String? {
        let wanted = Self.candidate(name)
        let limit = max(1, min(3, name.count / 3 + 1))
        var best: (distance: Int, name: String)?
        for length in max(0, wanted.scalars.count - limit)...(wanted.scalars.count + limit) {
            guard work > 0, let candidates = candidatesByLength[length] else { continue }
            work -= candidates.count
            // An edit adds at most one letter and removes at most one.
            for candidate in candidates where (candidate.letters ^ wanted.letters).nonzeroBitCount <= 2 * limit {
                guard work > 0, !candidate.name.hasSameBytes(as: name) else { continue }
                work -= Self.comparisonWork
                let bound = best?.distance ?? limit
                guard let distance = table.distance(wanted.scalars, candidate.scalars, atMost: bound) else { continue }
                if let best, (best.distance, best.name) < (distance, candidate.name) { continue }
                best = (distance, candidate.name)
            }
        }
        return best?.name
    }

    private static func candidate(_ name: String) -> Candidate {
        let scalars = Array(name.lowercased().unicodeScalars.prefix(maximumLength))
        return Candidate(
            name: name, scalars: scalars, letters: scalars.reduce(0) { $0 | 1 << UInt64($1.value % 64) })
    }
}

/// The distances between the prefixes of two names; only three rows are kept.
private struct DistanceTable {
    private var beforePrevious: [Int] = []
    private var previous: [Int] = []
    private var current: [Int] = []

    /// Returns the number of insertions, deletions, replacements and swaps of neighbors between two names; nil if it
    /// exceeds a limit, at which the computation stops.
    mutating func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int) -> Int? {
        let beyond = limit + 1
        while current.count <= b.count {
            beforePrevious.append(0)
            previous.append(0)
            current.append(0)
        }
        for j in 0...b.count {
            beforePrevious[j] = beyond
            previous[j] = min(j, beyond)
        }
        for i in a.indices {
            // Cells further from the diagonal than the limit exceed it.
            let from = max(0, i - limit)
            let to = min(b.count, i + limit + 1)
            for j in 0...b.count { current[j] = beyond }
            if i < limit { current[0] = i + 1 }
            var least = current[0]
            for j in from..<max(from, to) {
                var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforePrevious[j - 1] + 1) }
                current[j + 1] = min(best, beyond)
                least = min(least, best)
            }
            guard least <= limit else { return nil }
            swap(&beforePrevious, &previous)
            swap(&previous, &current)
        }
        return previous[b.count] <= limit ? previous[b.count] : nil
    }
}
