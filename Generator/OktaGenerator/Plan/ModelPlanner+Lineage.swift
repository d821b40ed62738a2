import OktaCatalog
import YAML

/// The inherited and own parts of a model.
struct ModelLineage {
    /// All fields, inherited ones first.
    private(set) var fields: [PlannedModel.Field] = []
    /// The fields that the model itself declares.
    private(set) var ownFields: [PlannedModel.Field] = []
    /// The fields that the catalog lists for initializers, with those of extended models first.
    private(set) var asked: [String] = []
    /// Whether there is an `id` that identifies an object, and whether the model itself declares it.
    private var identifies = false
    private(set) var addsID = false

    /// Continues with a model that extends the last one.
    mutating func extend(to model: CatalogModel, fields added: [PlannedModel.Field]) {
        if !fields.isEmpty {
            let own = Set(texts: added.map(\.wireName))
            fields.removeAll { own.contains(text: $0.wireName) }
        }
        fields += added
        ownFields = added
        asked += (model.initializer ?? []).map(\.value)
        // A model that redeclares `id` with another type still has the inherited one.
        let brings = added.contains {
            $0.wireName == "id" && $0.swiftName == DerivedNames.identifier && $0.type == .string
        }
        addsID = brings && !identifies
        identifies = brings || identifies
    }
}

/// Follows models to those that they extend.
extension ModelPlanner {
    /// Returns the cached lineage of a model, which may have any number of levels.
    mutating func lineage(of model: CatalogModel) -> ModelLineage {
        var pending: [CatalogModel] = []
        var lineage = ModelLineage()
        for model in ExtensionChain(of: model, in: models) {
            if let known = lineages[model.name.value] {
                lineage = known
                break
            }
            pending.append(model)
        }
        for model in pending.reversed() {
            lineage.extend(to: model, fields: model.fields.map { field(in: model, $0) })
            lineages[model.name.value] = lineage
        }
        return lineage
    }
}
