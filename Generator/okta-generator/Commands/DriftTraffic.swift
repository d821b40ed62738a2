import ArgumentParser
import OktaCatalog
import OktaDrift
import YAML

/// `okta-generator drift traffic`: compares the catalog with recorded exchanges.
struct DriftTraffic: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traffic",
        abstract: "Compares the catalogs with recorded exchanges; values of the recording are never printed.",
        discussion: """
            Exchanges count when their host is an org: one under Okta's domains, such as acme.okta.com, or one given with \
            --host. Without either, the only host of a recording counts as an org, except in a browser's recording. \
            The report lists both kinds of hosts.
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var report: ReportOptions

    @Option(
        name: .customLong("host"),
        help: "The host of an org: login.example.com, *.example.com, or * for every host; may be repeated.")
    var hosts: [String] = []

    @Argument(help: "Recordings: JSON lines, each with request and response, or HAR files; - is standard input.")
    var files: [String]

    func run() throws {
        let policy = try report.policy()
        do {
            guard let all = Catalog.merged(try catalog.decoded().map(\.catalog)) else { throw ExitCode(2) }
            var comparison = TrafficComparison(of: all, hosts: try OrgHosts(hosts))
            for path in files { try comparison.read(Recording(atPath: path)) }
            let (changes, summary) = (comparison.changes, comparison.summary)
            let names = files.joined(separator: ", ")
            guard summary.exchanges > 0 else { throw InputFailure(message: summary.emptiness(of: names, changes)) }
            let subject = DriftReport.Subject(
                command: "drift traffic", old: catalog.spec, new: "\(names) (\(summary.exchangesInWords))")
            var found = policy.report(subject, changes: changes)
            found.recording = summary
            try report.finish(found)
        } catch let failure as RecordingFailure {
            throw InputFailure(message: failure.message)
        }
    }
}

extension RecordingSummary {
    /// Returns the reason that nothing was compared, with advice.
    fileprivate func emptiness(of names: String, _ changes: [Change]) -> String {
        guard otherExchanges > 0 else {
            let places = changes.compactMap { change in
                change.detail.map { "\n\(change.subject): \(change.message): \($0)" }
            }
            return "\(names): no recorded exchanges were found\(places.joined())\n  hint: "
                + "each line is an object with `request` {method, url} and `response` {status, body}, or the file is a HAR"
        }
        let hosts = otherHosts.map { "\($0.name) (\($0.exchanges))" }.joined(separator: ", ")
        let further = otherHostCount > otherHosts.count ? " and \(otherHostCount - otherHosts.count) more" : ""
        return "\(names): no exchange has the host of an org; the hosts are \(hosts)\(further)\n  hint: "
            + "pass the org's host with --host, which may be repeated"
    }
}
