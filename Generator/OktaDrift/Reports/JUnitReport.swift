import Foundation
import YAML

/// A report as JUnit XML: one test case per change, failed if the change fails the run.
///
/// It follows the schema for Ant's JUnit task, which is stricter than what Jenkins, GitLab and others accept: one suite
/// in `testsuites`, all required attributes, and no output in a test case. Changes that fail nothing are listed in the
/// suite's output.
struct JUnitReport {
    let text: String

    init(_ report: DriftReport) {
        let failures = report.open.count { $0.severity >= report.failOn } + report.unusedBaseline.count
        let skipped = report.findings.count - report.open.count
        var cases = report.findings.map { Self.testCase($0, failOn: report.failOn) }
        cases += report.unusedBaseline.map { entry in
            Self.testCase(
                "baseline", entry.fingerprint,
                Self.failure("unused", "the change was accepted but is not found", entry.location?.shown ?? ""))
        }
        // A suite without cases looks like a suite that did not run.
        if cases.isEmpty { cases.append(Self.testCase("drift", "no change", nil)) }
        let suite = [
            ("package", "okta-generator"), ("id", "0"), ("name", report.subject.command),
            ("timestamp", Self.timestamp(report.date)), ("hostname", "localhost"), ("tests", String(cases.count)),
            ("failures", String(failures)), ("errors", "0"), ("skipped", String(skipped)), ("time", "0"),
        ]
        let properties = [("old", report.subject.old), ("new", report.subject.new), ("summary", report.summary)].map {
            "      <property\(Self.attributes([("name", $0), ("value", $1)]))/>"
        }
        let notes = report.openByGravity.filter { $0.severity < report.failOn }.map(Self.note)
        let output = notes + (report.recording?.lines ?? [])
        let lines =
            [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites>", "  <testsuite\(Self.attributes(suite))>"]
            + ["    <properties>"] + properties + ["    </properties>"] + cases
            + [
                "    <system-out>\(Self.content(output.joined(separator: "\n")))</system-out>",
                "    <system-err></system-err>", "  </testsuite>", "</testsuites>",
            ]
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func testCase(_ finding: DriftReport.Finding, failOn: DriftSeverity) -> String {
        let change = finding.change
        let name = "\(change.subject) \(finding.fingerprint)"
        if let reason = finding.acceptedBecause {
            return testCase(change.rule.id, name, "<skipped\(attributes([("message", reason)]))/>")
        }
        guard finding.severity >= failOn else { return testCase(change.rule.id, name, nil) }
        let details = [finding.location?.shown, change.detail].compactMap { $0 }.joined(separator: "\n")
        return testCase(change.rule.id, name, failure(finding.severity.rawValue, change.message, details))
    }

    private static func testCase(_ className: String, _ name: String, _ outcome: String?) -> String {
        let head = "    <testcase\(attributes([("classname", className), ("name", name), ("time", "0")]))"
        return outcome.map { "\(head)>\($0)</testcase>" } ?? "\(head)/>"
    }

    private static func failure(_ type: String, _ message: String, _ details: String) -> String {
        "<failure\(attributes([("type", type), ("message", message)]))>\(content(details))</failure>"
    }

    private static func note(_ finding: DriftReport.Finding) -> String {
        let place = finding.location?.shown.map { "\($0): " } ?? ""
        return "\(place)\(finding.severity.rawValue): \(finding.change.subject): \(finding.change.message)"
    }

    /// Returns the time in UTC without a zone, which the schema does not allow.
    private static func timestamp(_ date: Date) -> String {
        String(date.formatted(.iso8601).prefix(19))
    }

    private static func attributes(_ attributes: [(name: String, value: String)]) -> String {
        attributes.map { " \($0.name)=\"\(XMLText.attribute($0.value))\"" }.joined()
    }

    private static func content(_ text: String) -> String { XMLText.content(text) }
}

/// Text for XML 1.0; a character that XML cannot represent becomes U+FFFD.
enum XMLText {
    /// Returns the text in an attribute, in which parsers turn line breaks into spaces.
    static func attribute(_ text: String) -> String {
        escaped(text) { $0 == "\n" || $0 == "\r" || $0 == "\t" ? " " : nil }
    }

    /// Returns the text in an element. Parsers drop an unescaped carriage return.
    static func content(_ text: String) -> String {
        escaped(text) { $0 == "\r" ? "&#13;" : nil }
    }

    private static func escaped(_ text: String, besides escape: (Unicode.Scalar) -> String?) -> String {
        text.escaping { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\n", "\r", "\t": escape(scalar)
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
            default: nil
            }
        }
    }
}
