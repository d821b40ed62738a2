import Foundation
import OktaCatalog
import OktaDrift
import Testing
import YAML

/// All formats are valid for their readers, with any text in the changes.
@Suite struct ReportFormatTests {
    static let hostile = "<a href=\"x\">|`\n::error::%0A \u{7}é & ]]>\r"

    static func hostileReport() throws -> DriftReport {
        let rule = try #require(RuleTable.rule("parameter-removed"))
        let place = SourceLocation(
            file: "a b,c:d.yaml", start: SourceMark(line: 3, column: 5), end: SourceMark(line: 3, column: 9))
        let changes = [
            Change(
                rule, ChangeSite(Self.hostile, new: place),
                [.init("place", "query"), .init("parameter", Self.hostile)]),
            Change(rule, ChangeSite("plain", old: place), [.init("place", "query"), .init("parameter", "limit")]),
        ]
        return DriftPolicy().report(.init(command: "diff", old: Self.hostile, new: "new"), changes: changes)
    }

    @Test("Drift report: the JSON format is valid JSON") func jsonIsJSON() throws {
        let data = Data(ReportFormat.json.text(of: try Self.hostileReport()).utf8)
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let changes = try #require(root["changes"] as? [[String: Any]])
        #expect(changes.contains { $0["subject"] as? String == Self.hostile })
        #expect(root["drift"] as? Bool == true)
    }

    @Test("Drift report: a report about documents lists the operations") func documentsListOperations() throws {
        let report = try DriftCase(name: "operation-added").report()
        let data = Data(ReportFormat.json.text(of: report).utf8)
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let operations = try #require(root["operations"] as? [String: [[String: Any]]])
        #expect(operations["added"]?.first?["method"] as? String == "DELETE")
        #expect(operations["added"]?.first?["path"] as? String == "/api/v1/things/{thingId}")
        #expect(operations["removed"]?.isEmpty == true)
    }

    /// Changes of models are listed for the operations that use them.
    @Test("Drift report: operations list the changes of the models that they use")
    func changedOperationsCarryChangesOfModels() throws {
        let report = try DriftCase(name: "value-added").report()
        let changed = try #require(report.operations?.changed)
        #expect(changed.map(\.operation.identity.method).sorted() == ["GET", "PUT"])
        for (_, findings) in changed { #expect(findings.map(\.change.subject) == ["Status"]) }
    }

    /// Text cannot inject a workflow command or leave its table cell.
    @Test("Drift report: text from the input stays within its field or line") func textStaysInItsPlace() throws {
        let github = ReportFormat.github.text(of: try Self.hostileReport()).split(separator: "\n")
        #expect(github.count == 3)
        #expect(github[0].hasPrefix("::error file=a b%2Cc%3Ad.yaml,line=3,col=5,title=parameter-removed "))
        // Removed elements have no line to annotate.
        #expect(github[1].hasPrefix("::error title="))
        let rows = ReportFormat.markdown.text(of: try Self.hostileReport()).split(separator: "\n").filter {
            $0.hasPrefix("| ")
        }
        #expect(rows.count == 3)
        #expect(!rows.contains { $0.contains("<a") })
    }

    @Test("Drift report: suggests the next version") func aReleaseIsSuggested() throws {
        func step(_ name: String) throws -> ReleaseNotes.Step? { try DriftCase(name: name).report().release?.step }
        #expect(try step("model-added") == .minor)
        #expect(try step("model-removed") == .major)
        #expect(try step("action-renamed") == .minor)
        #expect(try step("action-renamed-without-alias") == .major)
        #expect(ReleaseNotes(of: []).step == .none)
        let wording = try DriftCase(name: "wording-changed").report().findings
        #expect(ReleaseNotes(of: wording).step == .patch)
        let notes = try #require(try DriftCase(name: "model-removed").report().release)
        #expect(notes.changelog.contains("### Removed\n\n- **Breaking:** `Extra`.\n"))
    }
}
