import OktaCatalog

/// Plans how a union is seen as one of its forms.
extension ModelPlanner {
    /// The forms of a union, each with the values that mean it and the name that it has as a case.
    func variants(of union: CatalogModel) -> [PlannedModel.Variant] {
        var forms: [(name: String, values: [String])] = []
        for variant in union.variants where variant.model.value != union.name.value {
            let value = [variant.value].compactMap { $0 }
            if let index = forms.firstIndex(where: { $0.name == variant.model.value }) {
                forms[index].values += value
            } else {
                forms.append((variant.model.value, value))
            }
        }
        return forms.map { form in
            PlannedModel.Variant(
                values: form.values, model: resolver.names.type(form.name),
                caseName: resolver.names.caseName(of: form.name, in: union.name.value))
        }
    }
}
