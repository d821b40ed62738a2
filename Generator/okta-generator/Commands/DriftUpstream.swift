import ArgumentParser
import OktaCatalog
import OktaDrift
import OktaUpstream
import YAML

/// `okta-generator drift upstream`: compares the catalog with Okta's document, or one document with another.
struct DriftUpstream: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upstream",
        abstract: "Compares the catalog with Okta's OpenAPI document, or two documents with each other.")

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var document: DocumentOptions
    @OptionGroup var report: ReportOptions

    @Option(help: "The old document, instead of the catalog.")
    var from: String?

    @Option(help: "The new document.")
    var to: String?

    @Argument(help: "Okta's documents, YAML or JSON; each is compared with the catalog that its title belongs to.")
    var files: [String] = []

    func validate() throws {
        guard (from == nil) == (to == nil), (from == nil) != files.isEmpty else {
            throw ValidationError("pass documents to compare the catalog with, or two documents with --from and --to")
        }
    }

    func run() throws {
        let policy = try report.policy()
        if let from, let to {
            let old = try UpstreamDescriber.describe(read(from))
            let new = try UpstreamDescriber.describe(read(to))
            let result = DescriptionComparison(from: old, to: new, names: .ignored).run()
            let subject = DriftReport.Subject(
                command: "drift upstream", old: from, new: to, oldContent: old.content, newContent: new.content)
            try report.finish(policy.report(subject, changes: result.changes, operations: result))
            return
        }
        let set = try catalog.set()
        let catalogs = Dictionary(
            try catalog.decoded(applyingOverlay: false).map { ($0.member.service, $0.catalog) },
            uniquingKeysWith: { first, _ in first })
        var changes: [Change] = []
        var known: [String: Set<String>] = [:]
        for file in files {
            let read = try self.read(file)
            let service = try document.service(of: read, at: file, in: set, named: catalog.services).service
            guard let catalog = catalogs[service] else { continue }
            // A change that applies to several documents of a service is reported once.
            changes += UpstreamComparison(of: catalog, with: read).run().filter {
                known[service, default: []].insert($0.fingerprint).inserted
            }
        }
        let subject = DriftReport.Subject(
            command: "drift upstream", old: catalog.spec, new: files.joined(separator: ", "))
        try report.finish(policy.report(subject, changes: changes))
    }

    private func read(_ path: String) throws -> OpenAPIDocument {
        let file = try InputFile.read(path, as: "the argument")
        var diagnostics = Diagnostics()
        guard let document = OpenAPIDocument(file, reporting: &diagnostics), !diagnostics.hasErrors else {
            throw InputFile.failure(diagnostics, files: [file])
        }
        return document
    }
}
