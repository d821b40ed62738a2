import YAML

/// Reads Okta's document as the catalog that it would be if every fact came from there.
///
/// Names of actions, models and enumerations stay those of the catalog; words are left out.
public struct UpstreamView {
    private let catalog: Catalog
    private let document: OpenAPIDocument

    /// Prepares the reading of a document with the names of a catalog.
    public init(catalog: Catalog, document: OpenAPIDocument) {
        self.catalog = catalog
        self.document = document
    }

    /// The catalog of the operations that both have; nil when it can not be read, which `diagnostics` then tells.
    public func derive(reporting diagnostics: inout Diagnostics) -> Catalog? {
        let declared = catalog.modelFiles.flatMap {
            $0.models.map { ($0.name.value, $0.upstream) } + $0.enumerations.map { ($0.name.value, $0.upstream) }
        }
        let pinned = Dictionary(
            declared.compactMap { name, upstream in upstream.map { ($0.value, name) } },
            uniquingKeysWith: { first, _ in first })
        var translator = SchemaTranslator(
            document: document, pinnedNames: pinned, pinnedFields: [:], usedNames: Set(declared.map(\.0)))
        var files: [String: SourceFile] = ["catalog.yaml": head]
        var roots: [String] = []
        for (index, category) in catalog.categories.enumerated() {
            var lines = ["category: \(quoted(category.name.value))", "summary: none"]
            if let name = category.swiftName { lines.append("swift: \(quoted(name.value))") }
            var actions: [String] = []
            for action in category.actions where !action.isGeneric {
                guard let operation = document.operation(action.method.rawValue, action.path.value) else { continue }
                // Types that the catalog pins would hide what the document says of them.
                var bare = action
                bare.parameters = []
                bare.body = nil
                bare.returns = nil
                bare.otherReturnsByStatus = [:]
                let facts = ActionFacts(of: operation, action: bare, translator: &translator)
                roots += facts.roots
                actions += self.lines(of: action, facts: facts)
            }
            lines += actions.isEmpty ? ["actions: []"] : ["actions:"] + actions
            files["actions/\(index).yaml"] = file(lines)
        }
        translator.roots = Set(roots)
        translator.finish()
        let declarations = translator.order.compactMap { translator.declarations[$0] }
        var lines = ["category: \(Catalog.sharedCategory)"]
        lines += declarations.isEmpty ? ["models: []"] : ["models:"]
        files["models/shared.yaml"] = file(lines + declarations.flatMap { $0.lines(group: $0.name) })
        return CatalogDecoder().decodeUnchecked(CatalogFolder(files: files), reporting: &diagnostics)
    }

    private func lines(of action: CatalogAction, facts: ActionFacts) -> [String] {
        var lines = ["action: \(quoted(action.name.value))", "summary: none"]
        if let name = action.swiftName { lines.append("swift: \(quoted(name.value))") }
        lines += ["method: \(action.method.rawValue)", "path: \(quoted(action.path.value))"]
        lines += facts.lines.flatMap(\.lines)
        return lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
    }

    private var head: SourceFile {
        file(
            [
                "grammar: 1", "service: \(quoted(catalog.service.name))", "module: \(catalog.service.module)",
                "reference: \(quoted(catalog.service.reference))", "categories:",
            ] + catalog.categories.map { "  - \(quoted($0.name.value))" })
    }

    private func quoted(_ text: String) -> String { YAMLText.scalar(text, inFlow: false) }

    private func file(_ lines: [String]) -> SourceFile {
        SourceFile(path: "", text: lines.joined(separator: "\n") + "\n")
    }
}
