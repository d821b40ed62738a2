public import ArgumentParser
import Foundation
import OktaDrift
import YAML

/// The options for judging and reporting findings, and for the exit code.
struct ReportOptions: ParsableArguments {
    @Option(help: "text, json, markdown, github, sarif or junit.")
    var format: ReportFormat = .text

    @Option(help: "The lowest severity that exits with 1: docs, info, warning or error.")
    var failOn: DriftSeverity = .info

    @Option(help: "A YAML file of accepted changes: fingerprints, each with a reason.")
    var baseline: String?

    @Option(name: .customLong("severity"), help: "Override the severity of a rule, as rule=level; may be repeated.")
    var severities: [String] = []

    /// Returns the policy from the options.
    func policy() throws -> DriftPolicy {
        var policy = DriftPolicy(failOn: failOn)
        for text in severities {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, RuleTable.rule(parts[0]) != nil else {
                throw InputFailure(message: "`\(text)` is not a rule; `okta-generator rules` lists them")
            }
            guard let level = DriftSeverity(rawValue: parts[1]) else {
                throw InputFailure(message: "`\(parts[1])` is not a severity; use docs, info, warning or error")
            }
            policy.severities[parts[0]] = level
        }
        if let baseline {
            let file = try InputFile.read(baseline, as: "--baseline")
            var diagnostics = Diagnostics()
            guard let read = Baseline(file, reporting: &diagnostics) else {
                throw InputFile.failure(diagnostics, files: [file])
            }
            policy.baseline = read
        }
        return policy
    }

    /// Writes a report. Exits with 1 if it is drift.
    func finish(_ report: DriftReport) throws {
        print(format.text(of: report), terminator: "")
        try appendSummary(of: report)
        if report.isDrift { throw ExitCode(1) }
    }

    /// Writes all findings to the step summary, because GitHub shows only a few annotations per step.
    private func appendSummary(of report: DriftReport) throws {
        guard format == .github, let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty
        else { return }
        let old = FileManager.default.contents(atPath: path) ?? Data()
        do {
            try (old + Data(ReportFormat.markdown.text(of: report).utf8)).write(to: URL(fileURLWithPath: path))
        } catch {
            throw InputFailure(message: "the step summary \(path) cannot be written: \(error.localizedDescription)")
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
extension DriftSeverity: ExpressibleByArgument {}
