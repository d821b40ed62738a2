import YAML

/// Fills a catalog with what upstream's document states and the catalog does not.
///
/// It only ever adds lines: a key, parameter, field or value that stands is a person's decision and stays. Running it
/// twice changes nothing.
public struct CatalogImport: Sendable {
    /// What an import changes.
    public struct Result: Sendable {
        /// The new texts by path below the catalog's folder.
        public var files: [String: String]
        /// The actions whose operation upstream does not have.
        public var unmatched: [String]
        /// How many models and enumerations were added.
        public var addedDeclarations: Int
    }

    private let document: OpenAPIDocument

    /// Creates the stage for a document.
    public init(document: OpenAPIDocument) {
        self.document = document
    }

    /// Computes what to add.
    ///
    /// - Parameters:
    ///   - folder: The catalog's files; entries may lack everything but name, summary, method and path.
    ///   - diagnostics: Receives what is wrong with the files.
    public func fill(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Result? {
        guard let catalog = CatalogDecoder().decodeUnchecked(folder, reporting: &diagnostics), !diagnostics.hasErrors
        else { return nil }
        let translation = Translation(of: document, for: catalog)
        let translator = translation.translator
        var result = Result(files: [:], unmatched: [], addedDeclarations: 0)
        result.unmatched = translation.unmatched.map { "\($0.method.rawValue) \($0.path.value)" }
        var insertions: [String: TextInsertions] = [:]
        let nodes = ActionNodes(folder: folder)
        for (action, facts) in translation.actions {
            if let (path, node) = nodes.entry(at: action.location) {
                add(facts, to: node, insertions: &insertions[path, default: TextInsertions()])
            }
        }
        fillKnown(catalog, from: translator, folder: folder, insertions: &insertions)
        let known = Set(catalog.modelFiles.flatMap { $0.models.map(\.name.value) + $0.enumerations.map(\.name.value) })
        var newText: [String: [String]] = [:]
        for name in translator.order where !known.contains(name) {
            guard let declaration = translator.declarations[name], let place = translation.places[name] else {
                continue
            }
            newText[place.category, default: []] += declaration.lines(group: place.group)
            result.addedDeclarations += 1
        }
        for (path, insertion) in insertions where !insertion.isEmpty {
            guard let file = folder.files[path] else { continue }
            let text = insertion.applied(to: file)
            if text != String(decoding: file.bytes, as: UTF8.self) { result.files[path] = text }
        }
        for (category, lines) in newText.sorted(by: { $0.key < $1.key }) {
            append(lines, category: category, catalog: catalog, folder: folder, to: &result.files)
        }
        return result
    }

    private func add(_ facts: ActionFacts, to node: YAMLNode, insertions: inout TextInsertions) {
        // Parameters first: where `params` is the entry's last key, both go behind the same line.
        if let params = node["params"], !params.isFlow, let standing = params.entries {
            let missing = facts.parameters.filter { parameter in !standing.contains { $0.name == parameter.name } }
            insertions.add(missing.map(\.line), afterLine: params.lastLine, indentedLike: params)
        }
        let lines = facts.lines.filter { node[$0.key] == nil }.flatMap(\.lines)
        insertions.add(lines, afterLine: node.lastLine, indentedLike: node)
    }

    /// Adds new fields and values to declarations that the catalog already has.
    private func fillKnown(
        _ catalog: Catalog, from translator: SchemaTranslator, folder: CatalogFolder,
        insertions: inout [String: TextInsertions]
    ) {
        let loader = YAMLLoader()
        for (path, file) in folder.files where path.hasPrefix("models/") {
            var ignored = Diagnostics()
            guard let root = loader.load(file, reporting: &ignored) else { continue }
            for node in root["models"]?.elements ?? [] {
                guard let name = node["model"]?.scalar ?? node["enum"]?.scalar,
                    let declaration = translator.declarations[name]
                else { continue }
                if let values = declaration.values {
                    guard let list = node["values"], let standing = list.elements else { continue }
                    let known = Set(standing.compactMap { $0.scalar ?? $0["value"]?.scalar })
                    let lines = values.filter { !known.contains($0) }
                        .map { "- \(YAMLText.scalar($0, inFlow: false))" }
                    insertions[path, default: TextInsertions()]
                        .add(lines, afterLine: list.lastLine, indentedLike: list)
                } else {
                    let standing = Set((node["fields"]?.entries ?? []).map(\.name))
                    var lines = declaration.fields.filter { !standing.contains($0.name) }.map(\.line)
                    if node["fields"] == nil, !lines.isEmpty { lines = ["fields:"] + lines.map { "  \($0)" } }
                    let sibling = node["fields"] ?? node
                    insertions[path, default: TextInsertions()]
                        .add(lines, afterLine: sibling.lastLine, indentedLike: sibling)
                }
            }
        }
    }

    private func append(
        _ lines: [String], category: String, catalog: Catalog, folder: CatalogFolder, to files: inout [String: String]
    ) {
        let existing = catalog.modelFiles.first { $0.category.value == category }
        let path =
            folder.files.first { $0.value.path == existing?.path }?.key
            ?? "models/\(fileName(of: category, in: catalog)).yaml"
        let base =
            files[path] ?? folder.files[path].map { String(decoding: $0.bytes, as: UTF8.self) }
            ?? "category: \(YAMLText.scalar(category, inFlow: false))\nmodels:\n"
        files[path] = (base.hasSuffix("\n") ? base : base + "\n") + lines.joined(separator: "\n") + "\n"
    }

    private func fileName(of category: String, in catalog: Catalog) -> String {
        guard let declared = catalog.categories.first(where: { $0.name.value == category }) else { return "shared" }
        let path = declared.name.location.file
        return path.split(separator: "/").last.map { String($0.dropLast(".yaml".count)) } ?? "shared"
    }
}
