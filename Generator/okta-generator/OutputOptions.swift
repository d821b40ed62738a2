import ArgumentParser
import OktaGenerator

/// Where generated sources lie.
struct OutputOptions: ParsableArguments {
    @Option(help: "The folder of the library's sources.")
    var output = "Generated"

    @Option(help: "The folder of the sources for tests; `none` for none.")
    var testSupport = "Tests/OktaTestSupport/Generated"

    /// The folders with their files.
    func sets(of result: Generation.Output) -> [(folder: String, files: FileSet)] {
        var sets = [(output, result.library)]
        if testSupport != "none" { sets.append((testSupport, result.testSupport)) }
        return sets
    }
}
