import OktaCatalog

/// Plans the variants of unions.
extension ModelPlanner {
    /// The variants of a union, each with its values and its case name.
    func variants(of union: CatalogModel) -> [PlannedModel.Variant] {
        var forms: [(name: String, values: [String])] = []
        var indices: [String: Int] = [:]
        for variant in union.variants where variant.model.value != union.name.value {
            let value = [variant.value].compactMap { $0 }
            if let index = indices[variant.model.value] {
                forms[index].values += value
            } else {
                indices[variant.model.value] = forms.count
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
