import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import YAML

/// The catalog's folder, and the output of its diagnostics.
struct CatalogOptions: ParsableArguments {
    static let defaultSpec = "Spec"

    @Option(help: "The catalog's folder.")
    var spec = Self.defaultSpec

    /// The name of the catalog's folder: the service's name in files of sentences.
    var serviceName: String { URL(fileURLWithPath: spec).standardizedFileURL.lastPathComponent }

    /// Reads the catalog's files.
    func folder() throws -> CatalogFolder {
        do {
            return try CatalogFolder(at: spec)
        } catch {
            try report(error, files: [])
            throw ExitCode(2)
        }
    }

    /// Prints findings to standard error; exits with 2 if one of them is an error.
    func report(_ diagnostics: Diagnostics, files: [SourceFile]) throws {
        let text = DiagnosticRenderer(files: files).render(diagnostics.sorted)
        FileHandle.standardError.write(Data(text.utf8))
        guard diagnostics.hasErrors else { return }
        let count = diagnostics.all.count { $0.severity == .error }
        FileHandle.standardError.write(Data("\(count) \(count == 1 ? "error" : "errors"); nothing was written\n".utf8))
        throw ExitCode(2)
    }
}

extension CatalogOptions {
    /// Reads and validates the catalog, with or without its corrections to Okta's document; exits if it has errors.
    func decoded(applyingOverlay appliesOverlay: Bool = true) throws -> Catalog {
        let folder = try folder()
        var diagnostics = Diagnostics()
        let catalog = CatalogLoader().load(
            folder, applyingOverlay: appliesOverlay, reporting: &diagnostics)
        try report(diagnostics, files: Array(folder.files.values))
        guard let catalog else { throw ExitCode(2) }
        return catalog
    }

    /// Runs all stages in memory; exits if the catalog has errors.
    func generate() throws -> Generation.Output {
        let folder = try folder()
        var diagnostics = Diagnostics()
        let result = Generation().run(folder, reporting: &diagnostics)
        try report(diagnostics, files: Array(folder.files.values))
        guard let result else { throw ExitCode(2) }
        return result
    }
}
