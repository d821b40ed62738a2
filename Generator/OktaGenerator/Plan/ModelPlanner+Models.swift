import OktaCatalog

/// Plans the models: their fields, initializers and variants.
extension ModelPlanner {
    mutating func planned(_ model: CatalogModel) -> PlannedModel {
        let lineage = lineage(of: model)
        let allFields = lineage.fields
        return PlannedModel(
            name: resolver.name(model.name),
            documentation: documentation(of: model.documentation, name: model.name.value),
            isOpen: model.isOpen,
            isExtended: extended.contains(model.name.value),
            parent: model.extends.map(resolver.name),
            fields: lineage.ownFields,
            allFields: allFields,
            initializer: initializer(of: model, lineage),
            fixedMembers: fixedMembers(of: model, fields: allFields),
            discriminator: model.discriminator?.value,
            variants: variants(of: model),
            ownValues: model.variants.filter { $0.model.value == model.name.value }.compactMap(\.value),
            formProtocol: unions.conformance(of: model.name.value).map(resolver.protocolName),
            markers: unions.markers(of: model.name.value).map { resolver.protocolName(.marker(of: $0)) },
            addsID: lineage.addsID)
    }

    func field(in model: CatalogModel, _ field: CatalogModel.Field) -> PlannedModel.Field {
        let swiftName = resolver.names.field(field.name.value, of: model.name.value)
        let type = resolver.type(field.type)
        var flags: [DocText] = []
        if field.isReadOnly { flags.append("read-only") }
        if field.isWriteOnly { flags.append("write-only") }
        if field.isRequired { flags.append("required") }
        if field.isNullable { flags.append("nullable") }
        if field.isDeprecated { flags.append("deprecated") }
        let facts = FactsPhrase.phrase(constraints: field.constraints, flags: flags)
        let meaning = field.documentation.map { DocText.capitalized(DocText.sentence($0)) }
        return PlannedModel.Field(
            wireName: field.name.value, swiftName: swiftName, type: type, isReadOnly: field.isReadOnly,
            hasSetter: writable.hasSetter(field, in: model),
            isAlwaysThere: identified.isAlwaysThere(field, in: model), isRequired: field.isRequired,
            isNullable: field.isNullable, isDeprecated: field.isDeprecated, constraints: field.constraints,
            documentation: FactsPhrase.documentation(meaning, facts))
    }
}

/// Plans the variants of unions.
extension ModelPlanner {
    /// Returns the variants of a union, each with its values and its case name.
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
