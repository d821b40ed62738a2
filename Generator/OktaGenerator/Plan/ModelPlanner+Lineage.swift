import OktaCatalog
import YAML

/// What a model has from those that it extends, and adds to that.
struct ModelLineage {
    /// All fields, inherited ones first.
    var fields: [PlannedModel.Field] = []
    /// What the catalog says that an initialiser asks for, in the models that are extended first.
    var asked: [String] = []
    /// Whether there is an `id` that identifies an object, and whether the model itself brings it.
    private var identifies = false
    private(set) var addsID = false

    /// Goes on to a model that extends the last one.
    mutating func extend(to model: CatalogModel, fields added: [PlannedModel.Field]) {
        let own = Set(texts: added.map(\.wireName))
        fields.removeAll { own.contains(text: $0.wireName) }
        fields += added
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
    /// The lineage of a model, which is kept: a model has as many levels above it as the catalog likes.
    mutating func lineage(of model: CatalogModel) -> ModelLineage {
        var pending: [CatalogModel] = []
        var seen: Set<String> = []
        var next: CatalogModel? = model
        var lineage = ModelLineage()
        // A circle is reported elsewhere, and ends here.
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
