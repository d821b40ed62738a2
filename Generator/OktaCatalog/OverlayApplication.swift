import YAML

/// Applies an overlay to a catalog, and reports every correction that has no effect.
struct OverlayApplication {
    let overlay: CatalogOverlay
    private let unread: UnreadParts
    private(set) var findings: [Diagnostic] = []
    /// The positions of models and enumerations.
    private var models: [ExactText: Place] = [:]
    private var enumerations: [ExactText: Place] = [:]
    /// The searches for similar names, by the kind of name. They are prepared once.
    private var searches: [ExactText: NearestName] = [:]

    private struct Place {
        var file: Int
        var index: Int
    }

    init(overlay: CatalogOverlay, unread: UnreadParts) {
        self.overlay = overlay
        self.unread = unread
    }

    mutating func apply(to catalog: inout Catalog) {
        let operations = Set(
            texts: catalog.categories.flatMap(\.actions).map { "\($0.method.rawValue) \($0.path.value)" })
        let nearestOperation = NearestName(candidates: operations.map(\.text))
        // An action with an invalid path may be the intended one.
        let isComplete =
            !unread.contains(.actions)
            && catalog.categories.flatMap(\.actions).allSatisfy { $0.isGeneric || PathTemplate($0.path.value) != nil }
        let files = catalog.modelFiles.enumerated()
        models = Dictionary(
            texts: files.flatMap { file, content in
                content.models.enumerated().map { ($1.name.value, Place(file: file, index: $0)) }
            })
        enumerations = Dictionary(
            texts: files.flatMap { file, content in
                content.enumerations.enumerated().map { ($1.name.value, Place(file: file, index: $0)) }
            })
        for correction in overlay.corrections {
            if isComplete, !operations.contains(text: correction.evidence.value) {
                let nearest = nearestOperation.nearest(to: correction.evidence.value)
                findings.append(
                    Diagnostic(
                        rule: "overlay-unknown-operation", "there is no action `\(correction.evidence.value)`",
                        at: correction.evidence.location,
                        hint: nearest.map { "did you mean `\($0)`?" }
                            ?? "write method and path of the action that shows it, such as `GET /api/v1/users`"))
            }
            switch correction.target {
            case .model(let name, let model): correct(name, by: model, in: &catalog)
            case .enumeration(let name, let values): add(values, to: name, in: &catalog)
            }
        }
    }

    // MARK: Models

    private mutating func correct(
        _ name: Located<String>, by correction: CatalogOverlay.ModelCorrection, in catalog: inout Catalog
    ) {
        guard let place = models[text: name.value] else { return reportUnknown("model", name, among: models) }
        if let target = catalog.modelFiles[place.file].models[place.index].sameAs {
            return reportAlias(name, of: target)
        }
        let indices = Dictionary(
            texts: catalog.modelFiles[place.file].models[place.index].fields.enumerated().map { ($1.name.value, $0) })
        if let opened = correction.opened { open(&catalog.modelFiles[place.file].models[place.index], at: opened) }
        add(correction.variants, to: &catalog.modelFiles[place.file].models[place.index])
        for field in correction.fields {
            correct(
                field, at: indices[text: field.name.value],
                in: &catalog.modelFiles[place.file].models[place.index])
        }
    }

    private mutating func open(_ model: inout CatalogModel, at location: SourceLocation) {
        if model.isOpen { reportWithoutEffect("`\(model.name.value)` is already open", at: location) }
        model.isOpen = true
    }

    /// Adds variants to a union. A variant is identified by its discriminator value, or by its model if there is no
    /// discriminator.
    private mutating func add(_ variants: [CatalogModel.Variant], to union: inout CatalogModel) {
        for variant in variants {
            let name = variant.value ?? variant.model.value
            if union.variants.isEmpty {
                guard !unread.isIncomplete(union.location) else { return }
                findings.append(
                    Diagnostic(
                        rule: "overlay-unknown-target", "`\(union.name.value)` is not a union",
                        at: variant.model.location, hint: "correct its `fields`, or name a model that has `variants`"))
            } else if union.variants.contains(where: { ($0.value ?? $0.model.value).hasSameBytes(as: name) }) {
                reportWithoutEffect(
                    "`\(union.name.value)` has a variant for `\(name)` already", at: variant.model.location)
            } else {
                union.variants.append(variant)
            }
        }
    }

    private mutating func correct(
        _ correction: CatalogOverlay.FieldCorrection, at index: Int?, in model: inout CatalogModel
    ) {
        guard let index else { return add(correction, to: &model) }
        let before = model.fields[index]
        var field = before
        // Compared by notation, because the same type has different locations.
        if let type = correction.type, type.notation != field.type.notation { field.type = type }
        if let isNullable = correction.isNullable { field.isNullable = isNullable }
        if let isRequired = correction.isRequired { field.isRequired = isRequired }
        if let defaultValue = correction.defaultValue { field.constraints.defaultValue = defaultValue }
        if let documentation = correction.documentation { field.documentation = documentation }
        guard field == before else { return model.fields[index] = field }
        reportWithoutEffect(
            "`\(model.name.value).\(correction.name.value)` already has this value",
            at: correction.location)
    }

    private mutating func add(_ correction: CatalogOverlay.FieldCorrection, to model: inout CatalogModel) {
        guard let type = correction.type else {
            guard !unread.isIncomplete(model.location), !unread.isIncomplete(correction.location) else { return }
            let nearest = search("fields of \(model.name.value)", among: model.fields.map(\.name.value))
                .nearest(to: correction.name.value)
            findings.append(
                Diagnostic(
                    rule: "overlay-unknown-target",
                    "`\(model.name.value)` does not declare the field `\(correction.name.value)`",
                    at: correction.name.location,
                    hint: nearest.map { "did you mean `\($0)`?" } ?? "to add the field, state its `type`"))
            return
        }
        model.fields.append(
            CatalogModel.Field(
                name: correction.name, type: type, isRequired: correction.isRequired ?? false, isReadOnly: false,
                isWriteOnly: false, isNullable: correction.isNullable ?? false, isDeprecated: false,
                constraints: Constraints(defaultValue: correction.defaultValue), swiftName: nil,
                documentation: correction.documentation))
    }

    // MARK: Enumerations

    private mutating func add(
        _ values: [CatalogEnumeration.Value], to name: Located<String>, in catalog: inout Catalog
    ) {
        guard let place = enumerations[text: name.value] else {
            return reportUnknown("enumeration", name, among: enumerations)
        }
        if let target = catalog.modelFiles[place.file].enumerations[place.index].sameAs {
            return reportAlias(name, of: target)
        }
        let known = Set(
            texts: catalog.modelFiles[place.file].enumerations[place.index].values.map(\.value.value))
        for value in values {
            if !known.contains(text: value.value.value) {
                catalog.modelFiles[place.file].enumerations[place.index].values.append(value)
            } else {
                reportWithoutEffect("`\(name.value)` lists `\(value.value.value)` already", at: value.value.location)
            }
        }
    }

    // MARK: Findings

    private mutating func search(_ kind: String, among names: @autoclosure () -> [String]) -> NearestName {
        let search = searches[text: kind] ?? NearestName(candidates: names())
        searches[text: kind] = search
        return search
    }

    private mutating func reportUnknown(_ kind: String, _ name: Located<String>, among names: [ExactText: Place]) {
        guard !unread.contains(.models) else { return }
        let nearest = search(kind, among: names.keys.sorted().map(\.text)).nearest(to: name.value)
        findings.append(
            Diagnostic(
                rule: "overlay-unknown-target", "there is no \(kind) `\(name.value)` to correct", at: name.location,
                hint: nearest.map { "did you mean `\($0)`?" } ?? "declare it in a file of `models`, or remove this"))
    }

    private mutating func reportAlias(_ name: Located<String>, of target: Located<String>) {
        findings.append(
            Diagnostic(
                rule: "overlay-unknown-target", "`\(name.value)` has the contents of `\(target.value)`",
                at: name.location,
                hint: "correct `\(target.value)`, or list the contents of `\(name.value)` instead of `sameAs`"))
    }

    private mutating func reportWithoutEffect(_ message: String, at location: SourceLocation) {
        findings.append(
            Diagnostic(
                rule: "overlay-without-effect", message, at: location,
                hint: "the catalog now has the same fact; remove this from the overlay"))
    }
}
