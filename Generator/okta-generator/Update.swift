import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import OktaUpstream
import YAML

/// `okta-generator update`: updates the catalog to a release of Okta's OpenAPI document.
struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Updates the catalog to the facts of a release of Okta's OpenAPI document.",
        discussion: """
            Names, sentences, comments and facts that an entry lists under `pinned` are kept. Sentences \
            that a person has to write are marked TODO, and `generate` rejects them until they are replaced.
            """)

    @OptionGroup var catalog: CatalogOptions

    @Option(help: "Okta's management document, YAML or JSON.")
    var upstream: String

    @Option(help: "The changelog to add the changes to; `none` for none.")
    var changelog = "CHANGELOG.md"

    func run() throws {
        let folder = try catalog.folder()
        guard let data = FileManager.default.contents(atPath: upstream) else {
            throw InputFailure(message: "\(upstream) cannot be read; pass Okta's management document with --upstream")
        }
        let log = try changelogText()
        let file = SourceFile(path: upstream, bytes: Array(data))
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(file, reporting: &diagnostics)
        let result = document.flatMap { CatalogUpdate(document: $0).update(folder, reporting: &diagnostics) }
        try catalog.report(diagnostics, files: Array(folder.files.values) + [file])
        guard let document, let result else { throw ExitCode(2) }
        for (path, text) in result.files.sorted(by: { $0.key < $1.key }) {
            try FolderWriter(root: catalog.spec).write(text, to: path)
            print("updated \(catalog.spec)/\(path)")
        }
        for path in result.removedFiles {
            try FolderWriter(root: catalog.spec).remove(path)
            print("removed \(catalog.spec)/\(path)")
        }
        let section = UpdateChangelog(result.report, release: document.release)
        if let log, let text = section.inserted(into: log) {
            let url = URL(fileURLWithPath: changelog)
            try FolderWriter(root: url.deletingLastPathComponent().path).write(text, to: url.lastPathComponent)
            print("updated \(changelog)")
        }
        print(summary(of: result))
    }

    private func changelogText() throws -> String? {
        guard changelog != "none" else { return nil }
        guard let data = FileManager.default.contents(atPath: changelog) else {
            throw InputFailure(
                message: "\(changelog) cannot be read; pass the changelog with --changelog, or `none`")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw InputFailure(message: "\(changelog) is not UTF-8; save it as UTF-8, or write `--changelog none`")
        }
        return text
    }

    private func summary(of result: CatalogUpdate.Result) -> String {
        guard !result.files.isEmpty else { return "the catalog already has the facts of \(upstream)" }
        let report = result.report
        var text = "\(report.changes.count) changes, \(report.newOperations.count) new undecided operations, "
        text += "\(report.goneOperations.count) operations gone\n"
        return text + "next: `make generate` lists the sentences to write; then commit everything together"
    }
}
