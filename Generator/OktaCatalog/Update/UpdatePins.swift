import YAML

/// What an update leaves as it stands: the names of declarations that Okta's document still has, what `pinned` lists,
/// and declarations that only hand-written parts of the catalog need.
struct UpdatePins {
    let pins: Translation.Pins
    /// Declarations that stay even though the document does not lead to them any more.
    let kept: Set<String>

    init(document: OpenAPIDocument, catalog: Catalog, folder: CatalogFolder) {
        var all = Translation.Pins()
        for (name, upstream) in catalog.declarations {
            all.usedNames.insert(name)
            if let upstream, all.names[text: upstream] == nil { all.names[text: upstream] = name }
        }
        for model in catalog.modelFiles.flatMap(\.models) {
            let fields = model.fields.filter { $0.pinned.contains("type") }
            if !fields.isEmpty, all.fields[model.name.value] == nil {
                all.fields[model.name.value] = Dictionary(texts: fields.map { ($0.name.value, $0.type) })
            }
        }
        // A first translation tells which declarations are still described; only their names are taken, so that the
        // names of new ones do not depend on what has gone.
        let translation = Translation(of: document, for: catalog.withoutFacts, standing: catalog, pins: all)
        let described = Set(texts: translation.translator.declarations.values.map(\.upstream))
        kept = Self.kept(in: catalog, translation, folder: folder)
        var pins = Translation.Pins(fields: all.fields)
        for (name, upstream) in catalog.declarations {
            let isDescribed = upstream.map { described.contains(text: $0) && all.names[text: $0] == name } ?? false
            if isDescribed, let upstream { pins.names[text: upstream] = name }
            if isDescribed || upstream == nil || kept.contains(name) { pins.usedNames.insert(name) }
        }
        self.pins = pins
    }

    /// What is referred to by parts of the catalog that do not follow the document.
    private static func kept(in catalog: Catalog, _ translation: Translation, folder: CatalogFolder) -> Set<String> {
        let models = Dictionary(
            catalog.modelFiles.flatMap(\.models).map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        let gone = Set(translation.unmatched.map(\.location))
        var open: [String] = []
        for action in catalog.categories.flatMap(\.actions) {
            let isGone = gone.contains(action.location)
            for parameter in action.parameters where isGone || parameter.pinned.contains("type") {
                open += parameter.type.references.map(\.value)
            }
            if isGone || action.pinned.contains("body") { open += action.body?.type.references.map(\.value) ?? [] }
            if isGone || action.pinned.contains("returns") { open += action.returns?.references.map(\.value) ?? [] }
            if isGone || action.pinned.contains("otherReturns") {
                open += action.otherReturns.flatMap(\.type.references).map(\.value)
            }
        }
        for model in models.values {
            guard model.upstream != nil else {
                open += model.fields.flatMap(\.type.references).map(\.value) + model.related
                continue
            }
            // A model that the document does not lead to goes with its pinned fields, unless something else keeps it.
            guard translation.translator.declarations[model.name.value] != nil else { continue }
            for field in model.fields where field.pinned.contains("type") {
                open += field.type.references.map(\.value)
            }
        }
        // An overlay's types are a person's too, whatever its form.
        var ignored = Diagnostics()
        if let overlay = folder.files["overlay.yaml"].flatMap({ YAMLLoader().load($0, reporting: &ignored) }) {
            open += overlay.scalars(below: "type")
        }
        var kept: Set<String> = []
        while let name = open.popLast() {
            guard kept.insert(name).inserted else { continue }
            // What the document describes leads where it says, not where it led before.
            if let declaration = translation.translator.declarations[name] {
                open += declaration.references
                continue
            }
            guard let model = models[name] else { continue }
            open += model.fields.flatMap(\.type.references).map(\.value) + model.related
        }
        return kept
    }
}

extension CatalogModel {
    /// The models that it is a form of, or that are forms of it.
    fileprivate var related: [String] {
        variants.map(\.model.value) + [extends?.value].compactMap { $0 }
    }
}

extension YAMLNode {
    /// All texts somewhere below a key of this name.
    fileprivate func scalars(below key: String, isBelow: Bool = false) -> [String] {
        switch content {
        case .scalar(let text, _): isBelow ? [text] : []
        case .sequence(let elements): elements.flatMap { $0.scalars(below: key, isBelow: isBelow) }
        case .mapping(let entries):
            entries.flatMap { $0.value.scalars(below: key, isBelow: isBelow || $0.name == key) }
        }
    }
}

extension Catalog {
    /// The catalog with no more in its actions than identifies them and what is pinned: the rest is the document's.
    var withoutFacts: Catalog {
        var catalog = self
        for category in catalog.categories.indices {
            for action in catalog.categories[category].actions.indices {
                catalog.categories[category].actions[action].removeFacts()
            }
        }
        return catalog
    }
}

extension CatalogAction {
    fileprivate mutating func removeFacts() {
        parameters.removeAll { !$0.pinned.contains("type") }
        if !pinned.contains("body") { body = nil }
        if !pinned.contains("returns") { returns = nil }
        if !pinned.contains("otherReturns") { otherReturnsByStatus = [:] }
    }
}
