import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import YAML

/// `okta-generator import`: fills the catalog with facts of Okta's OpenAPI document.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fills the catalog with facts from Okta's OpenAPI document, and never changes what stands.")

    @OptionGroup var catalog: CatalogOptions

    @Option(help: "Okta's management document, YAML or JSON.")
    var openapi: String

    func run() throws {
        let folder = try catalog.folder()
        guard let data = FileManager.default.contents(atPath: openapi) else {
            throw InputFailure(message: "\(openapi) can not be read; name Okta's management document with --openapi")
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
