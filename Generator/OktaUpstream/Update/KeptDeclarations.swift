import OktaCatalog
import YAML

/// The declarations that are kept although Okta's document no longer refers to them, because parts of the catalog that
/// do not follow the document need them.
struct KeptDeclarations {
    let names: Set<String>

    /// - Parameters:
    ///   - catalog: The catalog.
    ///   - overlay: The corrections of the catalog.
    ///   - facts: The document's facts, with the names of the catalog.
    init(in catalog: Catalog, _ overlay: CatalogOverlay, _ facts: UpstreamFacts) {
        let present = catalog.modelsByName
        // Models of an earlier document may be needed again.
        let models = present.merging(
            catalog.modelFiles.flatMap(\.removedModels).map { ($0.name.value, $0) },
            uniquingKeysWith: { first, _ in first })
        let aliases = catalog.aliasTargets
        let gone = Set(facts.unmatched.map(\.location))
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
            guard model.upstream != nil || present[model.name.value] == nil else {
                open += (model.fields.flatMap(\.type.references) + model.relatedModels).map(\.value)
                continue
            }
            // An unreferenced model is removed with its pinned fields, unless something else keeps it.
            guard facts.declarations[model.name.value] != nil else { continue }
            for field in model.fields where field.pinned.contains("type") {
                open += field.type.references.map(\.value)
            }
        }
        // An overlay's types and variants are handwritten too.
        open += overlay.references
        // An alias that does not follow the document keeps its target.
        for (name, upstream) in catalog.declarations where upstream == nil { open += [aliases[name]].compactMap { $0 } }
        var kept: Set<String> = []
        while let name = open.popLast() {
            guard kept.insert(name).inserted else { continue }
            // For a declaration in the document, its current references count.
            if let declaration = facts.declarations[name] {
                open += declaration.references
                continue
            }
            if let target = aliases[name] { open.append(target) }
            guard let model = models[name] else { continue }
            open += (model.fields.flatMap(\.type.references) + model.relatedModels).map(\.value)
        }
        names = kept
    }
}
