import YAML

/// Checks properties of the whole catalog: unique names, resolvable references, and paths that match their parameters.
struct CatalogValidator {
    let catalog: Catalog
    let order: [Located<String>]
    let unread: UnreadParts

    func validate(reporting diagnostics: inout Diagnostics) {
        diagnostics.append(CategoryValidation(catalog: catalog, order: order, unread: unread).findings)
        diagnostics.append(PathValidation(catalog: catalog, unread: unread).findings)
        diagnostics.append(CallValidation(catalog: catalog, unread: unread).findings)
        diagnostics.append(TypeValidation(catalog: catalog, unread: unread).findings)
        diagnostics.append(AliasValidation(catalog: catalog, unread: unread).findings)
        diagnostics.append(PlaceValidation(catalog: catalog).findings)
        diagnostics.append(PlaceholderValidation(catalog: catalog).findings)
        diagnostics.append(DispositionValidation(catalog: catalog, unread: unread).findings)
    }
}
