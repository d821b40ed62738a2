import OktaCatalog
import OktaDrift
import Testing
import YAML

/// Team settings: severities, the failing severity and the baseline.
@Suite struct PolicyTests {
    private let drift = DriftCase(name: "field-removed")

    static func baseline(_ text: String) throws -> Baseline {
        var diagnostics = Diagnostics()
        return try #require(Baseline(SourceFile(path: "baseline.yaml", text: text), reporting: &diagnostics))
    }

    private func baseline(_ text: String) -> (Baseline?, [Diagnostic]) {
        var diagnostics = Diagnostics()
        let baseline = Baseline(SourceFile(path: "baseline.yaml", text: text), reporting: &diagnostics)
        return (baseline, diagnostics.all)
    }

    @Test("Drift policy: only changes at or above the level count") func theLevelDecides() throws {
        for level in DriftSeverity.allCases {
            let report = try DriftCase(name: "parameter-added").report(DriftPolicy(failOn: level))
            #expect(report.isDrift == (level <= .info))
        }
        #expect(try !DriftCase(name: "wording-changed").report(DriftPolicy()).isDrift)
    }

    @Test("Drift policy: a severity can be overridden") func aSeverityCanBeReplaced() throws {
        let raised = DriftPolicy(failOn: .error, severities: ["wording-changed": .error])
        #expect(try DriftCase(name: "wording-changed").report(raised).isDrift)
        let lowered = DriftPolicy(failOn: .error, severities: ["field-removed": .docs])
        #expect(try !drift.report(lowered).isDrift)
    }

    @Test("Drift policy: a change in the baseline is not drift") func changeInBaselineIsNotDrift() throws {
        let fingerprint = try #require(try drift.report().findings.first).fingerprint
        let (baseline, findings) = baseline(
            "accepted:\n  - {fingerprint: \"\(fingerprint)\", change: field-removed, reason: Okta's document errs}\n")
        #expect(findings.isEmpty)
        let report = try drift.report(DriftPolicy(baseline: try #require(baseline)))
        #expect(!report.isDrift)
        #expect(report.open.isEmpty)
        #expect(report.findings.first?.acceptedBecause == "Okta's document errs")
    }

    @Test("Drift policy: an unused baseline entry is drift") func anUnusedEntryIsDrift() throws {
        let (baseline, _) = baseline("accepted:\n  - {fingerprint: \"0123456789ab\", reason: was so once}\n")
        let report = try DriftCase(name: "wording-changed").report(
            DriftPolicy(failOn: .error, baseline: try #require(baseline)))
        #expect(report.isDrift)
        for format in ReportFormat.allCases {
            #expect(format.text(of: report).contains("0123456789ab"), "\(format)")
        }
    }

    @Test(
        "Drift policy: an invalid baseline is rejected",
        arguments: [
            "accepted:\n  - {fingerprint: \"0123456789ab\"}\n",
            "accepted:\n  - {fingerprint: short, reason: why}\n",
            "accepted:\n  - {reason: why}\n",
            "accepted:\n  - {fingerprint: \"0123456789ab\", because: why}\n",
            "accepted:\n  - {fingerprint: \"0123456789ab\", reason: a}\n  - {fingerprint: \"0123456789ab\", reason: b}\n",
            "accept: []\n", "accepted: yes\n", "- accepted\n",
        ])
    func invalidBaselineIsRejected(_ text: String) {
        let (baseline, findings) = baseline(text)
        #expect(baseline == nil)
        #expect(findings.first?.location?.file == "baseline.yaml")
    }

    /// Fingerprints do not depend on wording: they consist of rule, subject and arguments, and different arguments give
    /// different fingerprints.
    @Test("Drift policy: fingerprints depend on rule, subject and arguments only") func fingerprintsComeFromFacts()
        throws
    {
        let change = try #require(try drift.report().findings.first).change
        var moved = change
        moved.site.old = nil
        moved.detail = "another note"
        #expect(moved.fingerprint == change.fingerprint)
        #expect(change.fingerprint.wholeMatch(of: /[0-9a-f]{12}/) != nil)
        let split = [
            Change(change.rule, ChangeSite("a"), [.init("b", "c")]),
            Change(change.rule, ChangeSite("ab"), [.init("", "c")]),
            Change(change.rule, ChangeSite("a"), [.init("bc", "")]),
            Change(change.rule, ChangeSite("a:1"), [.init("b", "c")]),
        ]
        #expect(Set(split.map(\.fingerprint)).count == split.count)
    }

    @Test("Drift policy: a fact that is shown in other words keeps its fingerprint") func wordsAreNotIdentity() throws {
        let changes = try DriftCase(name: "disposition-stale").report().findings.map(\.change)
        let stale = try #require(changes.first { $0.rule.id == "disposition-stale" })
        var reworded = stale
        for index in reworded.arguments.indices { reworded.arguments[index].shown = "in other words" }
        #expect(reworded.message != stale.message)
        #expect(reworded.fingerprint == stale.fingerprint)
        #expect(reworded == stale)
    }

    /// The messages of these rules contain sentences, but their arguments are facts.
    @Test(
        "Drift policy: arguments are facts, not sentences",
        arguments: [
            ("disposition-stale", [["toDo", "not-in-document"], ["gone", "in-document"]]),
            (
                "fact-unsupported",
                [["cookie session"], ["query filter style deepObject"], ["server https://things.example.com"]]
            ),
        ])
    func argumentsAreFacts(_ rule: String, _ values: [[String]]) throws {
        let changes = try DriftCase(name: rule).report().findings.map(\.change).filter { $0.rule.id == rule }
        #expect(changes.map { $0.arguments.map(\.value) } == values)
    }
}
