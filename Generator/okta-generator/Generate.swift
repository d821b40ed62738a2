import ArgumentParser
import OktaCatalog
import OktaGenerator
import YAML

/// `okta-generator generate`: writes the sources that differ and removes those of an earlier plan.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes the Swift sources of the catalog.")

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let result = try catalog.generate()
        for (folder, files) in output.sets(of: result) {
            let changes = try FolderWriter(root: folder).apply(files)
            for path in changes.added { print("added   \(folder)/\(path)") }
            for path in changes.changed { print("changed \(folder)/\(path)") }
            for path in changes.removed { print("removed \(folder)/\(path)") }
            if changes.isEmpty { print("\(folder): \(files.files.count) files, nothing changed") }
        }
        print("\(result.plan.actionCount) functions, \(result.plan.typeCount) models and enumerations")
    }
}
