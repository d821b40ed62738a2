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
    @OptionGroup var document: DocumentOptions

    @Option(help: "Okta's document, YAML or JSON; may be repeated, each for the catalog that its title belongs to.")
    var upstream: [String]

    @Option(help: "The changelog to add the changes to; `none` for none.")
    var changelog = "CHANGELOG.md"

    @Option(
        help: """
            A file of sentences: what it has is written where the catalog has TODO, and then it lists what is left, \
            with the facts beside each.
            """)
    var sentences: String?

    /// The update of one catalog.
    private struct Step {
        let entry: ServiceDocuments.Entry
        let update: SentencedUpdate

        var member: CatalogSet.Member { entry.member }
    }

    func run() throws {
        let set = try catalog.set()
        let log = try changelogText()
        var diagnostics = Diagnostics()
        let form = try SentenceFile(sentences, reporting: &diagnostics)
        let documents = try ServiceDocuments(
            upstream, as: "--upstream", in: set, named: catalog.services, document, reporting: &diagnostics)
        let (steps, missing) = self.steps(to: documents, form, reporting: &diagnostics)
        try catalog.report(diagnostics, files: set.files + documents.files + form.files)
        try write(steps, changelog: log)
        if sentences != nil {
            let updates = steps.map { ($0.member.service, $0.update) }
            try form.write(what: missing, after: Dictionary(updates) { first, _ in first })
        }
        for step in steps {
            print((set.isSet ? "\(step.member.service): " : "") + summary(of: step.update.result, step.entry.path))
        }
        if steps.contains(where: { !$0.update.result.files.isEmpty }) {
            print("next: `make generate` lists the sentences to write; then commit everything together")
        }
    }

    /// Returns the updates, and with a file of sentences those that are missing afterwards. Nothing is written yet.
    private func steps(
        to documents: ServiceDocuments, _ form: SentenceFile, reporting diagnostics: inout Diagnostics
    ) -> (steps: [Step], missing: [MissingSentences]) {
        var steps: [Step] = []
        var missing: [MissingSentences] = []
        for entry in documents.entries where form.isUsable {
            let member = entry.member
            let update = SentencedUpdate(
                of: member.folder, to: entry.document, writing: form.form, for: member.service,
                reporting: &diagnostics)
            guard let update else { continue }
            steps.append(Step(entry: entry, update: update))
            guard sentences != nil else { continue }
            let rest = MissingSentences(
                in: member.folder.with(update.result), of: member.service, entry.document, reporting: &diagnostics)
            if let rest { missing.append(rest) }
        }
        return (steps, missing)
    }

    private func write(_ steps: [Step], changelog text: String?) throws {
        var log = text
        for step in steps {
            let result = step.update.result
            for (path, text) in result.files.sorted(by: { $0.key < $1.key }) {
                try FolderWriter(root: step.member.path).write(text, to: path)
                print("updated \(step.member.path)/\(path)")
            }
            for path in result.removedFiles {
                try FolderWriter(root: step.member.path).remove(path)
                print("removed \(step.member.path)/\(path)")
            }
            let section = UpdateChangelog(
                result.report, release: step.entry.document.release, of: step.member.fact("document"))
            if let text = log.flatMap(section.inserted) {
                let url = URL(fileURLWithPath: changelog)
                try FolderWriter(root: url.deletingLastPathComponent().path).write(text, to: url.lastPathComponent)
                log = text
                print("updated \(changelog)")
            }
        }
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

    private func summary(of result: CatalogUpdate.Result, _ path: String) -> String {
        guard !result.files.isEmpty else { return "the catalog already has the facts of \(path)" }
        let report = result.report
        return "\(report.changes.count) changes, \(report.newOperations.count) new undecided operations, "
            + "\(report.goneOperations.count) operations gone"
    }
}
