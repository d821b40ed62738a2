import OktaCatalog
import YAML

/// A report for programs.
struct JSONReport {
    let text: String

    init(_ report: DriftReport) {
        var members: [(String, JSONValue)] = [
            ("command", .string(report.subject.command)), ("old", .string(report.subject.old)),
            ("new", .string(report.subject.new)), ("drift", .boolean(report.isDrift)),
            ("failOn", .string(report.failOn.rawValue)),
        ]
        if let content = report.subject.oldContent { members.append(("oldContent", .string(content))) }
        if let content = report.subject.newContent { members.append(("newContent", .string(content))) }
        if let recording = report.recording { members.append(("recording", Self.value(recording))) }
        if let operations = report.operations { members.append(("operations", Self.value(operations))) }
        members.append(("changes", .array(report.findings.map(Self.value))))
        let unused = report.unusedBaseline.map { entry -> JSONValue in
            ["fingerprint": .string(entry.fingerprint), "reason": .string(entry.reason)]
        }
        members.append(("unusedBaseline", .array(unused)))
        if let release = report.release {
            members.append(("step", .string(release.step.rawValue)))
            members.append(("changelog", .string(release.changelog)))
        }
        text = JSONValue.object(members).text
    }

    private static func value(_ operations: DriftReport.Operations) -> JSONValue {
        func entry(_ operation: ComparedOperation) -> [(String, JSONValue)] {
            [("method", .string(operation.identity.method)), ("path", .string(operation.path))]
        }
        let changed = operations.changed.map { operation, findings in
            JSONValue.object(entry(operation) + [("changes", .array(findings.map(brief)))])
        }
        return [
            "added": .array(operations.added.map { .object(entry($0)) }),
            "removed": .array(operations.removed.map { .object(entry($0)) }), "changed": .array(changed),
        ]
    }

    private static func value(_ recording: RecordingSummary) -> JSONValue {
        func list(_ hosts: [RecordingSummary.Host]) -> JSONValue {
            .array(hosts.map { ["host": .string($0.name), "exchanges": .integer($0.exchanges)] })
        }
        return [
            "exchanges": .integer(recording.exchanges), "hosts": list(recording.hosts),
            "otherExchanges": .integer(recording.otherExchanges),
            "otherHostCount": .integer(recording.otherHostCount), "otherHosts": list(recording.otherHosts),
            "longBodies": .integer(recording.longBodies), "otherBodies": .integer(recording.otherBodies),
            "omittedFindings": .integer(recording.omittedFindings),
        ]
    }

    /// Returns a short form for the list of an operation; `changes` has the complete one.
    private static func brief(_ finding: DriftReport.Finding) -> JSONValue {
        [
            "fingerprint": .string(finding.fingerprint), "rule": .string(finding.change.rule.id),
            "subject": .string(finding.change.subject), "message": .string(finding.change.message),
        ]
    }

    private static func value(_ finding: DriftReport.Finding) -> JSONValue {
        let change = finding.change
        return [
            "fingerprint": .string(finding.fingerprint), "rule": .string(change.rule.id),
            "severity": .string(finding.severity.rawValue), "wire": .string(finding.wire.rawValue),
            "source": .string(finding.source.rawValue), "subject": .string(change.subject),
            "message": .string(change.message),
            "arguments": .object(change.arguments.map { ($0.name, .string($0.value)) }),
            "operation": JSONValue(change.site.operation?.description), "old": JSONValue(change.site.old?.shown),
            "new": JSONValue(change.site.new?.shown), "detail": JSONValue(change.detail),
            "acceptedBecause": JSONValue(finding.acceptedBecause),
        ]
    }
}

extension SourceLocation {
    /// The location in compiler format; nil without a file.
    var shown: String? { file.isEmpty ? nil : "\(file):\(start.line):\(start.column)" }
}
