import YAML

/// Rules about declarations that are aliases of others.
struct AliasValidation {
    let catalog: Catalog
    let unread: UnreadParts

    var findings: [Diagnostic] {
        let models = catalog.modelFiles.flatMap(\.models)
        let enumerations = catalog.modelFiles.flatMap(\.enumerations)
        let aliases = models.compactMap { model in model.sameAs.map { (model.name, $0) } }
        let others = enumerations.compactMap { enumeration in enumeration.sameAs.map { (enumeration.name, $0) } }
        guard !aliases.isEmpty || !others.isEmpty else { return [] }
        var unknown = UnknownNames()
        let modelNames = models.map(\.name.value)
        let enumerationNames = enumerations.map(\.name.value)
        let (inModels, inEnumerations) = (Set(texts: modelNames), Set(texts: enumerationNames))
        var findings: [Diagnostic] = []
        for (name, target) in aliases where inEnumerations.contains(text: target.value) {
            findings.append(Self.otherKind(name, target, is: "an enumeration"))
        }
        for (name, target) in others where inModels.contains(text: target.value) {
            findings.append(Self.otherKind(name, target, is: "a model"))
        }
        let all = inModels.union(inEnumerations)
        unknown.note(aliases.map(\.1), notAmong: all, NearestName(candidates: modelNames))
        unknown.note(others.map(\.1), notAmong: all, NearestName(candidates: enumerationNames))
        if !unread.contains(.models) { findings += unknown.findings }
        let targets = catalog.aliasTargets
        let upstream = Set(texts: catalog.declarations.filter { $0.upstream != nil }.map(\.name))
        let related = Self.relatedModels(among: models)
        for (name, target) in aliases + others {
            if targets[target.value] != nil {
                findings.append(
                    Diagnostic(
                        rule: "alias-target", "`\(target.value)` is an alias itself", at: target.location,
                        hint: "name a declaration that lists its contents"))
            } else if upstream.contains(text: name.value), !upstream.contains(text: target.value) {
                findings.append(
                    Diagnostic(
                        rule: "alias-target",
                        "`\(name.value)` follows Okta's document, and `\(target.value)` does not", at: target.location,
                        hint: "name a declaration with `upstream`, so that an update can compare them"))
            } else if let related = [name.value, target.value].first(where: { related.contains(text: $0) }) {
                findings.append(
                    Diagnostic(
                        rule: "alias-target",
                        "`\(related)` belongs to a union or to models that extend each other; it cannot share its type",
                        at: target.location, hint: "remove `sameAs` and list the fields"))
            }
        }
        return findings
    }

    private static func otherKind(_ name: Located<String>, _ target: Located<String>, is kind: String) -> Diagnostic {
        Diagnostic(
            rule: "alias-target", "`\(target.value)` is \(kind), and `\(name.value)` is not", at: target.location,
            hint: "name a declaration of the same kind")
    }

    /// Returns the models whose type matters, because a variant is recognized by its type, and an extended model has a
    /// protocol.
    private static func relatedModels(among models: [CatalogModel]) -> Set<ExactText> {
        Set(
            texts: models.flatMap { model -> [String] in
                let others = model.relatedModels.map(\.value)
                return others.isEmpty ? [] : others + [model.name.value]
            })
    }
}
