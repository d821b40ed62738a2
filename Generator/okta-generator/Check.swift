import ArgumentParser
import OktaDrift
import OktaGenerator

/// `okta-generator check`: compares in memory, writes nothing, and ends with 1 when something differs.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells whether the Swift sources are those of the catalog; ends with 1 when they are not.",
        discussion: """
            Files are compared by their bytes; a checkout that gave every line of a file CR LF is the same file. Hidden \
            files do not count.
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var report: ReportOptions

    func run() throws {
        let policy = try report.policy()
        let result = try catalog.generate()
        let sets = try output.sets(of: result)
        var changes = try GeneratedComparison().compare(sets)
        if let document = try output.document(of: result) {
            changes += GeneratedComparison().compare(document.path, document.old, with: document.new)
        }
        let subject = DriftReport.Subject(
            command: "check", old: sets.map(\.folder).joined(separator: ", "), new: catalog.spec)
        let found = policy.report(subject, changes: changes)
        if report.format == .text, !found.isDrift, changes.isEmpty {
            print("the generated sources are those of the catalog")
            return
        }
        defer {
            if report.format == .text { for line in advice(on: changes) { print(line) } }
        }
        try report.finish(found)
    }

    /// What ends the drift: one command for what the generator writes, one for what it leaves alone.
    private func advice(on changes: [Change]) -> [String] {
        let foreign = changes.filter { ["generated-foreign", "generated-link"].contains($0.rule.id) }.map(\.subject)
        var lines: [String] = []
        if !foreign.isEmpty { lines.append(Removal(of: foreign).sentence) }
        if foreign.count < changes.count {
            lines.append(
                "run `\(output.generateCommand(spec: catalog.spec))` and commit the catalog and the sources together")
        }
        return lines
    }
}
