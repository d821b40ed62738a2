import OktaCatalog
import YAML

/// Updates a catalog to the facts of a release of Okta's document.
///
/// The document's facts win; names, sentences and pinned facts are kept. A second run changes nothing, and consecutive
/// releases give the same result as the last one alone.
public struct CatalogUpdate: Sendable {
    /// The result of an update.
    public struct Result: Sendable {
        /// The new texts by path relative to the catalog's folder, only for files that change.
        public var files: [String: String] = [:]
        /// Model files that become empty.
        public var removedFiles: [String] = []
        /// The changes in words.
        public var report = UpdateReport()
    }

    private let document: OpenAPIDocument

    /// Creates the stage for a document.
    public init(document: OpenAPIDocument) {
        self.document = document
    }

    /// Computes the changes.
    ///
    /// - Parameters:
    ///   - folder: The catalog's files.
    ///   - diagnostics: Receives the errors in the files.
    public func update(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Result? {
        do throws(Diagnostic) {
            return try result(of: folder, reporting: &diagnostics)
        } catch {
            diagnostics.report(error)
            return nil
        }
    }

    private func result(
        of folder: CatalogFolder, reporting diagnostics: inout Diagnostics
    ) throws(Diagnostic) -> Result? {
        var result = Result()
        guard var catalog = catalog(in: folder, reporting: &diagnostics) else { return nil }
        // Each step starts from the texts of the previous one, so that positions are correct.
        var current = folder
        let additions = ActionAdditions(document: document, catalog: catalog)
        current.apply(try additions.files(current, report: &result.report))
        guard let extended = self.catalog(in: current, reporting: &diagnostics) else { return nil }
        catalog = extended
        let pins = UpdatePins(document: document, catalog: catalog, folder: current)
        let translation = Translation(
            of: document, for: catalog.withoutFacts, standing: catalog, pins: pins.pins)
        diagnostics.append(translation.translator.findings)
        current.apply(try entries(current, translation, report: &result.report))
        let placement = DeclarationPlacement(translation: translation, catalog: catalog, kept: pins.kept)
        current.apply(try placement.files(current, report: &result.report))
        let dispositions = DispositionUpdate(document: document, catalog: catalog)
        if let text = try dispositions.updated(current, report: &result.report) {
            current.apply([Dispositions.fileName: text])
        }
        // Only text that can be decoded again is written.
        guard self.catalog(in: current, reporting: &diagnostics) != nil else { return nil }
        for (path, file) in current.files where file.bytes != folder.files[path]?.bytes ?? [] {
            result.files[path] = String(decoding: file.bytes, as: UTF8.self)
        }
        result.removedFiles = folder.files.keys.filter { current.files[$0] == nil }.sorted()
        result.report.sort()
        return result
    }

    private func catalog(in folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Catalog? {
        var own = Diagnostics()
        let catalog = CatalogDecoder().decode(CatalogTrees(of: folder, reporting: &own), reporting: &own)?.catalog
            .resolvingAliases()
        guard own.hasErrors else { return catalog }
        diagnostics.append(own.all)
        return nil
    }

    /// The texts with updated facts of existing actions, models and enumerations.
    private func entries(
        _ folder: CatalogFolder, _ translation: Translation, report: inout UpdateReport
    ) throws(Diagnostic) -> [String: String] {
        var texts: [String: String] = [:]
        let actions = Dictionary(
            translation.actions.map { ($0.action.location.placeOfStart, $0) }, uniquingKeysWith: { first, _ in first })
        for (path, file) in folder.files.sorted(by: { $0.key < $1.key })
        where path.hasPrefix("actions/") || path.hasPrefix("models/") {
            var ignored = Diagnostics()
            guard let edits = YAMLEdits(file, reporting: &ignored) else { continue }
            let root = edits.root
            var update = EntryUpdate(edits: edits)
            for node in root["actions"]?.elements ?? [] where path.hasPrefix("actions/") {
                guard let (action, facts) = actions[node.location.placeOfStart] else { continue }
                ActionUpdate(name: action.name.value, facts: facts).apply(to: node, &update, report: &report)
            }
            for node in root["models"]?.elements ?? [] where path.hasPrefix("models/") {
                guard let name = node.declaredName, let place = translation.places[name],
                    let declaration = translation.translator.declarations[name],
                    (declaration.values != nil) == (node["enum"] != nil)
                else { continue }
                let target = node["sameAs"]?.scalar.flatMap { translation.translator.declarations[$0] }
                DeclarationUpdate(declaration: declaration, group: place.group, target: target)
                    .apply(to: node, &update, report: &report)
            }
            if !update.edits.isEmpty { texts[path] = try update.edits.result() }
        }
        return texts
    }
}
