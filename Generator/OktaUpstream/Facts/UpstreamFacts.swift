package import OktaCatalog
package import YAML

/// A document's facts about the actions of a catalog, and the models and enumerations that they need.
package struct UpstreamFacts {
    /// The facts of the actions by category of the catalog; nil for an action without an operation.
    private(set) var actions: [[UpstreamAction?]] = []
    /// The actions whose operation the document lacks.
    private(set) var unmatched: [CatalogAction] = []
    /// The models and enumerations by name.
    let declarations: [String: UpstreamDeclaration]
    /// The names of the declarations. A declaration precedes those that it is the first to refer to.
    let order: [String]
    /// The files and groups of the declarations.
    let places: [String: ModelPlacement.Place]
    /// The facts that the catalog cannot express.
    private(set) var findings: [Diagnostic] = []

    private let catalog: Catalog

    /// Reads everything that the catalog needs.
    ///
    /// - Parameters:
    ///   - document: Okta's document.
    ///   - catalog: The catalog, whose actions and names are kept.
    ///   - pins: Further parts of the catalog that are kept.
    init(of document: OpenAPIDocument, for catalog: Catalog, pins: Pins) {
        self.catalog = catalog
        var translator = SchemaTranslator(document: document, pins: pins)
        var categories: [ModelPlacement.Category] = []
        for category in catalog.categories {
            var found: [UpstreamAction?] = []
            for action in category.actions {
                let operation =
                    action.isGeneric ? nil : document.operation(action.method.rawValue, action.path.value)
                if operation == nil, !action.isGeneric { unmatched.append(action) }
                found.append(
                    operation.map { UpstreamAction(of: $0, action: action, pins: pins, translator: &translator) })
            }
            findings += found.flatMap { $0?.findings ?? [] }
            actions.append(found)
            categories.append(
                .init(
                    name: category.name.value,
                    swiftName: category.swiftName?.value ?? IdentifierWords(category.name.value).lowerCamelCase,
                    roots: found.flatMap { $0?.roots ?? [] }))
        }
        findings += HostFacts.findings(ofDocument: document.root, stated: catalog.service.server)
        translator.finish(roots: Set(categories.flatMap(\.roots)))
        declarations = translator.declarations
        order = translator.order
        findings += translator.findings
        places = ModelPlacement(categories: categories, declarations: declarations).places()
    }

    /// The facts by the place of the action's entry.
    var actionsByPlace: [SourceLocation: UpstreamAction] {
        let all = zip(actions, catalog.categories).flatMap { zip($0, $1.actions) }
        return Dictionary(
            all.compactMap { action, entry in action.map { (entry.location.placeOfStart, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Returns the catalog with all facts except pinned ones taken from a document. It contains the operations that
    /// both have. Names are kept.
    ///
    /// - Returns: The catalog, and the facts of the document that it cannot express, with their operations.
    package static func catalog(
        _ catalog: Catalog, from document: OpenAPIDocument
    ) -> (catalog: Catalog, unsupported: [(operation: OperationIdentity?, fact: Diagnostic)]) {
        let facts = UpstreamFacts(of: document, for: catalog, pins: Pins(of: catalog, keeping: .pinnedFacts))
        return (facts.asCatalog, facts.unsupported)
    }

    private var unsupported: [(operation: OperationIdentity?, fact: Diagnostic)] {
        let all = zip(actions, catalog.categories).flatMap { zip($0, $1.actions) }
        let ofActions = all.flatMap { action, entry in (action?.findings ?? []).map { (entry.identity, $0) } }
        let known = Set(ofActions.map(\.1))
        return (ofActions + findings.filter { !known.contains($0) }.map { (nil, $0) })
            .filter { $0.1.rule == Diagnostic.unsupportedFactRule }
    }

    private var asCatalog: Catalog {
        var result = catalog
        for (index, category) in actions.enumerated() {
            result.categories[index].actions = zip(category, catalog.categories[index].actions).compactMap {
                $0?.facts(keepingPinnedOf: $1)
            }
        }
        let found = order.compactMap { declarations[$0] }
        let shared = Catalog.ModelFile(
            Located(Catalog.sharedCategory, at: catalog.service.module.location),
            models: found.filter { $0.values == nil }.map(\.model), enumerations: found.compactMap(\.enumeration))
        result.modelFiles = [shared]
        result.dispositions = nil
        result.keepPinnedModels(of: catalog)
        return result
    }
}
