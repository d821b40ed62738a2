import ArgumentParser
import OktaDrift
import OktaGenerator

/// `okta-generator check`: compares in memory, writes nothing, and ends with 1 when something differs.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells whether the Swift sources are those of the catalog; ends with 1 when they are not.")

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var report: ReportOptions

    func run() throws {
        let policy = try report.policy()
        let sets = output.sets(of: try catalog.generate())
        let changes = GeneratedComparison().compare(sets)
        let subject = DriftReport.Subject(
            command: "check", old: sets.map(\.folder).joined(separator: ", "), new: catalog.spec)
        let found = policy.report(subject, changes: changes)
        if report.format == .text, !found.isDrift, changes.isEmpty {
            print("the generated sources are those of the catalog")
            return
        }
        defer {
            if report.format == .text, !changes.isEmpty {
                print("run `make generate` and commit the catalog and the sources together")
            }
        }
        try report.finish(found)
    }
}
