import ArgumentParser
import OktaCatalog
import OktaDrift
import OktaGenerator

/// `okta-generator check`: compares in memory, writes nothing, and exits with 1 for a difference.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks that the Swift sources match the catalog; exits with 1 if they do not.",
        discussion: """
            Files are compared byte by byte; CR LF in every line of a file, as after a checkout, is ignored. Hidden \
            files are ignored.
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputFolderOptions
    @OptionGroup var report: ReportOptions

    func run() throws {
        let policy = try report.policy()
        let result = try catalog.generate()
        let sets = try output.sets(of: result)
        var changes = try GeneratedComparison().compare(sets)
        // Modules without a catalog can be found only if all services are checked.
        if catalog.services.isEmpty {
            let modules = result.members.map(\.output.plan.module.bare)
            changes += try output.moduleRoots(of: result).flatMap {
                try GeneratedComparison().orphans(below: $0, of: modules)
            }
        }
        if let document = try output.document(of: result) {
            changes += GeneratedComparison().compare(document.path, document.old, with: document.new)
        }
        let subject = DriftReport.Subject(
            command: "check", old: sets.map(\.folder).joined(separator: ", "), new: catalog.spec)
        let found = policy.report(subject, changes: changes)
        if report.format == .text, !found.isDrift, changes.isEmpty {
            print("the generated sources match the catalog")
            return
        }
        defer {
            if report.format == .text { for line in advice(on: changes) { print(line) } }
        }
        try report.finish(found)
    }

    /// Returns the commands that repair the drift, for generated files and for files that the generator does not
    /// change.
    private func advice(on changes: [Change]) -> [String] {
        func subjects(_ rules: DriftRule...) -> [String] {
            changes.filter { rules.contains($0.rule) }.map(\.subject)
        }
        let foreign = subjects(GeneratedRules.foreign, GeneratedRules.link)
        let orphans = subjects(GeneratedRules.orphan)
        var lines: [String] = []
        if !foreign.isEmpty { lines.append(Removal(of: foreign).sentence) }
        if !orphans.isEmpty {
            let words = orphans.map(ShellWord.quoted).joined(separator: " ")
            lines.append("if these catalogs were removed: rm -r \(words)")
        }
        if foreign.count + orphans.count < changes.count {
            lines.append(
                "run `\(output.generateCommand(spec: catalog.spec, services: catalog.services))` and commit the catalog and the sources together"
            )
        }
        return lines
    }
}

/// Advice on files in an output folder that the generator neither wrote nor removes.
struct Removal {
    private let paths: [String]

    init(of paths: [String]) {
        self.paths = paths
    }

    /// The advice with the command.
    var sentence: String {
        let (what, pronoun) = paths.count == 1 ? ("one file was", "it") : ("\(paths.count) files were", "them")
        return
            "\(what) not generated, and `check` fails while an output folder has \(pronoun); move \(pronoun) away, "
            + "or remove \(pronoun): rm \(paths.map(ShellWord.quoted).joined(separator: " "))"
    }
}
