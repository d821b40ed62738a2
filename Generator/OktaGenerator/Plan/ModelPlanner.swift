import OktaCatalog

/// Plans models and enumerations, and the files that contain them.
struct ModelPlanner {
    let catalog: Catalog
    let resolver: TypeResolver
    let unions: UnionGraph
    let models: [String: CatalogModel]
    let enumerations: [String: CatalogEnumeration]
    let extended: Set<String>
    let writable: WritableModels
    let identified: IdentifiedModels
    /// The lineages found so far.
    var lineages: [String: ModelLineage] = [:]

    init(catalog: Catalog, resolver: TypeResolver, unions: UnionGraph) {
        self.catalog = catalog
        self.resolver = resolver
        self.unions = unions
        let models = catalog.modelsByName
        self.models = models
        extended = catalog.extendedModels
        enumerations = catalog.enumerationsByName
        writable = WritableModels(catalog: catalog, models: models)
        identified = IdentifiedModels(catalog: catalog, models: models)
    }

    mutating func files() -> [PlannedModelFile] {
        var files: [PlannedModelFile] = []
        // Several files of the catalog may belong to one category.
        var indices: [SwiftName: Int] = [:]
        for (file, folder) in zip(catalog.modelFiles, resolver.names.folders) {
            let sections = sections(of: file)
            if let index = indices[folder] {
                files[index].sections += sections
                files[index].sections.sort { $0.name < $1.name }
            } else {
                indices[folder] = files.count
                files.append(
                    PlannedModelFile(
                        path: "Models/\(folder)Models.swift", category: file.category.value, folder: folder,
                        sections: sections))
            }
        }
        return files.filter { !$0.sections.isEmpty }
    }

    private mutating func sections(of file: Catalog.ModelFile) -> [PlannedModelFile.Section] {
        var groups: [String: [PlannedType]] = [:]
        for model in file.models where model.sameAs == nil {
            groups[model.group, default: []].append(.model(planned(model)))
        }
        for enumeration in file.enumerations where enumeration.sameAs == nil {
            groups[enumeration.group, default: []].append(.enumeration(planned(enumeration)))
        }
        for (group, alias) in planned(aliasesIn: file) {
            groups[group, default: []].append(.alias(alias))
        }
        return groups.sorted { $0.key < $1.key }.map { group, types in
            PlannedModelFile.Section(name: SwiftName(group) ?? .reported, types: types)
        }
    }

    // MARK: Enumerations

    private func planned(_ enumeration: CatalogEnumeration) -> PlannedEnumeration {
        let values = enumeration.values.map { value in
            let meaning: DocText = value.documentation.map { " \(DocText.sentence($0))" } ?? ""
            return PlannedEnumeration.Value(
                wireValue: value.value.value,
                swiftName: resolver.names.value(value.value.value, of: enumeration.name.value) ?? .reported,
                documentation: "\(DocText.code(value.value.value)).\(meaning)")
        }
        return PlannedEnumeration(
            name: resolver.name(enumeration.name),
            documentation: documentation(of: enumeration.documentation, name: enumeration.name.value),
            values: values)
    }

    // MARK: Aliases

    private func planned(aliasesIn file: Catalog.ModelFile) -> [(group: String, alias: PlannedAlias)] {
        let models = file.models.map { ($0.name, $0.sameAs, $0.group, $0.documentation) }
        let enumerations = file.enumerations.map { ($0.name, $0.sameAs, $0.group, $0.documentation) }
        return (models + enumerations).compactMap { name, target, group, text in
            guard let target else { return nil }
            let documentation = documentation(of: text, name: name.value)
            return (
                group,
                PlannedAlias(name: resolver.name(name), target: resolver.name(target), documentation: documentation)
            )
        }
    }

    /// Returns the catalog's documentation of a type, or its name as a phrase if there is none.
    func documentation(of text: String?, name: String) -> DocText {
        if let text { return DocText.sentence(text) }
        return "\(DocText.capitalized(DocText.prose(IdentifierWords(name).phrase)))."
    }
}
