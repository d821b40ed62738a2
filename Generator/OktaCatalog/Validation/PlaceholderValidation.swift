import YAML

/// Rules about sentences that must be handwritten after an update. The rules of categories cover summaries.
struct PlaceholderValidation {
    let catalog: Catalog

    var findings: [Diagnostic] {
        catalog.categories.flatMap(\.actions).flatMap(findings)
            + catalog.modelFiles.flatMap { file in
                file.models.flatMap(findings) + file.enumerations.flatMap(findings)
            }
    }

    private func findings(in action: CatalogAction) -> [Diagnostic] {
        check(action.discussion, "discussion", of: "the action", action.name, key: "discussion")
            + action.parameters.flatMap { check($0.documentation, "documentation", of: "the parameter", $0.name) }
    }

    private func findings(in model: CatalogModel) -> [Diagnostic] {
        check(model.documentation, "documentation", of: "the model", model.name)
            + model.fields.flatMap { check($0.documentation, "documentation", of: "the field", $0.name) }
    }

    private func findings(in enumeration: CatalogEnumeration) -> [Diagnostic] {
        check(enumeration.documentation, "documentation", of: "the enumeration", enumeration.name)
            + enumeration.values.flatMap { check($0.documentation, "documentation", of: "the value", $0.value) }
    }

    /// Checks a text, which may be missing but must not be a placeholder.
    private func check(
        _ text: String?, _ what: String, of kind: String, _ name: Located<String>, key: String = "doc"
    ) -> [Diagnostic] {
        guard let text, text.isUnwritten else { return [] }
        return [
            Diagnostic(
                rule: "missing-doc", "\(kind) `\(name.value)` has no \(what) yet", at: name.location,
                hint: "replace `\(key): \(UnwrittenText.placeholder)` with a short description")
        ]
    }
}
