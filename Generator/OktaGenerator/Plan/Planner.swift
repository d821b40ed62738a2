public import OktaCatalog
public import YAML

/// The second stage, which turns a valid catalog into a plan. It has no side effects, and reports only names that are
/// invalid in Swift.
public struct Planner: Sendable {
    /// Creates the stage.
    public init() {}

    /// Creates the plan, with all elements in their final order and the names of ``SwiftNames``.
    ///
    /// - Parameters:
    ///   - catalog: A catalog without errors.
    ///   - diagnostics: Receives clashes of Swift names.
    public func plan(_ catalog: Catalog, reporting diagnostics: inout Diagnostics) -> Plan {
        let names = SwiftNames(catalog)
        let resolver = TypeResolver(catalog: catalog, names: names)
        let unions = UnionGraph(catalog: catalog)
        let groupPlanner = GroupPlanner(
            resolver: resolver, places: PlaceTable(catalog: catalog), lists: PagedLists(catalog: catalog),
            unions: unions,
            reference: catalog.service.reference)
        var modelPlanner = ModelPlanner(catalog: catalog, resolver: resolver, unions: unions)
        let groups = zip(catalog.categories, names.groups).map { groupPlanner.group($0, named: $1) }
        diagnostics.append(names.findings)
        return Plan(
            module: names.module, server: catalog.service.server, groups: groups, modelFiles: modelPlanner.files())
    }
}
