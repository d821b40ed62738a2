package import YAML

/// The first stage, which decodes the trees of YAML files to the entries of a catalog. It reports the errors in all
/// files.
package struct CatalogDecoder: Sendable {
    /// The entries of all files, as written.
    package struct Entries: Sendable {
        /// The categories and models, without the corrections of the overlay.
        package var catalog: Catalog
        /// The categories in the order of `catalog.yaml`.
        package var order: [Located<String>]
        /// The corrections.
        package var overlay: CatalogOverlay
        /// The parts that could not be decoded.
        var unread: UnreadParts
    }

    /// Creates the stage.
    package init() {}

    /// Decodes the entries. Returns nil if there is nothing to plan from.
    ///
    /// Facts may be missing, because an import adds them.
    package func decode(_ trees: CatalogTrees, reporting diagnostics: inout Diagnostics) -> Entries? {
        var unread = UnreadParts()
        for name in trees.incomplete { unread.insert(file: name) }
        // A file with skipped content would otherwise get errors about missing content, too.
        let roots = trees.roots.filter { !trees.incomplete.contains($0.key) }
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

        var catalog = Catalog(
            service: service, categories: categories, modelFiles: modelFiles, dispositions: dispositions)
        catalog.sort(by: order.map(\.value))
        return Entries(catalog: catalog, order: order, overlay: overlay, unread: unread)
    }

    private func service(
        from node: YAMLNode, order: inout [Located<String>], reporting diagnostics: inout Diagnostics
    ) -> Catalog.Service? {
        var reader = MappingReader(
            node, as: "a catalog",
            keys: ["grammar", "service", "document", "server", "module", "reference", "categories"])
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
        let document = reader.string("document")
        let server = reader.string("server")
        diagnostics.append(reader.findings)
        guard let name, let module, let reference else { return nil }
        return .init(
            name: name.value, document: document?.value, server: server?.value, module: module,
            reference: reference.value)
    }
}
