import OktaCatalog

/// The models whose `id` is present in every response.
///
/// These are the models that an action returns alone, in a list, or as a variant of a union. Nested models, such as the
/// actor of an event, often lack an `id`. A model that is extended by such a model counts too, because they share the
/// field.
struct IdentifiedModels {
    private let models: [String: CatalogModel]
    private let origins: [String: String]
    private var returned: Set<String> = []

    init(catalog: Catalog, models: [String: CatalogModel]) {
        self.models = models
        origins = Self.origins(of: catalog.modelFiles.flatMap(\.models), by: models)
        var pending = catalog.categories.flatMap(\.actions).flatMap { action in
            ([action.returns].compactMap { $0 } + action.otherReturns.map(\.type)).flatMap(Self.objects)
        }
        while let name = pending.popLast() {
            guard let model = models[name], returned.insert(name).inserted else { continue }
            pending += model.relatedModels.map(\.value)
        }
        // The type also represents its aliases, whose objects may lack it.
        let aliases = catalog.aliasTargets.filter { !returned.contains($0.key) }
        returned.subtract(aliases.values)
    }

    /// Returns whether a field is an identifier that every response has.
    func isAlwaysThere(_ field: CatalogModel.Field, in model: CatalogModel) -> Bool {
        guard field.name.value == "id", case .builtin(.string) = field.type else { return false }
        // A redeclared field is treated as in the model that is extended.
        let origin = origins[model.name.value].flatMap { models[$0] } ?? model
        let original = origin.fields.first { $0.name.value == "id" }
        return returned.contains(origin.name.value) && original?.isNullable == false
    }

    /// Returns the outermost model with an `id`, among a model and those that it extends, by the name of the model.
    private static func origins(of all: [CatalogModel], by models: [String: CatalogModel]) -> [String: String] {
        var origins: [String: String?] = [:]
        for model in all {
            var pending: [CatalogModel] = []
            var origin: String?
            for model in ExtensionChain(of: model, in: models) {
                if let known = origins[model.name.value] {
                    origin = known
                    break
                }
                pending.append(model)
            }
            for model in pending.reversed() {
                if origin == nil, model.fields.contains(where: { $0.name.value == "id" }) { origin = model.name.value }
                origins[model.name.value] = .some(origin)
            }
        }
        return origins.compactMapValues { $0 }
    }

    /// Returns the models that a type is, or is a list of.
    private static func objects(_ type: TypeExpression) -> [String] {
        switch type {
        case .builtin, .map: []
        case .named(let name): [name.value]
        case .array(let element): objects(element)
        }
    }
}
