public import OktaCatalog
public import YAML

/// Runs the stages in order, from the catalog folder to file sets.
public struct Generation: Sendable {
    /// The result of a run.
    public struct Output: Sendable {
        /// The plan.
        public var plan: Plan
        /// The catalog that it was made from.
        public var catalog: Catalog
        /// The library's sources with their manifest.
        public var library: FileSet
        /// The sources that tests use, with their manifest. They are emitted on each access.
        public var testSupport: FileSet { Emitter().testSupport(plan).withManifest() }
    }

    /// Creates the run.
    public init() {}

    /// Runs all stages. Returns nil if the catalog has errors, which are in `diagnostics`.
    public func run(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Output? {
        CatalogLoader().load(folder, reporting: &diagnostics).flatMap { run($0, reporting: &diagnostics) }
    }

    /// Runs the stages after loading.
    func run(_ catalog: Catalog, reporting diagnostics: inout Diagnostics) -> Output? {
        let plan = Planner().plan(catalog, reporting: &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        return Output(plan: plan, catalog: catalog, library: Emitter().library(plan).withManifest())
    }
}
