public import ArgumentParser
import OktaCatalog
import OktaGenerator

/// `okta-generator list`: prints the actions.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the actions of the catalog.")

    @OptionGroup var catalog: CatalogOptions

    @Option(help: "text, json or markdown.")
    var format: ActionListing.Format = .text

    func run() throws {
        let result = try catalog.generate()
        print(ActionListing(plan: result.plan).text(format), terminator: "")
    }
}

extension ActionListing.Format: ExpressibleByArgument {}
