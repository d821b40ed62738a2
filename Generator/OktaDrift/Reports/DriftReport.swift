public import Foundation
import OktaCatalog
public import YAML

/// The result of a comparison, ready to be written in any format.
public struct DriftReport: Sendable {
    /// The subject of the comparison.
    public struct Subject: Sendable, Hashable {
        /// The command, such as `drift upstream`.
        public var command: String
        /// The old side, as shown.
        public var old: String
        /// The new side, as shown.
        public var new: String
        /// The hash of the old document's content, which identifies it independently of its release name.
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

    /// A change with its assessment.
    public struct Finding: Sendable {
        /// The change.
        public var change: Change
        /// The fingerprint for the baseline.
        public var fingerprint: String
        /// The severity for requests and responses.
        public var wire: DriftSeverity
        /// The severity for Swift code that calls the library.
        public var source: DriftSeverity
        /// The reason for which it is accepted; nil if it is not.
        public var acceptedBecause: String?

        /// The higher of the two severities.
        public var severity: DriftSeverity { max(wire, source) }

        /// The location for an editor: on the new side, or on the old one if it was removed.
        public var location: SourceLocation? { change.site.new ?? change.site.old }

        /// Findings are sorted by subject, rule and facts, independent of the inputs' order.
        var order: String {
            ([change.subject, change.rule.id] + change.arguments.map(\.value)).joined(separator: "\u{1}")
        }
    }

    /// Operations by result.
    public struct Operations: Sendable {
        /// On the new side only.
        public var added: [ComparedOperation]
        /// On the old side only.
        public var removed: [ComparedOperation]
        /// On both, with differences of the operation or of types that it uses.
        public var changed: [(operation: ComparedOperation, findings: [Finding])]
    }

    /// The subject of the comparison.
    public var subject: Subject
    /// All changes, in a stable order.
    public var findings: [Finding]
    /// The operations; nil if not all of them were compared.
    public var operations: Operations?
    /// Accepted changes that were not found.
    public var unusedBaseline: [Baseline.Entry]
    /// The lowest severity that fails the run.
    public var failOn: DriftSeverity
    /// The release notes, for a comparison of catalogs.
    public var release: ReleaseNotes?
    /// The time of the comparison, which only the JUnit format includes.
    public var date = Date()
    /// The summary of the recordings, for a comparison with recordings.
    public var recording: RecordingSummary?

    /// The changes that are not accepted.
    public var open: [Finding] { findings.filter { $0.acceptedBecause == nil } }

    /// The changes that are not accepted, most severe first.
    var openByGravity: [Finding] {
        DriftSeverity.allCases.reversed().flatMap { level in open.filter { $0.severity == level } }
    }

    /// Whether the run fails as drift. An unused baseline entry is drift too, because it would hide the next change.
    public var isDrift: Bool { !unusedBaseline.isEmpty || open.contains { $0.severity >= failOn } }

    /// The number of changes in words, such as `2 errors, 1 info`.
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
