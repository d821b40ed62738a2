import YAML

/// What recordings show, each difference once with how often it was met; no more of them than a report can hold.
final class TrafficFindings {
    /// What identifies a difference.
    struct Key: Hashable {
        var rule: DriftRule
        var subject: TrafficSubject
        var arguments: [Change.Argument] = []

        static func == (left: Key, right: Key) -> Bool {
            left.rule.id == right.rule.id && left.subject == right.subject && left.arguments == right.arguments
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(rule.id)
            hasher.combine(subject)
            hasher.combine(arguments)
        }
    }

    /// A difference.
    struct Finding {
        /// How often it was met.
        var count = 0
        /// Where it was met first.
        var example: String
        /// The exchange that showed it first.
        var location: SourceLocation
    }

    /// Different differences that are kept; a catalog with more of them is not that of the org.
    static let maximum = 5_000

    private var findings: [Key: Finding] = [:]
    /// How many more were met of differences that are not kept.
    private(set) var omitted = 0

    /// Whether a difference was met before.
    func has(_ key: Key) -> Bool { findings[key] != nil }

    /// Adds what was met.
    func add(_ key: Key, _ finding: Finding) {
        if findings[key] != nil {
            findings[key]?.count += finding.count
        } else if findings.count < Self.maximum {
            findings[key] = finding
        } else {
            omitted += finding.count
        }
    }

    /// Adds what another recording showed.
    func add(_ other: TrafficFindings) {
        for (key, finding) in other.findings { add(key, finding) }
        omitted += other.omitted
    }

    /// The differences in a stable order.
    var changes: [Change] {
        findings.map { key, finding in
            Change(
                key.rule, ChangeSite(key.subject.text, new: finding.location), key.arguments,
                detail: "\(finding.count) \(finding.count == 1 ? "time" : "times"), such as \(finding.example)")
        }.sorted { ($0.subject, $0.rule.id, $0.message) < ($1.subject, $1.rule.id, $1.message) }
    }
}

/// What a difference is about: a type, a member or an operation, and how far within lists and maps.
struct TrafficSubject: Hashable {
    var base: String
    /// How many lists and maps hold the value.
    var nesting = 0

    var text: String { base + String(repeating: "[]", count: nesting) }
    /// The element of a list or map.
    var element: TrafficSubject { TrafficSubject(base: base, nesting: nesting + 1) }
}
