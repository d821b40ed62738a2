import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import YAML

/// The output folders.
struct OutputFolderOptions: ParsableArguments {
    private static let defaultOutput = "Generated"
    private static let defaultTestSupport = "Tests/OktaTestSupport/Generated"

    @Option(help: "The folder of the library's sources; several catalogs get one folder per module in it.")
    var output = Self.defaultOutput

    @Option(help: "The folder of the sources for tests, in the same way; `none` for none.")
    var testSupport = Self.defaultTestSupport

    @Option(help: "A Markdown document with the markers of the category table.")
    var readme: String?

    /// Returns the current document of `readme`, and the one that the catalog generates.
    func document(of result: GeneratedSet) throws -> (path: String, old: [UInt8], new: [UInt8])? {
        guard let readme else { return nil }
        let old = try InputFile.read(readme, as: "--readme").bytes
        guard let new = result.table.inserted(into: old) else {
            throw InputFailure(
                message: "\(readme) has no markers for the category table; add these two lines where it belongs:\n"
                    + "\(CategoryTable.begin)\n\(CategoryTable.end)")
        }
        return (readme, old, new)
    }

    /// Returns the folders with their files.
    func sets(of result: GeneratedSet) throws -> [(folder: String, files: FileSet)] {
        func folder(_ root: String, _ member: GeneratedSet.Member) -> String {
            result.isSet ? "\(root)/\(member.output.plan.module.bare)" : root
        }
        let sources = result.members.map { (folder(output, $0), $0.output.library) }
        guard testSupport != "none" else { return sources }
        let (first, second) = (Self.absolute(output), Self.absolute(testSupport))
        // With nested folders, each run would treat the files of the other folder as leftovers.
        guard !"\(first)/".hasPrefix("\(second)/"), !"\(second)/".hasPrefix("\(first)/") else {
            throw InputFailure(
                message: "the folders `\(output)` and `\(testSupport)` contain each other; choose separate ones with "
                    + "--output and --test-support")
        }
        return sources + result.members.map { (folder(testSupport, $0), $0.output.testSupport) }
    }

    /// Returns the folders that contain one folder per module; empty for a single catalog.
    func moduleRoots(of result: GeneratedSet) -> [String] {
        guard result.isSet else { return [] }
        return testSupport == "none" ? [output] : [output, testSupport]
    }

    /// Returns the command that updates these folders to the catalog.
    func generateCommand(spec: String, services: [String] = []) -> String {
        var words = ["okta-generator", "generate"]
        for (name, value, usual) in [
            ("--spec", spec, CatalogOptions.defaultSpec), ("--output", output, Self.defaultOutput),
            ("--test-support", testSupport, Self.defaultTestSupport), ("--readme", readme ?? "", ""),
        ] where value != usual {
            words += [name, ShellWord.quoted(value)]
        }
        words += services.flatMap { ["--service", ShellWord.quoted($0)] }
        let isUsual = words.count == 2 || Array(words.dropFirst(2)) == ["--readme", "README.md"]
        return isUsual ? "make generate" : words.joined(separator: " ")
    }

    private static func absolute(_ path: String) -> String {
        let path = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        return path == "/" ? "" : path
    }
}
