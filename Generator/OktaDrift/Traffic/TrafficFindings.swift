import YAML

/// The differences in recordings with their numbers of occurrences, up to a maximum for a report.
final class TrafficFindings {
    /// The identity of a difference.
    struct Key: Hashable {
        var rule: DriftRule
        var subject: TrafficSubject
        var arguments: [Change.Argument] = []

        static func == (left: Key, right: Key) -> Bool {
            left.rule.id == right.rule.id && left.subject == right.subject && left.arguments == right.arguments
        }

        /// Hashes the key without the arguments, which are mostly the same for a subject, so that comparing them costs
        /// less.
        func hash(into hasher: inout Hasher) {
            hasher.combine(rule.id)
            hasher.combine(subject)
        }
    }

    /// A difference.
    struct Finding {
        /// The number of occurrences.
        var count = 0
        /// The first occurrence.
        var example: String
        /// The exchange of the first occurrence.
        var location: SourceLocation
    }

    /// The maximum number of distinct differences. A catalog with more does not belong to the org.
    static let maximum = 5_000

    private var findings: [Key: Finding] = [:]
    /// The number of occurrences of differences beyond the maximum.
    private(set) var omitted = 0

    /// Returns whether a difference is already known.
    func has(_ key: Key) -> Bool { findings[key] != nil }

    /// Adds an occurrence.
    func add(_ key: Key, _ finding: Finding) {
        if let known = findings.index(forKey: key) {
            findings.values[known].count += finding.count
        } else if findings.count < Self.maximum {
            findings[key] = finding
        } else {
            omitted += finding.count
        }
    }

    /// Adds the differences of another recording.
    func add(_ other: TrafficFindings) {
        for (key, finding) in other.findings { add(key, finding) }
        omitted += other.omitted
    }

    /// The differences in a stable order.
    var changes: [Change] {
        findings.map { key, finding in
            Change(
                key.rule, ChangeSite(key.subject.text, new: finding.location), key.arguments,
                detail: "\(finding.count.counted("time")), such as \(finding.example)")
        }.sorted { ($0.subject, $0.rule.id, $0.message) < ($1.subject, $1.rule.id, $1.message) }
    }
}

/// The subject of a difference: a type, a member or an operation, and the depth within lists and maps.
struct TrafficSubject: Hashable {
    var base: String
    /// The number of lists and maps around the value.
    var nesting = 0

    var text: String { base + String(repeating: "[]", count: nesting) }
    /// The element of a list or map.
    var element: TrafficSubject { TrafficSubject(base: base, nesting: nesting + 1) }
}
