#if CommandLine
internal import HTTPTypes
internal import OktaRuntime

/// An estimate of how long a run takes under the org's rate limits.
struct LimitEstimate {
    private var calls: [String: Int] = [:]
    private let known: [String: Int]

    /// Creates an estimate.
    ///
    /// - Parameter known: The limits in responses, in calls per minute, by method and path.
    init(known: [String: Int]) { self.known = known }

    /// Counts the calls of a row.
    ///
    /// - Parameter isUndo: Whether the row undoes another one, so that the object is also read after a change of its
    ///   state or a deletion.
    mutating func add(_ row: RowCall, keepsBefore: Bool, isUndo: Bool = false) {
        let kind = row.action.change
        calls[Self.bucket(row.action), default: 0] += 1
        if let reading = kind.reading, keepsBefore || !row.assignments.isEmpty {
            calls[Self.bucket(reading.action), default: 0] += 1
        }
        if isUndo, let reading = kind.readingAfterUndo { calls[Self.bucket(reading.action), default: 0] += 1 }
    }

    /// The minimum time in words, with the limit that causes it.
    var text: String {
        guard
            // Sorted by name, so that equal rows have equal estimates.
            let slowest = calls.sorted(by: { $0.key < $1.key }).map({
                (bucket: $0.key, count: $0.value, limit: limit(of: $0.key))
            })
            .max(by: { Self.minutes($0.count, $0.limit.calls) < Self.minutes($1.count, $1.limit.calls) })
        else { return "The set is empty" }
        let total = calls.values.reduce(0, +)
        let source = slowest.limit.isStated ? "the org has stated" : "Okta documents for most orgs"
        let minutes = Self.minutes(slowest.count, slowest.limit.calls)
        let time = minutes == 0 ? "less than a minute" : "at least \(minutes) minute\(minutes == 1 ? "" : "s")"
        return
            "\(total) call\(total == 1 ? " takes" : "s take") \(time): \(slowest.count) of \(slowest.bucket), for which \(source) "
            + "\(slowest.limit.calls) a minute"
    }

    private func limit(of bucket: String) -> (calls: Int, isStated: Bool) {
        if let stated = known[bucket] { return (stated, true) }
        return (Self.documented(bucket) / 2, false)
    }

    /// Returns the minutes to wait. The calls of the first window are sent at once, so only the ends of windows count.
    private static func minutes(_ calls: Int, _ limit: Int) -> Int { limit > 0 ? (calls - 1) / limit : 0 }

    private static func bucket(_ action: CommandAction) -> String {
        "\(action.descriptor.method?.rawValue ?? "") \(action.path.normal)"
    }

    /// Returns the limit in Okta's documentation in calls per minute, of which a token gets half. Endpoints without
    /// one share 1200.
    private static func documented(_ bucket: String) -> Int { table[bucket] ?? 1200 }

    private static let table: [String: Int] = [
        "GET /api/v1/users": 600, "POST /api/v1/users": 600, "GET /api/v1/users/{}": 2000,
        "POST /api/v1/users/{}": 600, "PUT /api/v1/users/{}": 600, "DELETE /api/v1/users/{}": 600,
        "GET /api/v1/groups": 500, "POST /api/v1/groups": 500, "GET /api/v1/groups/{}": 1000,
        "PUT /api/v1/groups/{}": 1000, "DELETE /api/v1/groups/{}": 1000, "GET /api/v1/apps": 100,
        "POST /api/v1/apps": 100, "GET /api/v1/apps/{}": 500, "PUT /api/v1/apps/{}": 500,
        "DELETE /api/v1/apps/{}": 500,
    ]
}
#endif
