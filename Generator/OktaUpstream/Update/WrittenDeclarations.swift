import OktaCatalog
import YAML

/// The models and enumerations that Okta's document no longer has, but that have handwritten parts.
///
/// They stay in the catalog with `removed: true`, together with those that their pinned facts and aliases refer to.
/// When the document has them again, their names, sentences and places are as before.
struct WrittenDeclarations {
    let names: Set<String>

    /// - Parameters:
    ///   - draft: The catalog's files.
    ///   - catalog: The catalog.
    ///   - facts: The document's facts, with the names of the catalog.
    ///   - kept: The declarations that are kept regardless of the document.
    init(in draft: CatalogDraft, _ catalog: Catalog, _ facts: UpstreamFacts, kept: Set<String>) {
        let models = catalog.modelsByName
        let aliases = catalog.aliasTargets
        var gone: [String: YAMLNode] = [:]
        for path in draft.paths(in: "models") {
            for node in draft.files[path]?.root["models"]?.elements ?? [] {
                guard let name = node.declaredName, !node.isRemoved, node["upstream"] != nil, !kept.contains(name),
                    facts.declaration(of: node) == nil
                else { continue }
                gone[name] = node
            }
        }
        var open = gone.filter { $0.value.isWrittenDeclaration }.map(\.key)
        var written: Set<String> = []
        while let name = open.popLast() {
            guard let node = gone[name], written.insert(name).inserted else { continue }
            if let target = aliases[name] { open.append(target) }
            guard let model = models[name] else { continue }
            // A declaration without handwritten parts is kept only for a pin, so all its references are kept.
            let isPinned = !node.isWrittenDeclaration
            let fields = model.fields.filter { isPinned || $0.pinned.contains("type") }
            open += fields.flatMap(\.type.references).map(\.value)
            if isPinned { open += model.relatedModels.map(\.value) }
        }
        names = written
    }
}
