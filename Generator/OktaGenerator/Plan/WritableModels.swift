import OktaCatalog

/// The models that a caller may have a reason to write, according to the catalog.
///
/// Models that occur only in read-only fields, or among links and embedded objects, are written by Okta, so a setter
/// would have no effect but add compile time. Types that an action accepts or returns can be sent, because objects are
/// read, edited and sent back. Types that no action or model refers to, such as the responses of hooks, can be sent
/// too.
struct WritableModels {
    private let models: [String: CatalogModel]
    private var reached: Set<String> = []

    init(catalog: Catalog, models: [String: CatalogModel]) {
        self.models = models
        let all = catalog.modelFiles.flatMap(\.models)
        let actions = catalog.categories.flatMap(\.actions)
        var pending = actions.flatMap(\.bodyTypes).flatMap(\.references).map(\.value)
        let mentioned = Set(all.flatMap(Self.mentions))
        pending += all.map(\.name.value).filter { !mentioned.contains($0) }
        while let name = pending.popLast() {
            guard let model = models[name], reached.insert(name).inserted else { continue }
            pending += model.fields.filter(Self.isWritable).flatMap(\.type.references).map(\.value)
            pending += (model.relatedModels + [model.sameAs].compactMap { $0 }).map(\.value)
        }
    }

    /// Returns whether a field of a model gets a setter.
    func hasSetter(_ field: CatalogModel.Field, in model: CatalogModel) -> Bool {
        reached.contains(model.name.value) && Self.isWritable(field)
    }

    /// Returns whether a field is writable. Links and embedded objects are not, whether or not Okta's document marks
    /// them read-only.
    private static func isWritable(_ field: CatalogModel.Field) -> Bool {
        !field.isReadOnly && field.name.value != "_links" && field.name.value != "_embedded"
    }

    private static func mentions(in model: CatalogModel) -> [String] {
        (model.fields.flatMap(\.type.references) + model.relatedModels).map(\.value)
    }
}
