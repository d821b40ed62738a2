import ArgumentParser
import OktaCatalog
import OktaDrift
import YAML

/// `okta-generator diff`: compares two catalogs by the symbols of the library.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reports what callers of the library notice between two catalogs, and which version to release.")

    @Option(help: "The catalog's folder in revisions without one.")
    var spec = "Spec"

    @OptionGroup var report: ReportOptions

    @Argument(help: "The old catalog: a folder, git:REV or git:REV:FOLDER.")
    var old: String

    @Argument(help: "The new catalog: a folder, git:REV or git:REV:FOLDER.")
    var new: String

    func run() throws {
        let policy = try report.policy()
        let result = DescriptionComparison(from: try description(old), to: try description(new), names: .matter).run()
        var found = policy.report(
            .init(command: "diff", old: old, new: new), changes: result.changes, operations: result)
        found.release = ReleaseNotes(of: found.findings)
        try report.finish(found)
    }

    private func description(_ name: String) throws -> APIDescription {
        do {
            let source = try CatalogSource(name, spec: spec)
            var diagnostics = Diagnostics()
            guard let description = source.description(reporting: &diagnostics) else {
                throw InputFile.failure(diagnostics, files: Array(source.folder.files.values))
            }
            return description
        } catch let failure as GitFailure {
            throw InputFailure(message: failure.message)
        } catch let diagnostics as Diagnostics {
            throw InputFile.failure(diagnostics, files: [])
        }
    }
}
