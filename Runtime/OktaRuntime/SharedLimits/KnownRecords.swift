/// When the records of buckets began, as a store saw them last: a record that began at another time has taken the place of
/// the one that it knew.
///
/// One that was not used for a minute is forgotten, as nobody has a lease of it any more.
package struct KnownRecords: Sendable {
    private struct Key: Hashable {
        let org: String
        let bucket: String
    }

    private var records: [Key: (born: Int, noted: ContinuousClock.Instant)] = [:]

    package init() {}

    /// When the record of a bucket began; nil where it is not known.
    package func born(_ org: String, _ bucket: String) -> Int? {
        guard let record = records[Key(org: org, bucket: bucket)], .now - record.noted < Self.memory else { return nil }
        return record.born
    }

    /// Remembers when the record of a bucket began.
    package mutating func note(_ org: String, _ bucket: String, born: Int) {
        let now = ContinuousClock.now
        if records.count >= 1024 { records = records.filter { now - $0.value.noted < Self.memory } }
        records[Key(org: org, bucket: bucket)] = (born, now)
    }

    private static let memory = Duration.seconds(60)
}
