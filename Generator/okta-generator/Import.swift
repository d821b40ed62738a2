import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import OktaUpstream
import YAML

/// `okta-generator import`: adds facts from Okta's OpenAPI document to the catalog.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds missing facts from Okta's OpenAPI document to the catalog; never changes existing ones.")

    @OptionGroup var catalog: CatalogOptions

    @Option(help: "Okta's management document, YAML or JSON.")
    var openapi: String

    func run() throws {
        let folder = try catalog.folder()
        guard let data = FileManager.default.contents(atPath: openapi) else {
            throw InputFailure(message: "\(openapi) cannot be read; pass Okta's management document with --openapi")
        }
        let file = SourceFile(path: openapi, bytes: Array(data))
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(file, reporting: &diagnostics)
        let result = document.flatMap { CatalogImport(document: $0).fill(folder, reporting: &diagnostics) }
        try catalog.report(diagnostics, files: Array(folder.files.values) + [file])
        guard let result else { throw ExitCode(2) }
        for operation in result.unmatched { print("not in \(openapi): \(operation)".onOneLine) }
        for (path, text) in result.files.sorted(by: { $0.key < $1.key }) {
            try FolderWriter(root: catalog.spec).write(text, to: path)
            print("filled \(catalog.spec)/\(path)")
        }
        print("\(result.files.count) files changed, \(result.addedDeclarations) models and enumerations added")
    }
}
