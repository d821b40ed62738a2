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
        let driver = JSONValue.object([
            ("name", .string("okta-generator")),
            ("rules", .array(rules.map(Self.rule))),
        ])
        // Findings without a location: unused baseline entries, and the summary of the recordings.
        let notifications =
            report.unusedBaseline.map {
                Self.notification("warning", "\($0.fingerprint) was accepted (\($0.reason)) but is not found")
            } + (report.recording?.lines ?? []).map { Self.notification("note", $0) }
        let invocation = JSONValue.object([
            ("executionSuccessful", .boolean(true)), ("toolExecutionNotifications", .array(notifications)),
        ])
        let run = JSONValue.object([
            ("tool", .object([("driver", driver)])),
            ("invocations", .array([invocation])),
            ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(findings.map(Self.result))),
        ])
        text =
            JSONValue.object([
                ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
                ("runs", .array([run])),
            ]).text
    }

    private static func notification(_ level: String, _ text: String) -> JSONValue {
        .object([("level", .string(level)), ("message", .object([("text", .string(text))]))])
    }

    private static func rule(_ rule: DriftRule) -> JSONValue {
        .object([
            ("id", .string(rule.id)),
            ("shortDescription", .object([("text", .string(rule.message))])),
            ("help", .object([("text", .string(rule.advice))])),
        ])
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
            ("message", .object([("text", .string(message))])),
            ("partialFingerprints", .object([("change/v1", .string(finding.fingerprint))])),
        ]
        if let place = finding.location, !place.file.isEmpty {
            var region: [(String, JSONValue)] = [
                ("startLine", .integer(place.start.line)), ("startColumn", .integer(place.start.column)),
            ]
            if place.end > place.start {
                region += [("endLine", .integer(place.end.line)), ("endColumn", .integer(place.end.column))]
            }
            let artifact = JSONValue.object([("uri", .string(uri(place.file)))])
            members.append(
                (
                    "locations",
                    .array([
                        .object([
                            (
                                "physicalLocation",
                                .object([("artifactLocation", artifact), ("region", .object(region))])
                            )
                        ])
                    ])
                ))
        }
        if let reason = finding.acceptedBecause {
            let suppression = JSONValue.object([("kind", .string("external")), ("justification", .string(reason))])
            members.append(("suppressions", .array([suppression])))
        }
        return .object(members)
    }

    /// A path as a URI reference.
    private static func uri(_ path: String) -> String {
        var result = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + byte.hexadecimal(digits: 2, uppercase: true)
            }
        }
        return result
    }
}
