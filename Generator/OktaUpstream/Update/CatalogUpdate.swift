public import OktaCatalog
public import YAML

/// Updates a catalog to the facts of a release of Okta's document.
///
/// The document's facts take precedence. Names, sentences and pinned facts are kept, even those of elements that the
/// document no longer has. A second run has no effect, and consecutive releases give the same result as the last one
/// alone, except for removed actions, which keep the facts of the last document that contained them.
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
        var own = Diagnostics()
        guard var draft = CatalogDraft(of: folder, reporting: &own) else {
            diagnostics.append(own.all)
            return nil
        }
        var report = UpdateReport()
        let additions = try ActionAdditions(for: document, in: draft, report: &report)
        var catalog = additions.catalog
        // A first pass finds the declarations that still exist, because only their names are reserved.
        var pins = Pins(of: catalog, keeping: .pinnedFacts)
        var first = UpstreamFacts(of: document, for: catalog, pins: pins)
        let renamed = RenamedSchemas(in: catalog, first)
        if !renamed.positions.isEmpty {
            catalog = renamed.applied(to: catalog)
            pins = Pins(of: catalog, keeping: .pinnedFacts)
            first = UpstreamFacts(of: document, for: catalog, pins: pins)
        }
        let kept = KeptDeclarations(in: catalog, draft.entries.overlay, first).names
        let written = WrittenDeclarations(in: draft, catalog, first, kept: kept).names
        let facts = UpstreamFacts(
            of: document, for: catalog,
            pins: pins.restricted(to: catalog, Array(first.declarations.values), kept: kept.union(written)))
        diagnostics.append(facts.findings)
        guard !facts.findings.contains(where: { $0.severity == .error }) else { return nil }
        update(&draft, to: facts, report: &report)
        additions.write(facts, into: &draft)
        let moves = DeclarationPlacement(facts: facts, kept: kept, written: written).moves(in: &draft, report: &report)
        draft.apply(moves, catalog)
        DispositionUpdate(document: document, catalog: catalog).apply(to: &draft, report: &report)
        guard let texts = try draft.texts(reporting: &diagnostics) else { return nil }
        report.sort()
        return Result(files: texts.changed, removedFiles: texts.removed, report: report)
    }

    /// Updates existing actions, models and enumerations.
    private func update(_ draft: inout CatalogDraft, to facts: UpstreamFacts, report: inout UpdateReport) {
        let actions = facts.actionsByPlace
        for path in draft.paths(in: "actions") {
            guard var edits = draft.files[path] else { continue }
            for node in edits.root["actions"]?.elements ?? [] {
                guard let action = actions[node.location.placeOfStart] else { continue }
                ActionUpdate(action: action).apply(to: node, &edits, report: &report)
            }
            draft.files[path] = edits
        }
        for path in draft.paths(in: "models") {
            guard var edits = draft.files[path] else { continue }
            for node in edits.root["models"]?.elements ?? [] {
                guard let declaration = facts.declaration(of: node), let place = facts.places[declaration.name] else {
                    continue
                }
                let alias = node["sameAs"]?.scalar ?? node["sameAs"]?["name"]?.scalar
                let target = alias.flatMap { facts.declarations[$0] }
                DeclarationUpdate(declaration: declaration, group: place.group, target: target)
                    .apply(to: node, &edits, report: &report)
            }
            draft.files[path] = edits
        }
    }
}

/// Updates one action of the catalog to Okta's document.
struct ActionUpdate {
    let action: UpstreamAction

    func apply(to node: YAMLNode, _ edits: inout YAMLEdits, report: inout UpdateReport) {
        let name = action.facts.name.value
        let keys = edits.update(node, to: action.facts.facts, keys: .action).filter {
            !["upstream", "reference"].contains($0)
        }
        report.note(.action, name, "fact", .init(changed: keys))
        let standing = node["params"]
        let targets = ParameterEntries(of: action, in: standing?.entries ?? []).entries.map {
            YAMLEdits.Target(name: $0.key, member: $0.member, facts: $0.facts)
        }
        guard let standing, standing.entries?.isEmpty == false else {
            guard !targets.isEmpty else { return }
            edits.set("params", of: node, to: .members(targets.map(\.member)), keys: .action)
            report.note(.action, name, "parameter", .init(added: targets.map(\.name)))
            return
        }
        let items = standing.items
        if targets.isEmpty, !items.contains(where: { $0.value.isWrittenMember }) {
            edits.remove("params", from: node)
            report.note(.action, name, "parameter", .init(removed: items.map(\.name)))
        } else {
            report.note(.action, name, "parameter", edits.update(standing, to: targets))
        }
    }
}
