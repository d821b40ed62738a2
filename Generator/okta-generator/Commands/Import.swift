import ArgumentParser
import OktaCatalog
import OktaGenerator
import OktaUpstream
import YAML

/// `okta-generator import`: adds facts from Okta's OpenAPI documents to the catalogs.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds missing facts from Okta's OpenAPI document to the catalog; never changes existing ones.")

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var document: DocumentOptions

    @Option(help: "Okta's document, YAML or JSON; may be repeated, each for the catalog that its title belongs to.")
    var openapi: [String]

    func run() throws {
        let set = try catalog.set()
        var diagnostics = Diagnostics()
        let documents = try ServiceDocuments(
            openapi, as: "--openapi", in: set, named: catalog.services, document, reporting: &diagnostics)
        var results: [(entry: ServiceDocuments.Entry, result: CatalogImport.Result)] = []
        for entry in documents.entries {
            let result = CatalogImport(document: entry.document).fill(entry.member.folder, reporting: &diagnostics)
            if let result { results.append((entry, result)) }
        }
        try catalog.report(diagnostics, files: set.files + documents.files)
        for (entry, result) in results {
            for operation in result.unmatched { print("not in \(entry.path): \(operation)".onOneLine) }
            for (path, text) in result.files.sorted(by: { $0.key < $1.key }) {
                try FolderWriter(root: entry.member.path).write(text, to: path)
                print("filled \(entry.member.path)/\(path)")
            }
            print("\(result.files.count) files changed, \(result.addedDeclarations) models and enumerations added")
        }
    }
}
