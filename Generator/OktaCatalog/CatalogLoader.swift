public import YAML

/// Loads a valid catalog in four stages: decode the entries, apply the overlay, validate the result, and resolve the
/// aliases.
public struct CatalogLoader: Sendable {
    /// Creates the loader.
    public init() {}

    /// Loads a catalog from its files.
    ///
    /// - Parameters:
    ///   - folder: The files.
    ///   - appliesOverlay: Whether to apply the catalog's corrections to Okta's document; a comparison with that
    ///     document omits them.
    ///   - diagnostics: Receives the errors. The catalog is valid if there are none.
    /// - Returns: The catalog; nil if there is nothing to plan from.
    public func load(
        _ folder: CatalogFolder, applyingOverlay appliesOverlay: Bool = true, reporting diagnostics: inout Diagnostics
    ) -> Catalog? {
        let trees = CatalogTrees(of: folder, reporting: &diagnostics)
        return load(trees, applyingOverlay: appliesOverlay, reporting: &diagnostics)
    }

    /// Loads a catalog from files that are parsed already.
    public func load(
        _ trees: CatalogTrees, applyingOverlay appliesOverlay: Bool = true, reporting diagnostics: inout Diagnostics
    ) -> Catalog? {
        guard var entries = CatalogDecoder().decode(trees, reporting: &diagnostics) else { return nil }
        if appliesOverlay {
            var application = OverlayApplication(overlay: entries.overlay, unread: entries.unread)
            application.apply(to: &entries.catalog)
            diagnostics.append(application.findings)
        }
        CatalogValidator(catalog: entries.catalog, order: entries.order, unread: entries.unread)
            .validate(reporting: &diagnostics)
        return entries.catalog.resolvingAliases()
    }
}
