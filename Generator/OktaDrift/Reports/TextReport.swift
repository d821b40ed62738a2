/// A report for a terminal: one line per change, with its location.
struct TextReport {
    /// Changes of descriptions are counted, and listed only if they fail the run.
    let text: String

    init(_ report: DriftReport) {
        var lines: [String] = []
        let listsWords = report.failOn == .docs
        for finding in report.openByGravity where finding.severity > .docs || listsWords {
            let change = finding.change
            let severity = finding.severity.rawValue
            var line = "\(severity): \(change.subject): \(change.message) [\(change.rule.id)] \(finding.fingerprint)"
            if let place = finding.location?.shown { line = "\(place): \(line)" }
            lines.append(line)
            if let detail = change.detail { lines.append(detail.hasSuffix("\n") ? String(detail.dropLast()) : detail) }
        }
        for entry in report.unusedBaseline {
            let place = entry.location?.shown.map { "\($0): " } ?? ""
            lines.append("\(place)unused: \(entry.fingerprint) was accepted (\(entry.reason)) but is not found")
        }
        lines.append("\(report.subject.old) -> \(report.subject.new): \(report.summary)")
        if let operations = report.operations {
            lines.append(
                "operations: \(operations.added.count) added, \(operations.removed.count) removed, "
                    + "\(operations.changed.count) changed")
        }
        lines += report.recording?.lines ?? []
        if let release = report.release { lines += ["", release.text] }
        text = lines.joined(separator: "\n") + "\n"
    }
}
