import Foundation
import OktaCatalog
import YAML

/// What a comparison found and what it means, ready to be written in any format.
public struct DriftReport: Sendable {
    /// What was compared.
    public struct Subject: Sendable, Hashable {
        /// The command, such as `drift upstream`.
        public var command: String
        /// The old side, as it should be shown.
        public var old: String
        /// The new side, as it should be shown.
        public var new: String
        /// The hash of the old document's content, which identifies it, whatever it calls its release.
        public var oldContent: String?
        /// The hash of the new document's content.
        public var newContent: String?

        /// Creates a subject.
        public init(
            command: String, old: String, new: String, oldContent: String? = nil, newContent: String? = nil
        ) {
            self.command = command
            self.old = old
            self.new = new
            self.oldContent = oldContent
            self.newContent = newContent
        }
    }

    /// A change with what is thought of it.
    public struct Finding: Sendable {
        /// The change.
        public var change: Change
        /// What the baseline knows it by.
        public var fingerprint: String
        /// How much it matters to requests and responses.
        public var wire: DriftSeverity
        /// How much it matters to Swift that calls the library.
        public var source: DriftSeverity
        /// The reason for which it is accepted; nil when it is not.
        public var acceptedBecause: String?

        /// The graver of the two severities.
        public var severity: DriftSeverity { max(wire, source) }

        /// Where an editor should look: at the new side, or where that is gone at the old one.
        public var location: SourceLocation? { change.site.new ?? change.site.old }

        /// Findings are listed by subject, rule and facts: an order that does not depend on the inputs' order.
        var order: String {
            ([change.subject, change.rule.id] + change.arguments.map(\.value)).joined(separator: "\u{1}")
        }
    }

    /// Operations by what became of them.
    public struct Operations: Sendable {
        /// On the new side only.
        public var added: [ComparedOperation]
        /// On the old side only.
        public var removed: [ComparedOperation]
        /// On both, with differences of their own or of types that they use.
        public var changed: [(operation: ComparedOperation, findings: [Finding])]
    }

    /// What was compared.
    public var subject: Subject
    /// All changes, in a stable order.
    public var findings: [Finding]
    /// The operations; nil when not all of them were compared.
    public var operations: Operations?
    /// Accepted changes that were not found.
    public var unusedBaseline: [Baseline.Entry]
    /// From which severity on a change fails the run.
    public var failOn: DriftSeverity
    /// What to release, of a comparison of catalogs.
    public var release: ReleaseNotes?
    /// When the comparison was made; only JUnit's form states it.
    public var date = Date()
    /// What was read, of a comparison with recordings.
    public var recording: RecordingSummary?

    /// The changes that nobody accepted.
    public var open: [Finding] { findings.filter { $0.acceptedBecause == nil } }

    /// The changes that nobody accepted, gravest first.
    var openByGravity: [Finding] {
        DriftSeverity.allCases.reversed().flatMap { level in open.filter { $0.severity == level } }
    }

    /// Whether the run ends as drift. A baseline entry without its change is drift too: it hides the next one.
    public var isDrift: Bool { !unusedBaseline.isEmpty || open.contains { $0.severity >= failOn } }

    /// How many changes there are, in words, such as `2 errors, 1 info`.
    var summary: String {
        let counts = DriftSeverity.allCases.reversed().compactMap { level -> String? in
            let count = open.count { $0.severity == level }
            return count == 0 ? nil : level.counted(count)
        }
        var parts = counts.isEmpty ? ["no open changes"] : [counts.joined(separator: ", ")]
        let accepted = findings.count - open.count
        if accepted > 0 { parts.append("\(accepted) accepted") }
        if !unusedBaseline.isEmpty { parts.append("\(unusedBaseline.count) unused in the baseline") }
        return parts.joined(separator: "; ")
    }
}
