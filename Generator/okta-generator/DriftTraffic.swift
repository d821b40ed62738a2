import ArgumentParser
import OktaDrift
import YAML

/// `okta-generator drift traffic`: the catalog against recorded exchanges.
struct DriftTraffic: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traffic",
        abstract: "Compares the catalog with recorded exchanges; values of the recording are never printed.")

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "Recordings: a JSON object with request and response a line, or a HAR file.")
    var files: [String]

    func run() throws {
        let policy = try report.policy()
        var comparison = TrafficComparison(of: try catalog.decoded())
        for path in files {
            let file = try InputFile.read(path, as: "the argument")
            var diagnostics = Diagnostics()
            comparison.read(file, reporting: &diagnostics)
            // The renderer is given no file: a line of a recording is not to be shown.
            guard !diagnostics.hasErrors else { throw InputFile.failure(diagnostics, files: []) }
        }
        guard comparison.exchangeCount > 0 else {
            throw InputFailure(message: "\(files.joined(separator: ", ")): no recorded exchange was found")
        }
        let subject = DriftReport.Subject(
            command: "drift traffic", old: catalog.spec,
            new: "\(files.joined(separator: ", ")) (\(comparison.exchangeCount) exchanges)")
        try report.finish(policy.report(subject, changes: comparison.changes))
    }
}
