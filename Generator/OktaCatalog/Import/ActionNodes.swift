import YAML

/// Finds an action's entry again by its place.
struct ActionNodes {
    private var entries: [SourceLocation: (path: String, node: YAMLNode)] = [:]

    init(folder: CatalogFolder) {
        let loader = YAMLLoader()
        for (path, file) in folder.files where path.hasPrefix("actions/") {
            var ignored = Diagnostics()
            let root = loader.load(file, reporting: &ignored)
            for node in root?["actions"]?.elements ?? [] { entries[node.location] = (path, node) }
        }
    }

    func entry(at location: SourceLocation) -> (path: String, node: YAMLNode)? {
        entries[location]
    }
}
