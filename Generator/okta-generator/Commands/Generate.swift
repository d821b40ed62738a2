import ArgumentParser
import OktaCatalog
import OktaGenerator
import YAML

/// `okta-generator generate`: writes the sources that differ and removes other generated ones.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the Swift sources of the catalog.",
        discussion: """
            Generated files that were edited by hand are replaced and named. Files that were not generated are kept; if \
            one has the path of a generated file, nothing is written without --force. Nothing is written through \
            symbolic links.
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputFolderOptions

    @Flag(help: "Replace files that were not generated but have the path of a generated one.")
    var force = false

    func run() throws {
        let result = try catalog.generate()
        // All folders are checked before one of them is changed.
        let updates = try output.sets(of: result).map { folder, files in
            (folder, files, try FolderWriter(root: folder, replacingForeignFiles: force).update(files))
        }
        let document = try output.document(of: result)
        var foreign: [String] = []
        for (folder, files, update) in updates {
            let changes = try update.carryOut()
            let edited = Set(changes.edited)
            func note(_ path: String) -> String { edited.contains(path) ? ", which was edited by hand" : "" }
            for path in changes.added { print("added   \(folder)/\(path)") }
            for path in changes.changed { print("changed \(folder)/\(path)\(note(path))") }
            for path in changes.removed { print("removed \(folder)/\(path)\(note(path))") }
            if changes.isEmpty { print("\(folder): \(files.files.count) files, nothing changed") }
            foreign += changes.foreign.map { "\(folder)/\($0)" }
        }
        if let document, document.old != document.new {
            let parts = document.path.split(separator: "/", omittingEmptySubsequences: false)
            let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
            try FolderWriter(root: folder.isEmpty ? "/" : folder).write(document.new, to: String(parts.last ?? ""))
            print("changed \(document.path)")
        }
        if !foreign.isEmpty { StandardError.warn(Removal(of: foreign).sentence) }
        for member in result.members {
            let plan = member.output.plan
            let module = result.isSet ? "\(plan.module.bare): " : ""
            print("\(module)\(plan.functionCount) functions, \(plan.typeCount) models and enumerations")
        }
    }
}
