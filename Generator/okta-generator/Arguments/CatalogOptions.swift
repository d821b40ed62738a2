import ArgumentParser
import OktaCatalog
import OktaGenerator
import OktaUpstream
import YAML

/// The catalogs' folder, and the output of their diagnostics.
struct CatalogOptions: ParsableArguments {
    static let defaultSpec = "Spec"

    @Option(help: "The folder of a catalog, or of several, each in a folder named after its service.")
    var spec = Self.defaultSpec

    @Option(name: .customLong("service"), help: "A service to select from several; may be repeated.")
    var services: [String] = []

    /// Reads the catalogs' files.
    func set() throws -> CatalogSet {
        do {
            return try CatalogSet(at: spec, services: services)
        } catch {
            try report(error, files: [])
            throw ExitCode(2)
        }
    }

    /// Prints findings to standard error; exits with 2 if one of them is an error.
    func report(_ diagnostics: Diagnostics, files: [SourceFile]) throws {
        StandardError.write(DiagnosticRenderer(files: files).render(diagnostics.sorted))
        guard diagnostics.hasErrors else { return }
        let count = diagnostics.all.count { $0.severity == .error }
        StandardError.write("\(count.counted("error")); nothing was written\n")
        throw ExitCode(2)
    }
}

extension CatalogOptions {
    /// Reads and validates the catalogs, with or without their corrections to Okta's documents; exits if one has errors.
    func decoded(applyingOverlay appliesOverlay: Bool = true) throws -> [(member: CatalogSet.Member, catalog: Catalog)]
    {
        let set = try set()
        var diagnostics = Diagnostics()
        let catalogs = set.members.map { member in
            CatalogLoader().load(member.folder, applyingOverlay: appliesOverlay, reporting: &diagnostics)
        }
        diagnostics.append(SetRules(of: catalogs.compactMap { $0 }).findings)
        try report(diagnostics, files: set.files)
        return try zip(set.members, catalogs).map { member, catalog in
            guard let catalog else { throw ExitCode(2) }
            return (member, catalog)
        }
    }

    /// Runs all stages in memory; exits if a catalog has errors.
    func generate() throws -> GeneratedSet {
        let set = try set()
        var diagnostics = Diagnostics()
        let result = Generation().run(set, reporting: &diagnostics)
        try report(diagnostics, files: set.files)
        guard let result else { throw ExitCode(2) }
        return result
    }

    /// The service that a document is of: the one that is named, or the one that its title belongs to.
    func service(of document: OpenAPIDocument, at path: String, in set: CatalogSet) throws -> CatalogSet.Member {
        // A service that the caller names takes precedence over the title.
        if services.count == 1, let member = set.members.first { return member }
        let titles = set.members.map { $0.fact("document") }
        if !set.isSet, let member = set.members.first, titles == [nil] { return member }
        let fitting = zip(set.members, titles).filter { $1.map(document.isTitled) ?? false }.map(\.0)
        if fitting.count == 1 { return fitting[0] }
        guard fitting.isEmpty else {
            throw InputFailure(
                message: "\(path): the title `\(document.title)` fits several services: "
                    + "\(fitting.map(\.service).joined(separator: ", ")); name one with --service")
        }
        let known = zip(set.members, titles).map { "\n  \($0.path): \($1.map { "`\($0)`" } ?? "no title")" }.joined()
        throw InputFailure(
            message:
                "\(path): the title `\(document.title)` fits no service; name one with --service, or correct `document` "
                + "in its catalog.yaml. The titles are:\(known)")
    }
}
