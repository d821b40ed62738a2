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

    @Option(name: .customLong("service"), help: "A service to select from several; may be repeated.")
    var services: [String] = []

    @OptionGroup var report: ReportOptions

    @Argument(help: "The old catalog: a folder, git:REV or git:REV:FOLDER.")
    var old: String

    @Argument(help: "The new catalog: a folder, git:REV or git:REV:FOLDER.")
    var new: String

    func run() throws {
        let policy = try report.policy()
        let pairs = try CatalogPairs(sources(old), sources(new), services: services).pairs
        guard !pairs.isEmpty else {
            throw InputFailure(
                message:
                    "neither \(old) nor \(new) has a service \(services.joined(separator: ", ")); omit --service to "
                    + "compare all")
        }
        let result = DescriptionComparison.Result(
            try pairs.map {
                DescriptionComparison(from: try description($0.old), to: try description($0.new), names: .compared)
                    .run()
            })
        var found = policy.report(
            .init(command: "diff", old: old, new: new), changes: result.changes, operations: result)
        found.release = ReleaseNotes(of: found.findings)
        try report.finish(found)
    }

    private func sources(_ name: String) throws -> [CatalogSource] {
        do {
            return try CatalogSource.all(name, spec: spec)
        } catch let failure as GitFailure {
            throw InputFailure(message: failure.message)
        } catch let diagnostics as Diagnostics {
            throw InputFile.failure(diagnostics, files: [])
        }
    }

    /// Returns the description of a catalog; an empty one for a side without it.
    private func description(_ source: CatalogSource?) throws -> APIDescription {
        guard let source else { return .none }
        var diagnostics = Diagnostics()
        guard let description = source.description(reporting: &diagnostics) else {
            throw InputFile.failure(diagnostics, files: Array(source.folder.files.values))
        }
        return description
    }
}
