import YAML

/// All actions and models of the YAML files in `Spec`, which are the single source of truth.
public struct Catalog: Sendable {
    /// The service that the catalog describes.
    public struct Service: Sendable, Hashable {
        /// The service's name.
        public var name: String
        /// The beginning of the title of Okta's document; nil if any document may be compared with the catalog.
        public var document: String?
        /// The server that the document states, if it is not the org.
        public var server: String?
        /// The Swift module that is generated.
        public var module: Located<String>
        /// The base URL of Okta's reference pages.
        public var reference: String
    }

    /// The models and enumerations of one file of `models`.
    public struct ModelFile: Sendable, Hashable {
        /// Their category, or `Shared`.
        public var category: Located<String>
        /// The models.
        public var models: [CatalogModel]
        /// The enumerations.
        public var enumerations: [CatalogEnumeration]
        /// The file's path, as it should be shown.
        public var path: String
        /// The models that Okta's document no longer has, and whose sentences the catalog keeps.
        package var removedModels: [CatalogModel] = []
        /// The enumerations that Okta's document no longer has, and whose sentences the catalog keeps.
        package var removedEnumerations: [CatalogEnumeration] = []
    }

    /// The service that the catalog describes.
    public var service: Service
    /// The categories, in the order of `catalog.yaml`.
    public var categories: [CatalogCategory]
    /// The model files, in the order of their categories.
    public var modelFiles: [ModelFile]
    /// The dispositions of the operations in Okta's document; nil without an `upstream.yaml`.
    public var dispositions: Dispositions?

    /// The name of the model category for models of several action categories.
    public static let sharedCategory = "Shared"

    /// The models and enumerations, with their positions in Okta's document.
    package var declarations: [(name: String, upstream: String?)] {
        modelFiles.flatMap { file in
            file.models.map { ($0.name.value, $0.upstream?.value) }
                + file.enumerations.map { ($0.name.value, $0.upstream?.value) }
        }
    }

    /// The models and enumerations that Okta's document no longer has, with their former positions.
    package var removedDeclarations: [(name: String, upstream: String?)] {
        modelFiles.flatMap { file in
            file.removedModels.map { ($0.name.value, $0.upstream?.value) }
                + file.removedEnumerations.map { ($0.name.value, $0.upstream?.value) }
        }
    }

    /// The models by name. If a name is declared twice, which is an error, the first model is used.
    package var modelsByName: [String: CatalogModel] {
        var models: [String: CatalogModel] = [:]
        models.reserveCapacity(modelFiles.reduce(0) { $0 + $1.models.count })
        for file in modelFiles {
            for model in file.models where models.index(forKey: model.name.value) == nil {
                models[model.name.value] = model
            }
        }
        return models
    }

    /// The enumerations by name. If a name is declared twice, which is an error, the first enumeration is used.
    package var enumerationsByName: [String: CatalogEnumeration] {
        Dictionary(
            modelFiles.flatMap(\.enumerations).map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of the models that others extend.
    package var extendedModels: Set<String> { Set(modelFiles.flatMap(\.models).compactMap(\.extends?.value)) }

    /// Merges several catalogs, for comparisons with the responses of orgs.
    public static func merged(_ catalogs: [Catalog]) -> Catalog? {
        guard var merged = catalogs.first else { return nil }
        for other in catalogs.dropFirst() {
            merged.categories += other.categories
            merged.modelFiles += other.modelFiles
            merged.dispositions =
                merged.dispositions.map { own in
                    var all = own
                    all.ignored += other.dispositions?.ignored ?? []
                    all.cover += other.dispositions?.cover ?? []
                    all.toDo += other.dispositions?.toDo ?? []
                    all.gone += other.dispositions?.gone ?? []
                    return all
                } ?? other.dispositions
        }
        return merged
    }

    /// Sorts the categories and the model files by a list of categories. Categories that are not listed come last,
    /// sorted by name.
    package mutating func sort(by order: [String]) {
        let rank = Dictionary(texts: order.enumerated().map { ($1, $0) })
        func key(_ category: Located<String>) -> (Int, String) {
            (rank[text: category.value] ?? .max, category.value)
        }
        categories.sort { key($0.name) < key($1.name) }
        modelFiles.sort { key($0.category) < key($1.category) }
    }
}

/// A declaration with `sameAs` has the contents of another one, and is an alias of it in Swift.
extension Catalog {
    /// The declarations that aliases refer to, by the names of the aliases.
    package var aliasTargets: [String: String] {
        let files = modelFiles.flatMap { file in
            file.models.map { ($0.name.value, $0.sameAs) } + file.enumerations.map { ($0.name.value, $0.sameAs) }
        }
        return Dictionary(
            files.compactMap { name, target in target.map { (name, $0.value) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Returns the catalog in which each alias has the contents of its target, for stages that compare contents.
    package func resolvingAliases() -> Catalog {
        var catalog = self
        let models = modelsByName
        let enumerations = enumerationsByName
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

/// A group of actions, as in Okta's list of actions.
public struct CatalogCategory: Sendable, Hashable {
    /// The listed name, such as `Authorizationserver`.
    public var name: Located<String>
    /// The Swift name, such as `authorizationServer`.
    public var swiftName: Located<String>?
    /// A summary of the group in our words.
    public var summary: Located<String>
    /// The actions, in the order of the catalog.
    public var actions: [CatalogAction]
}
