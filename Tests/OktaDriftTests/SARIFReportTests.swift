import Foundation
import OktaDrift
import Testing

/// SARIF that conforms to the schema of version 2.1.0: required members, and no unknown ones.
@Suite struct SARIFReportTests {
    /// The schema's definition of an object: required members, optional members and nested objects.
    private struct Rule {
        var required: Set<String> = []
        var others: Set<String> = []
        /// The definitions of members that contain an object or a list of objects.
        var parts: [String: String] = [:]
    }

    private static let rules: [String: Rule] = [
        "log": Rule(required: ["version", "runs"], others: ["$schema"], parts: ["runs": "run"]),
        "run": Rule(
            required: ["tool"], others: ["results", "columnKind", "invocations"],
            parts: ["tool": "tool", "results": "result", "invocations": "invocation"]),
        "tool": Rule(required: ["driver"], parts: ["driver": "driver"]),
        "driver": Rule(required: ["name"], others: ["rules"], parts: ["rules": "rule"]),
        "rule": Rule(
            required: ["id"], others: ["shortDescription", "help"],
            parts: ["shortDescription": "message", "help": "message"]),
        "message": Rule(required: ["text"]),
        "invocation": Rule(
            required: ["executionSuccessful"], others: ["toolExecutionNotifications"],
            parts: ["toolExecutionNotifications": "notification"]),
        "notification": Rule(required: ["message"], others: ["level"], parts: ["message": "message"]),
        "result": Rule(
            required: ["message"], others: ["ruleId", "level", "partialFingerprints", "locations", "suppressions"],
            parts: ["message": "message", "locations": "location", "suppressions": "suppression"]),
        "location": Rule(others: ["physicalLocation"], parts: ["physicalLocation": "physicalLocation"]),
        "physicalLocation": Rule(
            required: ["artifactLocation"], others: ["region"],
            parts: ["artifactLocation": "artifactLocation", "region": "region"]),
        "artifactLocation": Rule(required: ["uri"]),
        "region": Rule(others: ["startLine", "startColumn", "endLine", "endColumn"]),
        "suppression": Rule(required: ["kind"], others: ["justification"]),
    ]

    private static func faults(_ value: Any, _ name: String) -> [String] {
        if let list = value as? [Any] { return list.flatMap { Self.faults($0, name) } }
        guard let object = value as? [String: Any], let rule = rules[name] else { return ["\(name) is not an object"] }
        let keys = Set(object.keys)
        var faults = rule.required.subtracting(keys).map { "\(name) has no \($0)" }
        faults += keys.subtracting(rule.required).subtracting(rule.others).map { "\(name) has \($0)" }
        for (key, part) in rule.parts { faults += object[key].map { Self.faults($0, part) } ?? [] }
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            if let number = object[key], (number as? Int ?? 0) < 1 { faults.append("\(key) is \(number)") }
        }
        let values = [
            "level": ["none", "note", "warning", "error"], "kind": ["inSource", "external"], "version": ["2.1.0"],
            "columnKind": ["utf16CodeUnits", "unicodeCodePoints"],
        ]
        for (key, allowed) in values where object[key] != nil {
            if !allowed.contains(object[key] as? String ?? "") { faults.append("\(key) is \(object[key] ?? "")") }
        }
        if let uri = object["uri"] as? String, URL(string: uri) == nil || uri.contains(" ") {
            faults.append("uri is \(uri)")
        }
        return faults
    }

    private func root(of report: DriftReport) throws -> [String: Any] {
        let data = Data(ReportFormat.sarif.text(of: report).utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("SARIF: reports conform to the schema", arguments: DriftCase.all)
    func form(_ drift: DriftCase) throws {
        #expect(Self.faults(try root(of: try drift.report()), "log") == [])
    }

    @Test("SARIF: columns are counted in Unicode scalars, and paths are URIs")
    func places() throws {
        let root = try root(of: try ReportFormatTests.hostileReport())
        #expect(Self.faults(root, "log") == [])
        let run = try #require((root["runs"] as? [[String: Any]])?.first)
        #expect(run["columnKind"] as? String == "unicodeCodePoints")
        #expect((run["results"] as? [[String: Any]])?.count == 2)
        let text = ReportFormat.sarif.text(of: try ReportFormatTests.hostileReport())
        #expect(text.contains("\"uri\": \"a%20b%2Cc%3Ad.yaml\""))
        #expect(text.contains("\"startColumn\": 5"))
    }

    @Test("SARIF: accepted changes are suppressed, and unused entries are notifications")
    func baseline() throws {
        let drift = DriftCase(name: "field-removed")
        let fingerprint = try #require(try drift.report().findings.first).fingerprint
        let text =
            "accepted:\n  - {fingerprint: \"\(fingerprint)\", reason: so it is}\n"
            + "  - {fingerprint: \"0123456789ab\", reason: was so once}\n"
        let report = try drift.report(DriftPolicy(baseline: try PolicyTests.baseline(text)))
        #expect(Self.faults(try root(of: report), "log") == [])
        let sarif = ReportFormat.sarif.text(of: report)
        #expect(sarif.contains("\"justification\": \"so it is\""))
        #expect(sarif.contains("0123456789ab was accepted (was so once) but is not found"))
    }
}
