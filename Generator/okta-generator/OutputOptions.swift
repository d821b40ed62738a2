import ArgumentParser
import Foundation
import OktaGenerator
import YAML

/// The output folders.
struct OutputOptions: ParsableArguments {
    private static let defaultOutput = "Generated"
    private static let defaultTestSupport = "Tests/OktaTestSupport/Generated"

    @Option(help: "The folder of the library's sources.")
    var output = Self.defaultOutput

    @Option(help: "The folder of the sources for tests; `none` for none.")
    var testSupport = Self.defaultTestSupport

    @Option(help: "A Markdown document with the markers of the category table.")
    var readme: String?

    /// The current document of `readme`, and the one that the catalog generates.
    func document(of result: Generation.Output) throws -> (path: String, old: [UInt8], new: [UInt8])? {
        guard let readme else { return nil }
        let old = try InputFile.read(readme, as: "--readme").bytes
        guard let new = CategoryTable(plan: result.plan).inserted(into: old) else {
            throw InputFailure(
                message: "\(readme) has no markers for the category table; add these two lines where it belongs:\n"
                    + "\(CategoryTable.begin)\n\(CategoryTable.end)")
        }
        return (readme, old, new)
    }

    /// The folders with their files.
    func sets(of result: Generation.Output) throws -> [(folder: String, files: FileSet)] {
        var sets = [(output, result.library)]
        guard testSupport != "none" else { return sets }
        let (first, second) = (Self.absolute(output), Self.absolute(testSupport))
        // Each run would treat the files of the other folder as leftovers.
        guard !"\(first)/".hasPrefix("\(second)/"), !"\(second)/".hasPrefix("\(first)/") else {
            throw InputFailure(
                message: "the folders `\(output)` and `\(testSupport)` contain each other; choose separate ones with "
                    + "--output and --test-support")
        }
        sets.append((testSupport, result.testSupport))
        return sets
    }

    /// The command that updates these folders to the catalog.
    func generateCommand(spec: String) -> String {
        var words = ["okta-generator", "generate"]
        for (name, value, usual) in [
            ("--spec", spec, CatalogOptions.defaultSpec), ("--output", output, Self.defaultOutput),
            ("--test-support", testSupport, Self.defaultTestSupport), ("--readme", readme ?? "", ""),
        ] where value != usual {
            words += [name, ShellWord.quoted(value)]
        }
        let isUsual = words.count == 2 || Array(words.dropFirst(2)) == ["--readme", "README.md"]
        return isUsual ? "make generate" : words.joined(separator: " ")
    }

    private static func absolute(_ path: String) -> String {
        let path = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        return path == "/" ? "" : path
    }
}
