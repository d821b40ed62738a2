/// A report as JUnit's XML: a test case a change, failed where the change fails the run.
struct JUnitReport {
    let text: String

    init(_ report: DriftReport) {
        let failures = report.open.count { $0.severity >= report.failOn } + report.unusedBaseline.count
        let skipped = report.findings.count - report.open.count
        let count = report.findings.count + report.unusedBaseline.count
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            "<testsuite name=\"\(Self.escaped(report.subject.command))\" tests=\"\(max(count, 1))\" "
                + "failures=\"\(failures)\" skipped=\"\(skipped)\">",
        ]
        for finding in report.findings {
            let change = finding.change
            let name = Self.escaped("\(change.subject) \(finding.fingerprint)")
            let head = "  <testcase classname=\"\(change.rule.id)\" name=\"\(name)\""
            let message = Self.escaped(change.message)
            if let reason = finding.acceptedBecause {
                lines.append("\(head)><skipped message=\"\(Self.escaped(reason))\"/></testcase>")
            } else if finding.severity >= report.failOn {
                let place = Self.escaped(finding.location?.shown ?? "")
                lines.append(
                    "\(head)><failure type=\"\(finding.severity.rawValue)\" message=\"\(message)\">\(place)</failure>"
                        + "</testcase>")
            } else {
                lines.append("\(head)><system-out>\(message)</system-out></testcase>")
            }
        }
        for entry in report.unusedBaseline {
            lines.append(
                "  <testcase classname=\"baseline\" name=\"\(entry.fingerprint)\"><failure type=\"unused\" "
                    + "message=\"accepted and not found\"/></testcase>")
        }
        // A suite without cases reads as a suite that did not run.
        if count == 0 { lines.append("  <testcase classname=\"drift\" name=\"no change\"/>") }
        lines.append("</testsuite>")
        text = lines.joined(separator: "\n") + "\n"
    }

    /// Text in an attribute or element; what XML can not hold at all becomes U+FFFD.
    private static func escaped(_ text: String) -> String {
        text.escaping { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\n", "\t": " "
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
            default: nil
            }
        }
    }
}
