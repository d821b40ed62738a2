import YAML

/// Applies an overlay to a catalog, and reports every correction that has no effect.
struct OverlayApplication {
    let overlay: CatalogOverlay
    private let unread: UnreadParts
    private(set) var findings: [Diagnostic] = []

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
            case .model(let name, let opened, let fields): correct(name, opened: opened, fields, in: &catalog)
            case .enumeration(let name, let values): add(values, to: name, in: &catalog)
            }
        }
    }

    // MARK: Models

    private mutating func correct(
        _ name: Located<String>, opened: SourceLocation?, _ fields: [CatalogOverlay.FieldCorrection],
        in catalog: inout Catalog
    ) {
        for file in catalog.modelFiles.indices {
            guard
                let index = catalog.modelFiles[file].models.firstIndex(where: {
                    $0.name.value.hasSameBytes(as: name.value)
                })
            else { continue }
            if let opened { open(&catalog.modelFiles[file].models[index], at: opened) }
            for field in fields { correct(field, in: &catalog.modelFiles[file].models[index]) }
            return
        }
        reportUnknown("model", name, among: catalog.modelFiles.flatMap(\.models).map(\.name.value))
    }

    private mutating func open(_ model: inout CatalogModel, at location: SourceLocation) {
        if model.isOpen { reportWithoutEffect("`\(model.name.value)` is already open", at: location) }
        model.isOpen = true
    }

    private mutating func correct(_ correction: CatalogOverlay.FieldCorrection, in model: inout CatalogModel) {
        guard let index = model.fields.firstIndex(where: { $0.name.value.hasSameBytes(as: correction.name.value) })
        else {
            return add(correction, to: &model)
        }
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
            let nearest = NearestName(candidates: model.fields.map(\.name.value)).nearest(to: correction.name.value)
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
        for file in catalog.modelFiles.indices {
            let enumerations = catalog.modelFiles[file].enumerations
            guard let index = enumerations.firstIndex(where: { $0.name.value.hasSameBytes(as: name.value) }) else {
                continue
            }
            for value in values {
                if enumerations[index].values.contains(where: { $0.value.value.hasSameBytes(as: value.value.value) }) {
                    reportWithoutEffect(
                        "`\(name.value)` lists `\(value.value.value)` already", at: value.value.location)
                } else {
                    catalog.modelFiles[file].enumerations[index].values.append(value)
                }
            }
            return
        }
        reportUnknown("enumeration", name, among: catalog.modelFiles.flatMap(\.enumerations).map(\.name.value))
    }

    // MARK: Findings

    private mutating func reportUnknown(_ kind: String, _ name: Located<String>, among names: [String]) {
        guard !unread.contains(.models) else { return }
        let nearest = NearestName(candidates: names.sorted()).nearest(to: name.value)
        findings.append(
            Diagnostic(
                rule: "overlay-unknown-target", "there is no \(kind) `\(name.value)` to correct", at: name.location,
                hint: nearest.map { "did you mean `\($0)`?" } ?? "declare it in a file of `models`, or remove this"))
    }

    private mutating func reportWithoutEffect(_ message: String, at location: SourceLocation) {
        findings.append(
            Diagnostic(
                rule: "overlay-without-effect", message, at: location,
                hint: "the catalog now has the same fact; remove this from the overlay"))
    }
}
