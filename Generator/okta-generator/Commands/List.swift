public import ArgumentParser
import OktaCatalog
import OktaGenerator

/// `okta-generator list`: prints the actions.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the actions of the catalogs, all or some of them.")

    @OptionGroup var catalog: CatalogOptions

    @Option(help: "text, json or markdown.")
    var format: ActionListing.Format = .text

    @Option(name: .customLong("category"), help: "A category to list; may be repeated.")
    var categories: [String] = []

    @Option(
        name: .customLong("lifecycle"), help: "A stage to list: ga, limited, ea, beta or deprecated; may be repeated.")
    var lifecycles: [String] = []

    @Option(name: .customLong("scope"), help: "A scope whose actions to list; may be repeated.")
    var scopes: [String] = []

    func validate() throws {
        let known = CatalogAction.Lifecycle.allCases.map(\.rawValue) + ["deprecated"]
        for stage in lifecycles where !known.contains(stage) {
            throw ValidationError("`\(stage)` is not a stage; write one of \(known.joined(separator: ", "))")
        }
    }

    func run() throws {
        let selection = ActionListing.Selection(categories: categories, lifecycles: lifecycles, scopes: scopes)
        let generated = try catalog.generate()
        if let unknown = generated.listing(selecting: .init()).unknown(in: selection) {
            throw InputFailure(message: "no action has the \(unknown); `okta-generator list` prints all actions")
        }
        print(generated.listing(selecting: selection).text(format), terminator: "")
    }
}

extension ActionListing.Format: ExpressibleByArgument {}
