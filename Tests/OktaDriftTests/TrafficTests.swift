import Foundation
import OktaCatalog
import OktaDrift
import Testing
import YAML

/// Recordings: both forms are read, and nothing of their values gets out.
@Suite struct TrafficComparisonTests {
    private let drift = DriftCase(name: "traffic-unknown-field")

    private func report(_ text: String) throws -> (DriftReport, Diagnostics) {
        var diagnostics = Diagnostics()
        var comparison = TrafficComparison(of: try drift.catalog())
        comparison.read(SourceFile(path: "recording", text: text), reporting: &diagnostics)
        let report = DriftPolicy().report(
            .init(command: "drift traffic", old: "old", new: "new"), changes: comparison.changes)
        return (report, diagnostics)
    }

    private static let har = """
        {"log": {"version": "1.2", "entries": [
          {"request": {"method": "GET", "url": "https://example.okta.com/api/v1/things/hush1?expand=hush2"},
           "response": {"status": 200, "content": {"mimeType": "application/json",
             "text": "{\\"id\\": \\"hush3\\", \\"hush@4.example\\": true, \\"status\\": \\"hush5\\", \\"color\\": \\"hush6\\"}"}}},
          {"request": {"method": "GET", "url": "https://example.okta.com/api/v1/others"},
           "response": {"status": 200, "content": {"encoding": "base64", "text": "W3siY29sb3IiOiAiaHVzaCJ9XQ=="}}},
          {"request": {"method": "PATCH", "url": "https://example.okta.com/api/v1/hush7/hush8"},
           "response": {"status": 200, "content": {}}}
        ]}}
        """

    @Test func aHARIsRead() throws {
        let (report, diagnostics) = try report(Self.har)
        #expect(!diagnostics.hasErrors)
        let found = report.findings.map { "\($0.change.rule.id) \($0.change.subject)" }
        #expect(found.contains("traffic-unknown-field Thing.color"))
        #expect(found.contains("traffic-unknown-value ThingStatus"))
        #expect(found.contains("traffic-unknown-operation PATCH /api/v1/{}/{}"))
        let color = try #require(report.findings.first { $0.change.subject == "Thing.color" })
        #expect(color.change.detail?.hasPrefix("2 times") == true)
    }

    @Test(arguments: ReportFormat.allCases)
    func valuesNeverGetOut(_ format: ReportFormat) throws {
        let text = format.text(of: try report(Self.har).0)
        #expect(!text.isEmpty)
        #expect(!text.contains("hush"))
        for name in DriftCase.all.filter({ $0.has("new.jsonl") }) {
            let text = format.text(of: try name.report())
            for value in ["secret", "SECRET", "jane", "yesterday", "00u1a2b3"] { #expect(!text.contains(value)) }
        }
    }

    /// A line that is no exchange is refused by its number and not shown.
    @Test func anUnreadableLineIsRefused() throws {
        let (_, diagnostics) = try report("{\"request\": \"hush\"}\n")
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.all.first?.location?.start.line == 1)
        #expect(!diagnostics.all.contains { "\($0)".contains("hush") })
    }

    /// Numbers are told apart by what they are, booleans from numbers.
    @Test(arguments: [("1", false), ("1.5", true), ("true", true), ("-9007199254740993", false), ("\"1\"", true)])
    func kindsOfNumbers(_ literal: String, _ isUnexpected: Bool) throws {
        let body = "{\\\"parts\\\": [{\\\"size\\\": \(literal.replacing("\"", with: "\\\""))}]}"
        let line =
            "{\"request\": {\"method\": \"GET\", \"url\": \"https://a.example/api/v1/things/1\"}, "
            + "\"response\": {\"status\": 200, \"body\": \"\(body)\"}}"
        let (report, diagnostics) = try report(line + "\n")
        #expect(!diagnostics.hasErrors)
        #expect(report.findings.map(\.change.rule.id) == (isUnexpected ? ["traffic-unexpected-type"] : []))
    }
}
