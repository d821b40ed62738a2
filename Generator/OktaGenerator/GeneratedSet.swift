public import OktaCatalog
public import YAML

/// The output of the catalogs of a set.
public struct GeneratedSet: Sendable {
    /// The output of one catalog.
    public struct Member: Sendable {
        /// The service.
        public var service: String
        /// The result.
        public var output: Generation.Output
    }

    /// The results, module by module.
    public var members: [Member]
    /// Whether each module has a separate folder, which is named after it.
    public var isSet: Bool

    /// The table of categories or modules for README.md.
    public var table: CategoryTable {
        CategoryTable(modules: members.map { ($0.output.plan, $0.output.catalog.service.name) })
    }

    /// Returns the list of actions.
    public func listing(selecting selection: ActionListing.Selection) -> ActionListing {
        ActionListing(services: members.map { ($0.service, $0.output.plan) }, selecting: selection)
    }
}

extension Generation {
    /// Runs all stages for all catalogs of a set. Returns nil if one has errors, which are in `diagnostics`.
    public func run(_ set: CatalogSet, reporting diagnostics: inout Diagnostics) -> GeneratedSet? {
        var members: [GeneratedSet.Member] = []
        var catalogs: [Catalog] = []
        for member in set.members {
            var own = Diagnostics()
            if let catalog = CatalogLoader().load(member.folder, reporting: &own) {
                catalogs.append(catalog)
                if let output = run(catalog, reporting: &own) {
                    members.append(.init(service: member.service, output: output))
                }
            }
            diagnostics.append(own.all)
        }
        diagnostics.append(SetValidation(of: catalogs).findings)
        guard !diagnostics.hasErrors else { return nil }
        return GeneratedSet(
            members: members.sorted { $0.output.plan.module < $1.output.plan.module }, isSet: set.isSet)
    }
}
