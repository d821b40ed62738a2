/// A report for pull requests, issues and step summaries.
struct MarkdownReport {
    /// GitHub truncates step summaries at a megabyte and comments at 65,536 characters; the rest is only counted.
    private static let maximumRows = 200

    let text: String

    init(_ report: DriftReport) {
        var lines = ["## \(report.subject.command)", ""]
        lines.append("\(Self.code(report.subject.old)) → \(Self.code(report.subject.new)): **\(report.summary)**")
        if let recording = report.recording {
            lines += [""] + recording.lines.map { "- \(Self.cell($0))" }
        }
        if let operations = report.operations {
            lines += [
                "",
                "Operations: \(operations.added.count) added, \(operations.removed.count) removed, "
                    + "\(operations.changed.count) changed.",
            ]
        }
        let findings = report.openByGravity
        if !findings.isEmpty {
            lines += ["", "| wire | Swift | what | change | rule | fingerprint |", "|---|---|---|---|---|---|"]
            lines += findings.prefix(Self.maximumRows).map(Self.row)
            if findings.count > Self.maximumRows {
                lines += ["", "… and \(findings.count - Self.maximumRows) more."]
            }
        }
        if !report.unusedBaseline.isEmpty {
            lines += ["", "Accepted but no longer found; remove from the baseline:", ""]
            lines += report.unusedBaseline.map { "- `\($0.fingerprint)` \(Self.cell($0.reason))" }
        }
        if let release = report.release { lines += ["", release.markdown] }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ finding: DriftReport.Finding) -> String {
        let change = finding.change
        // A note of one line is shown; a unified diff is for the terminal.
        let note = change.detail.flatMap { $0.contains("\n") ? nil : "; \($0)" } ?? ""
        return "| \(finding.wire.rawValue) | \(finding.source.rawValue) | \(code(change.subject)) "
            + "| \(cell(change.message + note)) | \(change.rule.id) | `\(finding.fingerprint)` |"
    }

    /// Returns a text for a table cell, which can neither end the cell nor become markup.
    static func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "|": result += "\\|"
            case "<": result += "&lt;"
            case "\n", "\r\n", "\r": result += " "
            default: result.append(character)
            }
        }
        return result
    }

    private static func code(_ text: String) -> String {
        "`\(cell(text).replacing("`", with: "'"))`"
    }
}
