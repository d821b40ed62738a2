import YAML

/// Checks properties of the whole catalog: unique names, resolvable references, and paths that match their parameters.
struct CatalogValidator {
    let catalog: Catalog
    let order: [Located<String>]
    let unread: UnreadParts

    func validate(reporting diagnostics: inout Diagnostics) {
        diagnostics.append(CategoryRules(catalog: catalog, order: order, unread: unread).findings)
        diagnostics.append(PathRules(catalog: catalog, unread: unread).findings)
        diagnostics.append(CallRules(catalog: catalog, unread: unread).findings)
        diagnostics.append(TypeRules(catalog: catalog, unread: unread).findings)
        diagnostics.append(AliasRules(catalog: catalog, unread: unread).findings)
        diagnostics.append(PlaceRules(catalog: catalog).findings)
        diagnostics.append(PlaceholderRules(catalog: catalog).findings)
        diagnostics.append(DispositionRules(catalog: catalog, unread: unread).findings)
    }
}
