import OktaCatalog
import YAML

/// The parts of a catalog that override the facts of a document.
struct Pins {
    /// The extent to which types of the catalog override the document.
    enum Extent {
        /// All types, because an import does not change existing entries.
        case everything
        /// The types that an entry lists under `pinned`.
        case pinnedFacts
    }

    private let extent: Extent
    /// The names of declarations, by position in the document.
    private(set) var names: [ExactText: String] = [:]
    /// Names that new declarations must not use.
    private(set) var usedNames: Set<String> = []
    /// The fields by model and name.
    private let fields: [String: [ExactText: CatalogModel.Field]]

    init(of catalog: Catalog, keeping extent: Extent) {
        self.extent = extent
        fields = Dictionary(
            catalog.modelFiles.flatMap(\.models).map { model in
                (model.name.value, Dictionary(texts: model.fields.map { ($0.name.value, $0) }))
            }, uniquingKeysWith: { first, _ in first })
        for declaration in catalog.declarations {
            usedNames.insert(declaration.name)
            guard let upstream = declaration.upstream, names[text: upstream] == nil else { continue }
            names[text: upstream] = declaration.name
        }
        // A declaration that returns gets its former name, unless another one now has that name.
        for declaration in catalog.removedDeclarations where usedNames.insert(declaration.name).inserted {
            guard let upstream = declaration.upstream, names[text: upstream] == nil else { continue }
            names[text: upstream] = declaration.name
        }
    }

    /// Returns the pins without the names of declarations that the document no longer has, so that new names do not
    /// depend on them.
    ///
    /// - Parameters:
    ///   - catalog: The catalog of the pins.
    ///   - declarations: The declarations that were read with all names.
    ///   - kept: The declarations that are kept regardless of the document, completely or with their sentences.
    func restricted(to catalog: Catalog, _ declarations: [UpstreamDeclaration], kept: Set<String>) -> Pins {
        let described = Set(texts: declarations.map(\.upstream))
        var pins = self
        (pins.names, pins.usedNames) = ([:], [])
        let removed = Set(catalog.removedDeclarations.map(\.name))
        for (name, upstream) in catalog.declarations + catalog.removedDeclarations {
            let isDescribed = upstream.map { described.contains(text: $0) && names[text: $0] == name } ?? false
            if isDescribed, let upstream { pins.names[text: upstream] = name }
            let isKept = upstream == nil || kept.contains(name) || removed.contains(name)
            if isDescribed || isKept { pins.usedNames.insert(name) }
        }
        return pins
    }

    /// Returns whether a fact of an entry overrides the document.
    func holds(_ key: String, _ pinned: Set<String>) -> Bool { extent == .everything || pinned.contains(key) }

    /// Returns the type that the catalog has for a field, and whether it overrides the document.
    func type(ofField field: String, of model: String) -> (standing: TypeExpression, isPinned: Bool)? {
        fields[model]?[text: field].map { ($0.type, holds("type", $0.pinned)) }
    }
}
