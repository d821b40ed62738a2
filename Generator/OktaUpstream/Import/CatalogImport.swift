import OktaCatalog
import YAML

/// Adds facts from upstream's document that the catalog lacks.
///
/// It only adds lines: an existing key, parameter, field or value is a person's decision and is kept. A second run
/// changes nothing.
public struct CatalogImport: Sendable {
    /// The result of an import.
    public struct Result: Sendable {
        /// The new texts by path relative to the catalog's folder.
        public var files: [String: String]
        /// The actions whose operation upstream lacks.
        public var unmatched: [String]
        /// The number of models and enumerations added.
        public var addedDeclarations: Int
    }

    private let document: OpenAPIDocument

    /// Creates the stage for a document.
    public init(document: OpenAPIDocument) {
        self.document = document
    }

    /// Computes the additions.
    ///
    /// - Parameters:
    ///   - folder: The catalog's files; entries need only name, summary, method and path.
    ///   - diagnostics: Receives the errors in the files.
    public func fill(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Result? {
        var findings = Diagnostics()
        defer { diagnostics.append(findings.all) }
        guard
            let catalog = CatalogDecoder().decode(CatalogTrees(of: folder, reporting: &findings), reporting: &findings)?
                .catalog.resolvingAliases(), !findings.hasErrors
        else {
            return nil
        }
        let translation = Translation(of: document, for: catalog)
        findings.append(translation.translator.findings)
        var result = Result(files: [:], unmatched: [], addedDeclarations: 0)
        result.unmatched = translation.unmatched.map { "\($0.method.rawValue) \($0.path.value)" }
        var filled = folder
        do throws(Diagnostic) {
            filled.apply(try entries(in: folder, translation))
            filled.apply(try newDeclarations(in: filled, catalog, translation, count: &result.addedDeclarations))
        } catch {
            findings.report(error)
            return nil
        }
        // Only text that can be decoded again is written.
        guard
            CatalogDecoder().decode(CatalogTrees(of: filled, reporting: &findings), reporting: &findings)?.catalog
                != nil, !findings.hasErrors
        else {
            return nil
        }
        for (path, file) in filled.files where file.bytes != folder.files[path]?.bytes ?? [] {
            result.files[path] = String(decoding: file.bytes, as: UTF8.self)
        }
        return result
    }

    // MARK: Entries that stand

    private func entries(in folder: CatalogFolder, _ translation: Translation) throws(Diagnostic) -> [String: String] {
        var texts: [String: String] = [:]
        let actions = Dictionary(
            translation.actions.map { ($0.action.location.placeOfStart, $0.facts) },
            uniquingKeysWith: { first, _ in first })
        for (path, file) in folder.files.sorted(by: { $0.key < $1.key })
        where path.hasPrefix("actions/") || path.hasPrefix("models/") {
            var ignored = Diagnostics()
            guard var edits = YAMLEdits(file, reporting: &ignored) else { continue }
            for node in edits.root["actions"]?.elements ?? [] where path.hasPrefix("actions/") {
                if let facts = actions[node.location.placeOfStart] { add(facts, to: node, &edits) }
            }
            for node in edits.root["models"]?.elements ?? [] where path.hasPrefix("models/") {
                if let declaration = node.declaredName.flatMap({ translation.translator.declarations[$0] }) {
                    add(declaration, to: node, &edits)
                }
            }
            if !edits.isEmpty { texts[path] = try edits.result() }
        }
        return texts
    }

    private func add(_ facts: ActionFacts, to node: YAMLNode, _ edits: inout YAMLEdits) {
        let entries = node.entries ?? []
        let end = YAMLEdits.Position.after(entries.count - 1)
        if let standing = node["params"]?.entries, !facts.parameters.isEmpty {
            let missing = ParameterEntries(of: facts.parameters, standing: standing).entries.filter { !$0.isStanding }
            add(missing.map(\.line), to: "params", of: node, &edits)
        }
        for (key, value) in facts.values where node[key] == nil { edits.set(key, of: node, to: value, at: end) }
    }

    /// Adds new fields or values to a declaration that the catalog already has.
    private func add(_ declaration: ImportedDeclaration, to node: YAMLNode, _ edits: inout YAMLEdits) {
        guard node["sameAs"] == nil else { return }
        if let values = declaration.values {
            guard let list = node["values"] else { return }
            let standing = Set(texts: list.items.map(\.name))
            add(
                values.filter { !standing.contains(text: $0) }.map { "- \(YAMLText.scalar($0, inFlow: false))" },
                to: "values", of: node, &edits)
        } else if node["model"] != nil {
            let standing = Set(texts: (node["fields"]?.entries ?? []).map(\.name))
            add(
                declaration.fields.filter { !standing.contains(text: $0.name) }.map(\.line), to: "fields", of: node,
                &edits)
        }
    }

    /// Appends members, one per line, to those of a key.
    private func add(_ lines: [String], to key: String, of node: YAMLNode, _ edits: inout YAMLEdits) {
        guard !lines.isEmpty else { return }
        if let collection = node[key], !collection.items.isEmpty {
            for line in lines { edits.insert([line], into: collection, at: .after(collection.items.count - 1)) }
        } else {
            edits.set(key, of: node, to: .members(lines), at: .after((node.entries?.count ?? 1) - 1))
        }
    }

    // MARK: New entries

    private func newDeclarations(
        in folder: CatalogFolder, _ catalog: Catalog, _ translation: Translation, count: inout Int
    ) throws(Diagnostic) -> [String: String?] {
        let known = Set(catalog.declarations.map(\.name))
        let files = ModelFileEdits(catalog: catalog, folder: folder)
        var arrivals: [String: [ModelFileEdits.Arrival]] = [:]
        var categories: [String: String] = [:]
        for name in translation.translator.order where !known.contains(name) {
            guard let declaration = translation.translator.declarations[name], let place = translation.places[name]
            else { continue }
            let lines = declaration.lines(group: place.group, documentation: UnwrittenText.placeholder)
            let path = files.path(of: place.category)
            categories[path] = categories[path] ?? place.category
            arrivals[path, default: []].append(.init(name: name, lines: lines))
            count += 1
        }
        var texts: [String: String?] = [:]
        for (path, arriving) in arrivals {
            let category = categories[path] ?? Catalog.sharedCategory
            texts[path] = .some(try files.text(of: path, category: category, arriving: arriving, departing: []))
        }
        return texts
    }
}
