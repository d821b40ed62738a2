/// The creation times of the records that a store has used. A record with a different creation time has replaced the
/// known one.
///
/// An entry is dropped after a minute without use, when all leases of the record have expired.
package struct KnownRecords: Sendable {
    private struct Key: Hashable {
        let org: String
        let bucket: String
    }

    private var records: [Key: (born: Int, noted: ContinuousClock.Instant)] = [:]

    package init() {}

    /// Returns the creation time of the record of a bucket; `nil` if it is not known.
    package func born(_ org: String, _ bucket: String) -> Int? {
        guard let record = records[Key(org: org, bucket: bucket)], .now - record.noted < Self.memory else { return nil }
        return record.born
    }

    /// Stores the creation time of the record of a bucket.
    package mutating func note(_ org: String, _ bucket: String, born: Int) {
        let now = ContinuousClock.now
        if records.count >= 1024 { records = records.filter { now - $0.value.noted < Self.memory } }
        records[Key(org: org, bucket: bucket)] = (born, now)
    }

    private static let memory = Duration.seconds(60)
}
