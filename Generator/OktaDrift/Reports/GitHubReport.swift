import YAML

/// Annotations of GitHub Actions, most severe first, because a step shows only ten of each level.
struct GitHubReport {
    let text: String

    init(_ report: DriftReport) {
        var lines: [String] = []
        for finding in report.openByGravity where finding.severity > .docs || report.failOn == .docs {
            let level =
                switch finding.severity {
                case .error: "error"
                case .warning: "warning"
                case .info, .docs: "notice"
                }
            var properties = ["title=\(Self.property("\(finding.change.rule.id) \(finding.fingerprint)"))"]
            // An annotation cannot be attached to a removed line.
            if let place = finding.change.site.new
                ?? (finding.change.rule.id.hasPrefix("generated") ? finding.change.site.old : nil),
                !place.file.isEmpty
            {
                properties.insert(
                    "file=\(Self.property(place.file)),line=\(place.start.line),col=\(place.start.column)", at: 0)
            }
            let message = Self.message("\(finding.change.subject): \(finding.change.message)")
            lines.append("::\(level) \(properties.joined(separator: ","))::\(message)")
        }
        for entry in report.unusedBaseline {
            lines.append(
                "::warning title=unused baseline::\(Self.message("\(entry.fingerprint) is no longer found"))")
        }
        lines.append(
            Self.message("\(report.subject.command): \(report.subject.old) -> \(report.subject.new): \(report.summary)")
        )
        lines += (report.recording?.lines ?? []).map(Self.message)
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func message(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        message(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
