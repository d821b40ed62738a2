import ArgumentParser
import Foundation
import OktaGenerator

/// Where generated sources lie.
struct OutputOptions: ParsableArguments {
    private static let defaultOutput = "Generated"
    private static let defaultTestSupport = "Tests/OktaTestSupport/Generated"

    @Option(help: "The folder of the library's sources.")
    var output = Self.defaultOutput

    @Option(help: "The folder of the sources for tests; `none` for none.")
    var testSupport = Self.defaultTestSupport

    @Option(help: "A document in Markdown that has a place for the table of categories.")
    var readme: String?

    /// The document of `readme` as it is and as the catalog gives it.
    func document(of result: Generation.Output) throws -> (path: String, old: [UInt8], new: [UInt8])? {
        guard let readme else { return nil }
        let old = try InputFile.read(readme, as: "--readme").bytes
        guard let new = CategoryTable(plan: result.plan).inserted(into: old) else {
            throw InputFailure(
                message: "\(readme) has no place for the table of categories; write these two lines where it belongs:\n"
                    + "\(CategoryTable.begin)\n\(CategoryTable.end)")
        }
        return (readme, old, new)
    }

    /// The folders with their files.
    func sets(of result: Generation.Output) throws -> [(folder: String, files: FileSet)] {
        var sets = [(output, result.library)]
        guard testSupport != "none" else { return sets }
        let (first, second) = (Self.absolute(output), Self.absolute(testSupport))
        // Each run would take the files of the other folder for leftovers.
        guard !"\(first)/".hasPrefix("\(second)/"), !"\(second)/".hasPrefix("\(first)/") else {
            throw InputFailure(
                message: "the folders `\(output)` and `\(testSupport)` hold one another; name two separate ones with "
                    + "--output and --test-support")
        }
        sets.append((testSupport, result.testSupport))
        return sets
    }

    /// The command that brings these folders to the catalog.
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
