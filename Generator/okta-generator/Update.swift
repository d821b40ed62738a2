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

    @Option(
        help: """
            A file of sentences: what it has is written where the catalog has TODO, and then it lists what is left, \
            with the facts beside each.
            """)
    var sentences: String?

    func run() throws {
        let folder = try catalog.folder()
        guard let data = FileManager.default.contents(atPath: upstream) else {
            throw InputFailure(message: "\(upstream) cannot be read; pass Okta's management document with --upstream")
        }
        let log = try changelogText()
        let file = SourceFile(path: upstream, bytes: Array(data))
        var diagnostics = Diagnostics()
        let form = try SentenceFile(sentences, reporting: &diagnostics)
        let document = OpenAPIDocument(file, reporting: &diagnostics)
        let service = catalog.serviceName
        let update = document.flatMap { document in
            form.isUsable
                ? SentencedUpdate(
                    of: folder, to: document, writing: form.form, for: service, reporting: &diagnostics) : nil
        }
        var missing: MissingSentences?
        if sentences != nil, let document, let update {
            missing = MissingSentences(
                in: folder.with(update.result), of: service, document, reporting: &diagnostics)
        }
        try catalog.report(diagnostics, files: Array(folder.files.values) + [file] + form.files)
        guard let document, let update else { throw ExitCode(2) }
        let result = update.result
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
        if let missing { try form.write(what: [missing], after: [service: update]) }
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
