/// A team's decisions about changes: severities of rules, accepted changes, and the failing severity.
public struct DriftPolicy: Sendable {
    /// The lowest severity that makes a run fail as drift.
    public var failOn: DriftSeverity
    /// Severities that replace those of rules, by id.
    public var severities: [String: DriftSeverity]
    /// Accepted changes.
    public var baseline: Baseline

    /// Creates a policy.
    public init(
        failOn: DriftSeverity = .info, severities: [String: DriftSeverity] = [:], baseline: Baseline = Baseline()
    ) {
        self.failOn = failOn
        self.severities = severities
        self.baseline = baseline
    }

    /// Judges the changes of a comparison.
    public func report(
        _ subject: DriftReport.Subject, changes: [Change], operations: DescriptionComparison.Result? = nil
    ) -> DriftReport {
        var used: Set<String> = []
        let findings = changes.map { change in
            let level = severities[change.rule.id]
            let fingerprint = change.fingerprint
            let reason = baseline.reason(for: fingerprint)
            if reason != nil { used.insert(fingerprint) }
            return DriftReport.Finding(
                change: change, fingerprint: fingerprint, wire: level ?? change.rule.wire,
                source: level ?? change.rule.source, acceptedBecause: reason)
        }
        var listed: DriftReport.Operations?
        if let operations {
            listed = DriftReport.Operations(
                added: operations.added, removed: operations.removed,
                changed: operations.changed.map { ($0.operation, $0.changes.map { findings[$0] }) })
        }
        return DriftReport(
            subject: subject, findings: findings.sorted { $0.order < $1.order }, operations: listed,
            unusedBaseline: baseline.entries.filter { !used.contains($0.fingerprint) }, failOn: failOn)
    }
}
