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
            ("--test-support", testSupport, Self.defaultTestSupport),
        ] where value != usual {
            words += [name, ShellWord.quoted(value)]
        }
        return words.count == 2 ? "make generate" : words.joined(separator: " ")
    }

    private static func absolute(_ path: String) -> String {
        let path = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        return path == "/" ? "" : path
    }
}
