import YAML

/// The single source of truth: every action and model, as the YAML files of `Spec` state them.
public struct Catalog: Sendable {
    /// The service that the catalog describes.
    public struct Service: Sendable, Hashable {
        /// The service's name.
        public var name: String
        /// The beginning of the title of Okta's document; nil when any document may be compared with the catalog.
        public var document: String?
        /// The Swift module that is generated.
        public var module: Located<String>
        /// The base URL of Okta's reference pages.
        public var reference: String
    }

    /// The models and enumerations of one file of `Spec/models`.
    public struct ModelFile: Sendable, Hashable {
        /// Their category, or `Shared`.
        public var category: Located<String>
        /// The models.
        public var models: [CatalogModel]
        /// The enumerations.
        public var enumerations: [CatalogEnumeration]
        /// The file's path, as it should be shown.
        public var path: String
    }

    /// The service that the catalog describes.
    public var service: Service
    /// The categories, in the order that `catalog.yaml` gives.
    public var categories: [CatalogCategory]
    /// The model files, in the order of their categories.
    public var modelFiles: [ModelFile]
    /// The dispositions of the operations in Okta's document; nil without an `upstream.yaml`.
    public var dispositions: Dispositions?

    /// The name of the model category that belongs to no single action category.
    public static let sharedCategory = "Shared"

    /// The models and enumerations, each with its position in Okta's document.
    package var declarations: [(name: String, upstream: String?)] {
        modelFiles.flatMap { file in
            file.models.map { ($0.name.value, $0.upstream?.value) }
                + file.enumerations.map { ($0.name.value, $0.upstream?.value) }
        }
    }

    /// The models by name; the first where a name is declared twice, which is an error.
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

    /// Several catalogs as one, for comparisons with what orgs send.
    public static func merged(_ catalogs: [Catalog]) -> Catalog? {
        guard var merged = catalogs.first else { return nil }
        for other in catalogs.dropFirst() {
            merged.categories += other.categories
            merged.modelFiles += other.modelFiles
            merged.dispositions =
                merged.dispositions.map { own in
                    var all = own
                    all.ignored += other.dispositions?.ignored ?? []
                    all.toDo += other.dispositions?.toDo ?? []
                    return all
                } ?? other.dispositions
        }
        return merged
    }

    /// Sorts the categories, and the model files, by a list of categories; those that it lacks come last, by name.
    package mutating func sort(by order: [String]) {
        let rank = Dictionary(texts: order.enumerated().map { ($1, $0) })
        func key(_ category: Located<String>) -> (Int, String) {
            (rank[text: category.value] ?? .max, category.value)
        }
        categories.sort { key($0.name) < key($1.name) }
        modelFiles.sort { key($0.category) < key($1.category) }
    }
}
