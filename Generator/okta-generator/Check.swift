import ArgumentParser
import OktaGenerator

/// `okta-generator check`: compares in memory, writes nothing, and ends with 1 when something differs.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells whether the Swift sources are those of the catalog; ends with 1 when they are not.")

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let result = try catalog.generate()
        var count = 0
        for (folder, files) in output.sets(of: result) {
            let findings = GeneratedCheck().compare(files, withFolder: folder)
            for finding in findings {
                print("\(finding.kind.rawValue): \(folder)/\(finding.path)")
                if let difference = finding.difference { print(difference, terminator: "") }
            }
            count += findings.count
        }
        guard count > 0 else {
            print("the generated sources are those of the catalog")
            return
        }
        let what = count == 1 ? "file differs" : "files differ"
        print("\(count) \(what); run `make generate` and commit the catalog and the sources together")
        throw ExitCode(1)
    }
}
