import Foundation
import OktaDrift
import Testing

/// Rules find the changes of their cases, with the expected messages.
@Suite(.longCalculation) struct RuleCaseTests {
    @Test("Drift rules: each case has its expected findings", arguments: DriftCase.all)
    func findingsAreAsExpected(_ drift: DriftCase) throws {
        let report = try drift.report()
        let text = ReportFormat.text.text(of: report)
        let file = "\(drift.path)/expected.txt"
        if ProcessInfo.processInfo.environment["OKTA_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        }
        #expect(text == String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self))
        #expect(report.findings.contains { $0.change.rule.id == drift.name })
        #expect(report.isDrift)
    }

    @Test("Drift rules: every rule has a case") func everyRuleHasACase() {
        let rules = Set(RuleTable.rules.map(\.id))
        #expect(rules.count == RuleTable.rules.count, "two rules share an id")
        #expect(Set(DriftCase.all.map(\.name)) == rules)
    }

    /// Every rule has advice that uses its arguments.
    @Test("Drift rules: every rule has an explanation", arguments: RuleTable.rules)
    func rulesExplainThemselves(_ rule: DriftRule) {
        #expect(rule.id.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
        #expect(rule.advice.hasSuffix("."))
        #expect(RuleListing.text.contains("  \(rule.id) "))
        #expect(RuleListing.explanation(of: rule).contains(rule.advice))
    }

    /// Every placeholder in a message has an argument.
    @Test("Drift rules: messages have no gaps", arguments: DriftCase.all)
    func messagesAreWhole(_ drift: DriftCase) throws {
        for finding in try drift.report().findings {
            #expect(!finding.change.message.contains("?"))
            #expect(!finding.change.message.contains("{}"))
        }
    }

    /// A change that is found from old to new is also found in the other direction, by a separate rule.
    @Test(
        "Drift rules: each case is drift in the opposite direction too",
        arguments: DriftCase.all.filter { $0.has("old.yaml") })
    func theOtherWayRoundIsDriftToo(_ drift: DriftCase) throws {
        let (old, new) = (try #require(drift.file("old.yaml")), try #require(drift.file("new.yaml")))
        let result = DescriptionComparison(
            from: try DriftCase.description(new), to: try DriftCase.description(old), names: .ignored
        ).run()
        #expect(!result.changes.isEmpty)
    }

    /// An input does not differ from itself.
    @Test("Drift rules: a document has no drift from itself", arguments: DriftCase.all.filter { $0.has("old.yaml") })
    func documentHasNoDriftFromItself(_ drift: DriftCase) throws {
        for name in ["old.yaml", "new.yaml"] {
            let file = try #require(drift.file(name))
            let result = DescriptionComparison(
                from: try DriftCase.description(file), to: try DriftCase.description(file), names: .ignored
            ).run()
            #expect(result.changes.isEmpty)
        }
    }
}
