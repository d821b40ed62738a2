import ArgumentParser
import OktaCatalog
import OktaGenerator
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

    /// Prints findings to standard error. Exits with 2 if one of them is an error.
    func report(_ diagnostics: Diagnostics, files: [SourceFile]) throws {
        StandardError.write(DiagnosticRenderer(files: files).render(diagnostics.sorted))
        guard diagnostics.hasErrors else { return }
        let count = diagnostics.all.count { $0.severity == .error }
        StandardError.write("\(count.counted("error")); nothing was written\n")
        throw ExitCode(2)
    }
}

extension CatalogOptions {
    /// Reads and validates the catalogs, with or without their corrections to Okta's documents. Exits if one has
    /// errors.
    func decoded(applyingOverlay appliesOverlay: Bool = true) throws -> [(member: CatalogSet.Member, catalog: Catalog)]
    {
        let set = try set()
        var diagnostics = Diagnostics()
        let catalogs = set.members.map { member in
            CatalogLoader().load(member.folder, applyingOverlay: appliesOverlay, reporting: &diagnostics)
        }
        diagnostics.append(SetValidation(of: catalogs.compactMap { $0 }).findings)
        try report(diagnostics, files: set.files)
        return try zip(set.members, catalogs).map { member, catalog in
            guard let catalog else { throw ExitCode(2) }
            return (member, catalog)
        }
    }

    /// Runs all stages in memory. Exits if a catalog has errors.
    func generate() throws -> GeneratedSet {
        let set = try set()
        var diagnostics = Diagnostics()
        let result = Generation().run(set, reporting: &diagnostics)
        try report(diagnostics, files: set.files)
        guard let result else { throw ExitCode(2) }
        return result
    }
}
