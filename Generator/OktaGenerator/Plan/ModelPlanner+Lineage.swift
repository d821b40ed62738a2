import OktaCatalog
import YAML

/// The inherited and own parts of a model.
struct ModelLineage {
    /// All fields, inherited ones first.
    private(set) var fields: [PlannedModel.Field] = []
    /// The fields that the model itself declares.
    private(set) var ownFields: [PlannedModel.Field] = []
    /// The fields that the catalog lists for initializers, in the extended models first.
    private(set) var asked: [String] = []
    /// Whether there is an `id` that identifies an object, and whether the model itself brings it.
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
        // A model that declares it once more, with another type, still has the one that identifies it.
        let brings = added.contains {
            $0.wireName == "id" && $0.swiftName == DerivedNames.identifier && $0.type == .string
        }
        addsID = brings && !identifies
        identifies = brings || identifies
    }
}

/// Follows models to those that they extend.
extension ModelPlanner {
    /// The cached lineage of a model, which may have any number of levels.
    mutating func lineage(of model: CatalogModel) -> ModelLineage {
        var pending: [CatalogModel] = []
        var seen: Set<String> = []
        var next: CatalogModel? = model
        var lineage = ModelLineage()
        // A cycle is reported elsewhere, and ends here.
        while let model = next, seen.insert(model.name.value).inserted {
            if let known = lineages[model.name.value] {
                lineage = known
                break
            }
            pending.append(model)
            next = model.extends.flatMap { models[$0.value] }
        }
        for model in pending.reversed() {
            lineage.extend(to: model, fields: model.fields.map { field(in: model, $0) })
            lineages[model.name.value] = lineage
        }
        return lineage
    }
}
