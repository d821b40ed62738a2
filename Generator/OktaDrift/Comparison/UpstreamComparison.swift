public import OktaCatalog
public import OktaUpstream
import YAML

/// Compares a catalog with Okta's document.
///
/// The document's facts are first converted to a catalog with the catalog's names. Both then have the same types, so
/// that a catalog that was imported from a document does not differ from it.
public struct UpstreamComparison {
    private let catalog: Catalog
    private let document: OpenAPIDocument

    /// Prepares a comparison.
    public init(of catalog: Catalog, with document: OpenAPIDocument) {
        self.catalog = catalog
        self.document = document
    }

    /// Runs the comparison.
    public func run() -> [Change] {
        let (upstream, unsupported) = UpstreamFacts.catalog(catalog, from: document)
        var collector = ChangeCollector()
        for (operation, finding) in unsupported {
            let site = ChangeSite(
                operation?.description ?? DocumentDefaults.document, operation: operation, new: finding.location)
            collector.add(
                Change(
                    UnmodelledRules.unsupported, site,
                    [.init("fact", finding.fact ?? finding.message, shown: finding.message)]))
        }
        DispositionComparison(catalog: catalog, document: document).compare(into: &collector)
        let found = DescriptionComparison(
            from: CatalogDescriber.describe(catalog).withoutWords(),
            to: CatalogDescriber.describe(upstream).withoutWords(), names: .ignored
        ).run()
        let places = Dictionary(
            document.operations.map { ($0.identity, $0.node.location) }, uniquingKeysWith: { first, _ in first })
        // Dispositions handle operations of only one side.
        for var change in found.changes
        where change.rule != OperationRules.removed && change.rule != OperationRules.added {
            // A derived fact has no location in a file, but the operation has one.
            change.site.new = change.site.operation.flatMap { places[$0] }
            collector.add(change)
        }
        // The facts are equal, but other content or the layout of the document differs.
        if let recorded = catalog.dispositions?.content, recorded.value != document.contentHash,
            collector.changes.allSatisfy({ $0.rule.id == DispositionRules.kept.id })
        {
            collector.add(
                Change(DispositionRules.documentChanged, ChangeSite("the document", old: recorded.location)))
        }
        return collector.changes
    }
}
