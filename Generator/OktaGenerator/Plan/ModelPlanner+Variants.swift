import OktaCatalog
import YAML

/// Plans how a union is seen as one of its forms.
extension ModelPlanner {
    /// The forms of a union, each with the values that mean it and the name that it has as a case.
    mutating func variants(of union: CatalogModel) -> [PlannedModel.Variant] {
        var forms: [(name: Located<String>, values: [String])] = []
        for variant in union.variants where variant.model.value != union.name.value {
            let value = [variant.value].compactMap { $0 }
            if let index = forms.firstIndex(where: { $0.name.value == variant.model.value }) {
                forms[index].values += value
            } else {
                forms.append((variant.model, value))
            }
        }
        let names = caseNames(of: union, forms: forms.map(\.name))
        return zip(forms, names).map { form, name in
            PlannedModel.Variant(values: form.values, model: resolver.name(form.name), caseName: name)
        }
    }

    /// A pinned name, or else the short one; the full one where the short one is taken.
    private mutating func caseNames(of union: CatalogModel, forms: [Located<String>]) -> [SwiftName] {
        let names = forms.map {
            FormName(form: $0.value, union: union.name.value, discriminator: union.discriminator?.value)
        }
        let pinned = forms.map { models[$0.value]?.caseName?.value }
        var chosen = zip(names, pinned).map { name, pinned in
            pinned ?? (SwiftIdentifier.isFreeCase(name.short) ? name.short : name.full)
        }
        // Of those that would be the same none is shorter than the others. A full name may be another's short one.
        while true {
            let taken = Dictionary(grouping: chosen.indices) { chosen[$0] }.values.filter { $0.count > 1 }.joined()
            let longer = taken.filter { pinned[$0] == nil && chosen[$0] != names[$0].full }
            if longer.isEmpty { break }
            for index in longer { chosen[index] = names[index].full }
        }
        var registry = NameRegistry()
        defer { findings += registry.findings }
        return chosen.indices.map { index in
            let text = SwiftIdentifier.isFreeCase(chosen[index]) ? chosen[index] : chosen[index] + "Form"
            return registry.declare(text, for: models[forms[index].value]?.caseName ?? forms[index], what: "case")
        }
    }
}
