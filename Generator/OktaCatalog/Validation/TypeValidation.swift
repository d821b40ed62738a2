import YAML

/// Rules about models, enumerations and references to them.
struct TypeValidation {
    let catalog: Catalog
    let unread: UnreadParts

    var findings: [Diagnostic] {
        var findings: [Diagnostic] = []
        let models = catalog.modelFiles.flatMap(\.models)
        let enumerations = catalog.modelFiles.flatMap(\.enumerations)
        // Names are compared by bytes, as in the compiler: `Key` with a Kelvin sign is not `Key`.
        var declared: [ExactText: Located<String>] = [:]
        var upstream: [ExactText: Located<String>] = [:]
        for (name, origin) in models.map({ ($0.name, $0.upstream) }) + enumerations.map({ ($0.name, $0.upstream) }) {
            if let first = declared[ExactText(name.value)] { findings.append(.duplicate("model", name, first: first)) }
            declared[ExactText(name.value)] = name
            guard let origin else { continue }
            if let first = upstream[ExactText(origin.value)] {
                findings.append(.duplicate("upstream", origin, first: first))
            }
            upstream[ExactText(origin.value)] = origin
        }
        let names = Set(declared.keys)
        let modelNames = Set(models.map { ExactText($0.name.value) })
        let builtins = BuiltinType.allCases.map(\.rawValue)
        let nearestType = NearestName(candidates: names.map(\.text) + builtins)
        let nearestModel = NearestName(candidates: modelNames.map(\.text) + builtins)
        var unknown = UnknownNames()
        for action in catalog.categories.flatMap(\.actions) {
            unknown.note(references(of: action), notAmong: names, nearestType)
        }
        let lookup = catalog.modelsByName
        for model in models {
            unknown.note(model.fields.flatMap(\.type.references), notAmong: names, nearestType)
            unknown.note(model.relatedModels, notAmong: modelNames, nearestModel)
            findings += rules(of: model, among: lookup)
        }
        if !unread.contains(.models) { findings += unknown.findings }
        findings += cycles(in: models)
        for enumeration in enumerations {
            var values: [ExactText: Located<String>] = [:]
            for value in enumeration.values.map(\.value) {
                if let first = values[ExactText(value.value)] {
                    findings.append(.duplicate("value", value, first: first))
                }
                values[ExactText(value.value)] = value
            }
        }
        return findings
    }

    private func references(of action: CatalogAction) -> [Located<String>] {
        (action.parameters.map(\.type) + action.bodyTypes).flatMap(\.references)
    }

    private func rules(of model: CatalogModel, among models: [String: CatalogModel]) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if let names = model.initializer {
            findings += unknownFields(names, in: model, among: models) + repeated(names)
        }
        if let discriminator = model.discriminator, !unread.isIncomplete(model.location),
            model.variants.contains(where: { $0.value == nil })
        {
            findings.append(
                Diagnostic(
                    rule: "variants-without-values", "a discriminator needs variants by value",
                    at: discriminator.location,
                    hint: "write `variants: {VALUE: Model}`"))
        }
        return findings
    }

    /// Returns the fields that an initializer lists more than once.
    private func repeated(_ names: [Located<String>]) -> [Diagnostic] {
        var asked: [ExactText: Located<String>] = [:]
        return names.compactMap { name in
            asked.updateValue(name, forKey: ExactText(name.value)).map { .duplicate("argument", name, first: $0) }
        }
    }

    private func unknownFields(
        _ names: [Located<String>], in model: CatalogModel, among models: [String: CatalogModel]
    ) -> [Diagnostic] {
        // A suggestion needs all fields of the model.
        guard let fields = fields(of: model, among: models) else { return [] }
        let nearestField = NearestName(candidates: fields.map(\.text))
        return names.filter { !fields.contains(text: $0.value) }.map { name in
            let nearest = nearestField.nearest(to: name.value)
            return Diagnostic(
                rule: "unknown-field", "`\(model.name.value)` has no field `\(name.value)`", at: name.location,
                hint: nearest.map { "did you mean `\($0)`?" })
        }
    }

    /// Returns the names of a model's fields, and of those of the models that it extends; nil when some could not be
    /// read.
    private func fields(of model: CatalogModel, among models: [String: CatalogModel]) -> Set<ExactText>? {
        guard !unread.contains(.corrections) else { return nil }
        var names: Set<ExactText> = []
        for current in ExtensionChain(of: model, in: models) {
            guard !unread.isIncomplete(current.location) else { return nil }
            names.formUnion(current.fields.map { ExactText($0.name.value) })
            if let parent = current.extends, models[parent.value] == nil { return nil }
        }
        return names
    }

    /// Returns the models that extend themselves, found in one walk over all, because chains can be as long as a
    /// catalog.
    private func cycles(in models: [CatalogModel]) -> [Diagnostic] {
        let parents = Dictionary(
            models.compactMap { model in model.extends.map { (model.name.value, $0) } },
            uniquingKeysWith: { first, _ in first })
        var walks: [String: Int] = [:]
        var circular: Set<String> = []
        for (walk, model) in models.enumerated() {
            var name = model.name.value
            while walks[name] == nil, let parent = parents[name] {
                walks[name] = walk
                name = parent.value
            }
            // A new cycle consists only of models that were first visited in this walk.
            while walks[name] == walk, circular.insert(name).inserted, let parent = parents[name] {
                name = parent.value
            }
        }
        return models.filter { circular.contains($0.name.value) }.map { model in
            Diagnostic(
                rule: "cyclic-extends", "`\(model.name.value)` extends itself", at: parents[model.name.value]?.location,
                hint: "remove one `extends` of the cycle")
        }
    }
}
