import OktaCatalog
import YAML

/// The second stage: a sound catalog to a plan. Pure; what it reports is about names that Swift can not have.
public struct Planner: Sendable {
    /// Creates the stage.
    public init() {}

    /// Resolves every name and puts everything in its final order.
    ///
    /// - Parameters:
    ///   - catalog: A catalog without errors.
    ///   - diagnostics: Receives clashes of Swift names.
    public func plan(_ catalog: Catalog, reporting diagnostics: inout Diagnostics) -> Plan {
        let resolver = TypeResolver(catalog: catalog)
        let unions = UnionGraph(catalog: catalog)
        var names = NameRegistry()
        var groupPlanner = GroupPlanner(
            resolver: resolver, places: PlaceTable(catalog: catalog), unions: unions,
            reference: catalog.service.reference)
        var modelPlanner = ModelPlanner(catalog: catalog, resolver: resolver, unions: unions)
        let modelFiles = modelPlanner.files()
        for file in catalog.modelFiles {
            for name in file.models.map(\.name) + file.enumerations.map(\.name) { names.declareType(name) }
        }
        let module = names.module(catalog.service.module)
        let groups = catalog.categories.map { groupPlanner.group($0, types: &names) }
        diagnostics.append(names.findings)
        diagnostics.append(groupPlanner.findings)
        diagnostics.append(modelPlanner.findings)
        return Plan(module: module, groups: groups, modelFiles: modelFiles)
    }
}
