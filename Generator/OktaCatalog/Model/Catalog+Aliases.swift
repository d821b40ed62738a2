import YAML

/// A declaration with `sameAs` has the contents of another one, and is an alias of it in Swift.
extension Catalog {
    /// The declarations that aliases stand for, by the names of the aliases.
    package var aliasTargets: [String: String] {
        let files = modelFiles.flatMap { file in
            file.models.map { ($0.name.value, $0.sameAs) } + file.enumerations.map { ($0.name.value, $0.sameAs) }
        }
        return Dictionary(
            files.compactMap { name, target in target.map { (name, $0.value) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The catalog in which each alias has the contents of its target, for stages that compare contents.
    package func resolvingAliases() -> Catalog {
        var catalog = self
        let models = modelsByName
        let enumerations = Dictionary(
            modelFiles.flatMap(\.enumerations).map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        for file in modelFiles.indices {
            for (index, model) in modelFiles[file].models.enumerated() {
                guard let target = model.sameAs.flatMap({ models[$0.value] }) else { continue }
                catalog.modelFiles[file].models[index].isOpen = target.isOpen
                catalog.modelFiles[file].models[index].initializer = target.initializer
                catalog.modelFiles[file].models[index].fields = target.fields
            }
            for (index, enumeration) in modelFiles[file].enumerations.enumerated() {
                guard let target = enumeration.sameAs.flatMap({ enumerations[$0.value] }) else { continue }
                catalog.modelFiles[file].enumerations[index].values = target.values
            }
        }
        return catalog
    }
}
