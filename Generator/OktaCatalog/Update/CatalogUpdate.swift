import YAML

/// Brings a catalog to the facts of a release of Okta's document.
///
/// The facts of the document win; names, sentences and what `pinned` lists are a person's and stay. Running it twice
/// changes nothing, and releases taken one after the other give what the last one alone gives.
public struct CatalogUpdate: Sendable {
    /// What an update gives.
    public struct Result: Sendable {
        /// The new texts by path below the catalog's folder, only of files that change.
        public var files: [String: String] = [:]
        /// Files of models that hold nothing any more.
        public var removedFiles: [String] = []
        /// What changed, in words.
        public var report = UpdateReport()
    }

    private let document: OpenAPIDocument

    /// Creates the stage for a document.
    public init(document: OpenAPIDocument) {
        self.document = document
    }

    /// Computes what to change.
    ///
    /// - Parameters:
    ///   - folder: The catalog's files.
    ///   - diagnostics: Receives what is wrong with the files.
    public func update(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Result? {
        var result = Result()
        guard var catalog = catalog(in: folder, reporting: &diagnostics) else { return nil }
        let inBraces = entriesInBraces(of: folder)
        guard inBraces.isEmpty else {
            diagnostics.append(inBraces)
            return nil
        }
        // Each step starts from the texts that the step before gives, so that places are right.
        var current = folder
        current.apply(ActionAdditions(document: document, catalog: catalog).files(current, report: &result.report))
        guard let extended = self.catalog(in: current, reporting: &diagnostics) else { return nil }
        catalog = extended
        let pins = UpdatePins(document: document, catalog: catalog, folder: current)
        let translation = Translation(of: document, for: catalog.withoutFacts, pins: pins.pins)
        current.apply(entries(current, translation, report: &result.report))
        let placement = DeclarationPlacement(translation: translation, catalog: catalog, kept: pins.kept)
        current.apply(placement.files(current, report: &result.report))
        let dispositions = DispositionUpdate(document: document, catalog: catalog)
        if let text = dispositions.updated(current, report: &result.report) {
            current.apply([Dispositions.fileName: text])
        }
        // What is written can be read again, or it is not written.
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
        let catalog = CatalogDecoder().decodeUnchecked(folder, reporting: &own)
        guard own.hasErrors else { return catalog }
        diagnostics.append(own.all)
        return nil
    }

    /// Actions, models and enumerations that are not written in lines: their parts can not be changed one by one.
    private func entriesInBraces(of folder: CatalogFolder) -> [Diagnostic] {
        folder.files.sorted { $0.key < $1.key }.flatMap { path, file -> [Diagnostic] in
            var ignored = Diagnostics()
            guard path.hasPrefix("actions/") || path.hasPrefix("models/"),
                let root = YAMLLoader().load(file, reporting: &ignored)
            else { return [] }
            let entries = (root["actions"]?.elements ?? []) + (root["models"]?.elements ?? [])
            return entries.filter(\.isFlow).map {
                Diagnostic(
                    rule: "entry-in-braces", "an update needs this entry in lines", at: $0.location,
                    hint: "write each of its keys on a line of its own, without the braces")
            }
        }
    }

    /// The texts with the facts of actions, models and enumerations that stand.
    private func entries(
        _ folder: CatalogFolder, _ translation: Translation, report: inout UpdateReport
    ) -> [String: String] {
        var updates: [String: EntryUpdate] = [:]
        let nodes = ActionNodes(folder: folder)
        for (action, facts) in translation.actions {
            guard let (path, node) = nodes.entry(at: action.location), let file = folder.files[path] else { continue }
            ActionUpdate(name: action.name.value, facts: facts)
                .apply(to: node, &updates[path, default: EntryUpdate(edits: TextEdits(file))], report: &report)
        }
        for (path, file) in folder.files where path.hasPrefix("models/") {
            var ignored = Diagnostics()
            guard let root = YAMLLoader().load(file, reporting: &ignored) else { continue }
            var update = EntryUpdate(edits: TextEdits(file))
            for node in root["models"]?.elements ?? [] {
                guard let name = node.declaredName, let place = translation.places[name],
                    let declaration = translation.translator.declarations[name],
                    (declaration.values != nil) == (node["enum"] != nil)
                else { continue }
                DeclarationUpdate(declaration: declaration, group: place.group)
                    .apply(to: node, &update, report: &report)
            }
            updates[path] = update
        }
        return updates.filter { !$0.value.edits.isEmpty }.mapValues(\.edits.result)
    }
}

extension CatalogFolder {
    /// Takes new texts for some of the files, under the paths that they are shown with.
    fileprivate mutating func apply(_ texts: [String: String?]) {
        let root = files["catalog.yaml"]?.path.dropLast("catalog.yaml".count) ?? ""
        for (path, text) in texts {
            files[path] = text.map { SourceFile(path: files[path]?.path ?? "\(root)\(path)", text: $0) }
        }
    }
}
