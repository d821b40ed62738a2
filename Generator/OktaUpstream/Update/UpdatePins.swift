import OktaCatalog
import YAML

/// The parts that an update keeps: the names of declarations that Okta's document still has, pinned facts, and
/// declarations that only handwritten parts of the catalog need.
struct UpdatePins {
    let pins: Translation.Pins
    /// Declarations that are kept although the document no longer refers to them.
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
        // A first translation finds the declarations that still exist. Only their names are reserved, so that new names
        // do not depend on removed ones.
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

    /// The declarations referenced by parts of the catalog that do not follow the document.
    private static func kept(in catalog: Catalog, _ translation: Translation, folder: CatalogFolder) -> Set<String> {
        let models = Dictionary(
            catalog.modelFiles.flatMap(\.models).map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        let aliases = catalog.aliasTargets
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
            // An unreferenced model is removed with its pinned fields, unless something else keeps it.
            guard translation.translator.declarations[model.name.value] != nil else { continue }
            for field in model.fields where field.pinned.contains("type") {
                open += field.type.references.map(\.value)
            }
        }
        // An overlay's types are handwritten too, in any style.
        var ignored = Diagnostics()
        if let overlay = folder.files["overlay.yaml"].flatMap({ YAMLLoader().load($0, reporting: &ignored) }) {
            open += overlay.scalars(below: "type")
        }
        // An alias that does not follow the document keeps its target.
        for (name, upstream) in catalog.declarations where upstream == nil { open += [aliases[name]].compactMap { $0 } }
        var kept: Set<String> = []
        while let name = open.popLast() {
            guard kept.insert(name).inserted else { continue }
            // A declaration in the document is followed by its current references, not its former ones.
            if let declaration = translation.translator.declarations[name] {
                open += declaration.references
                continue
            }
            if let target = aliases[name] { open.append(target) }
            guard let model = models[name] else { continue }
            open += model.fields.flatMap(\.type.references).map(\.value) + model.related
        }
        return kept
    }
}

extension CatalogModel {
    /// The unions that it is a variant of, and its own variants.
    fileprivate var related: [String] {
        variants.map(\.model.value) + [extends?.value].compactMap { $0 }
    }
}

extension YAMLNode {
    /// All texts anywhere below a key with this name.
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
    /// The catalog with actions reduced to their identity and pins; the document supplies the rest.
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
