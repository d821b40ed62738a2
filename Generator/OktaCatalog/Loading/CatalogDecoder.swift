import YAML

/// The first stage: YAML files to a catalog. Reports all errors in all files.
public struct CatalogDecoder: Sendable {
    /// Creates the stage.
    public init() {}

    /// Decodes a catalog, applies its overlay, and validates the result.
    ///
    /// - Parameters:
    ///   - folder: The files.
    ///   - appliesOverlay: Whether to apply the catalog's corrections to Okta's document; a comparison with that
    ///     document omits them.
    ///   - diagnostics: Receives the errors; without any, the catalog is valid.
    /// - Returns: The catalog; nil when there is nothing to plan from.
    public func decode(
        _ folder: CatalogFolder, applyingOverlay appliesOverlay: Bool = true, reporting diagnostics: inout Diagnostics
    ) -> Catalog? {
        guard let entries = read(folder, reporting: &diagnostics) else { return nil }
        var catalog = entries.catalog
        if appliesOverlay {
            var application = OverlayApplication(overlay: entries.overlay, unread: entries.unread)
            application.apply(to: &catalog)
            diagnostics.append(application.findings)
        }
        CatalogValidator(catalog: catalog, order: entries.order, unread: entries.unread)
            .validate(reporting: &diagnostics)
        return catalog
    }

    /// Decodes entries without the overlay and without required facts, for stages that compare them with Okta's
    /// document and add facts from it.
    func decodeUnchecked(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Catalog? {
        read(folder, reporting: &diagnostics)?.catalog
    }

    /// The entries of all files, and the parts that could not be decoded.
    private struct Entries {
        var catalog: Catalog
        var order: [Located<String>]
        var overlay: CatalogOverlay
        var unread: UnreadParts
    }

    /// YAML errors that cause content to be skipped.
    private static let rulesOfLoss: Set<String> = ["yaml-alias", "yaml-complex-key", "yaml-merge-key"]

    private func read(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Entries? {
        let loader = YAMLLoader()
        var roots: [String: YAMLNode] = [:]
        var unread = UnreadParts()
        for (name, file) in folder.files.sorted(by: { $0.key < $1.key }) {
            var findings = Diagnostics()
            let root = loader.load(file, reporting: &findings)
            diagnostics.append(findings.all)
            // A file with skipped content would otherwise get errors about missing content, too.
            if let root, !findings.all.contains(where: { Self.rulesOfLoss.contains($0.rule) }) {
                roots[name] = root
            } else {
                unread.insert(file: name)
            }
        }
        guard let head = roots["catalog.yaml"] else { return nil }
        var order: [Located<String>] = []
        let service = self.service(from: head, order: &order, reporting: &diagnostics)
        if order.count != head["categories"]?.elements?.count { unread.insert(.order) }

        var actionDecoder = ActionDecoder()
        var modelDecoder = ModelDecoder()
        var categories: [CatalogCategory] = []
        var modelFiles: [Catalog.ModelFile] = []
        for (name, root) in roots.sorted(by: { $0.key < $1.key }) {
            if name.hasPrefix("actions/") {
                if let category = actionDecoder.category(from: root) {
                    categories.append(category)
                } else {
                    unread.insert(file: name)
                }
            } else if name.hasPrefix("models/") {
                if let file = modelDecoder.modelFile(from: root) {
                    modelFiles.append(file)
                } else {
                    unread.insert(file: name)
                }
            }
        }
        if actionDecoder.hasLostActions { unread.insert(.actions) }
        if modelDecoder.hasLostNames { unread.insert(.models) }
        diagnostics.append(actionDecoder.findings)
        diagnostics.append(modelDecoder.findings)
        var overlay = CatalogOverlay()
        if let root = roots[CatalogOverlay.fileName] {
            var decoder = OverlayDecoder()
            overlay = decoder.overlay(from: root)
            diagnostics.append(decoder.findings)
        }
        var dispositions: Dispositions?
        if let root = roots[Dispositions.fileName] {
            var decoder = DispositionDecoder()
            dispositions = decoder.dispositions(from: root)
            diagnostics.append(decoder.findings)
        }
        guard let service else { return nil }
        unread.insert(errorsOf: diagnostics.all)

        let rank = Dictionary(texts: order.enumerated().map { ($1.value, $0) })
        let catalog = Catalog(
            service: service,
            categories: categories.sorted {
                (rank[text: $0.name.value] ?? .max, $0.name.value) < (rank[text: $1.name.value] ?? .max, $1.name.value)
            },
            modelFiles: modelFiles.sorted {
                (rank[text: $0.category.value] ?? .max, $0.category.value) < (
                    rank[text: $1.category.value] ?? .max, $1.category.value
                )
            },
            dispositions: dispositions)
        return Entries(catalog: catalog, order: order, overlay: overlay, unread: unread)
    }

    private func service(
        from node: YAMLNode, order: inout [Located<String>], reporting diagnostics: inout Diagnostics
    ) -> Catalog.Service? {
        var reader = MappingReader(
            node, as: "a catalog", keys: ["grammar", "service", "module", "reference", "categories"])
        if reader["grammar"] == nil { reader.reportMissing("grammar") }
        if let grammar = reader.integer("grammar"), grammar != 1, let place = reader["grammar"] {
            reader.report(
                Diagnostic(
                    rule: "unknown-grammar", "this generator reads grammar 1, not \(grammar)", at: place.location,
                    hint: "use the generator version that belongs to the catalog"))
        }
        let name = reader.requiredString("service")
        let module = reader.requiredString("module")
        let reference = reader.requiredString("reference")
        if reader["categories"] == nil { reader.reportMissing("categories") }
        order = reader.strings("categories")
        diagnostics.append(reader.findings)
        guard let name, let module, let reference else { return nil }
        return .init(
            name: name.value, module: module, reference: reference.value)
    }
}
