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

    @Option(help: "Okta's document, YAML or JSON; may be repeated, each for the catalog that its title belongs to.")
    var openapi: [String]

    func run() throws {
        let set = try catalog.set()
        var diagnostics = Diagnostics()
        let documents = try ServiceDocuments(openapi, as: "--openapi", in: set, catalog, reporting: &diagnostics)
        var results: [(member: CatalogSet.Member, result: CatalogImport.Result)] = []
        for (member, document) in documents.documents {
            let result = CatalogImport(document: document).fill(member.folder, reporting: &diagnostics)
            if let result { results.append((member, result)) }
        }
        try catalog.report(diagnostics, files: set.files + documents.files)
        for (index, (member, result)) in results.enumerated() {
            for operation in result.unmatched { print("not in \(openapi[index]): \(operation)".onOneLine) }
            for (path, text) in result.files.sorted(by: { $0.key < $1.key }) {
                try FolderWriter(root: member.path).write(text, to: path)
                print("filled \(member.path)/\(path)")
            }
            print("\(result.files.count) files changed, \(result.addedDeclarations) models and enumerations added")
        }
    }
}
