import OktaCatalog
import YAML

/// A report in the Static Analysis Results Interchange Format 2.1.0.
struct SARIFReport {
    /// GitHub accepts at most 25,000 results per run.
    private static let maximumResults = 25_000

    let text: String

    init(_ report: DriftReport) {
        let findings = report.findings.sorted { $0.severity > $1.severity }.prefix(Self.maximumResults)
        let used = Set(findings.map(\.change.rule.id))
        let rules = RuleTable.rules.filter { used.contains($0.id) }
        let driver: JSONValue = ["name": "okta-generator", "rules": .array(rules.map(Self.rule))]
        // Findings without a location: unused baseline entries, and the summary of the recordings.
        let notifications =
            report.unusedBaseline.map {
                Self.notification("warning", "\($0.fingerprint) was accepted (\($0.reason)) but is not found")
            } + (report.recording?.lines ?? []).map { Self.notification("note", $0) }
        let run: JSONValue = [
            "tool": ["driver": driver],
            "invocations": [
                ["executionSuccessful": .boolean(true), "toolExecutionNotifications": .array(notifications)]
            ],
            "columnKind": "unicodeCodePoints",
            "results": .array(findings.map(Self.result)),
        ]
        let log: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
        ]
        text = log.text
    }

    private static func notification(_ level: String, _ text: String) -> JSONValue {
        ["level": .string(level), "message": ["text": .string(text)]]
    }

    private static func rule(_ rule: DriftRule) -> JSONValue {
        [
            "id": .string(rule.id), "shortDescription": ["text": .string(rule.message)],
            "help": ["text": .string(rule.advice)],
        ]
    }

    private static func result(_ finding: DriftReport.Finding) -> JSONValue {
        let level =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .info, .docs: "note"
            }
        let message = "\(finding.change.subject): \(finding.change.message)"
        var members: [(String, JSONValue)] = [
            ("ruleId", .string(finding.change.rule.id)), ("level", .string(level)),
            ("message", ["text": .string(message)]),
            ("partialFingerprints", ["change/v1": .string(finding.fingerprint)]),
        ]
        if let place = finding.location, !place.file.isEmpty {
            var region: [(String, JSONValue)] = [
                ("startLine", .integer(place.start.line)), ("startColumn", .integer(place.start.column)),
            ]
            if place.end > place.start {
                region += [("endLine", .integer(place.end.line)), ("endColumn", .integer(place.end.column))]
            }
            let physical: JSONValue = [
                "artifactLocation": ["uri": .string(uri(place.file))], "region": .object(region),
            ]
            members.append(("locations", [["physicalLocation": physical]]))
        }
        if let reason = finding.acceptedBecause {
            members.append(("suppressions", [["kind": "external", "justification": .string(reason)]]))
        }
        return .object(members)
    }

    /// Returns a path as a URI reference.
    private static func uri(_ path: String) -> String {
        var result = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            if byte.isASCIIAlphanumeric || "-._~/".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += byte.percentEncoded
            }
        }
        return result
    }
}
