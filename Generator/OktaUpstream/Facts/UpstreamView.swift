import OktaCatalog
import YAML

/// Reads Okta's document as the catalog that would result if every fact came from it.
///
/// Names of actions, models and enumerations are kept, as are pinned facts; descriptions are omitted.
public struct UpstreamView {
    private let catalog: Catalog
    private let document: OpenAPIDocument

    /// Prepares reading a document with the names of a catalog.
    public init(catalog: Catalog, document: OpenAPIDocument) {
        self.catalog = catalog
        self.document = document
    }

    /// The catalog of the operations that both have; nil when it cannot be read, which is reported to `diagnostics`.
    public func derive(reporting diagnostics: inout Diagnostics) -> Catalog? {
        let translation = Translation(of: document, for: catalog.withoutFacts, standing: catalog, pins: pins)
        let facts = Dictionary(
            translation.actions.map { ($0.action.location, $0.facts) }, uniquingKeysWith: { first, _ in first })
        var files: [String: SourceFile] = ["catalog.yaml": head]
        for (index, category) in catalog.categories.enumerated() {
            var lines = ["category: \(quoted(category.name.value))", "summary: none"]
            if let name = category.swiftName { lines.append("swift: \(quoted(name.value))") }
            let actions = category.actions.flatMap { action in
                facts[action.location].map { self.lines(of: action, facts: $0) } ?? []
            }
            lines += actions.isEmpty ? ["actions: []"] : ["actions:"] + actions
            files["actions/\(index).yaml"] = file(lines)
        }
        let translator = translation.translator
        let declarations = translator.order.compactMap { translator.declarations[$0] }
        var lines = ["category: \(Catalog.sharedCategory)"]
        lines += declarations.isEmpty ? ["models: []"] : ["models:"]
        files["models/shared.yaml"] = file(lines + declarations.flatMap { $0.lines(group: $0.name).map { "  \($0)" } })
        var derived = CatalogDecoder().decode(
            CatalogTrees(of: CatalogFolder(files: files), reporting: &diagnostics), reporting: &diagnostics)?.catalog
        derived?.keepPinned(of: catalog)
        return derived
    }

    private var pins: Translation.Pins {
        var pins = Translation.Pins()
        for (name, upstream) in catalog.declarations {
            pins.usedNames.insert(name)
            if let upstream, pins.names[text: upstream] == nil { pins.names[text: upstream] = name }
        }
        for model in catalog.modelFiles.flatMap(\.models) {
            for field in model.fields where field.pinned.contains("type") {
                pins.fields[model.name.value, default: [:]][text: field.name.value] = field.type
            }
        }
        return pins
    }

    private func lines(of action: CatalogAction, facts: ActionFacts) -> [String] {
        var lines = ["action: \(quoted(action.name.value))", "summary: none"]
        if let name = action.swiftName { lines.append("swift: \(quoted(name.value))") }
        lines += ["method: \(action.method.rawValue)", "path: \(quoted(action.path.value))"]
        lines += facts.values.flatMap { $0.value.entry(under: $0.key) }
        return lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
    }

    private var head: SourceFile {
        file(
            [
                "grammar: 1", "service: \(quoted(catalog.service.name))", "module: \(catalog.service.module.value)",
                "reference: \(quoted(catalog.service.reference))", "categories:",
            ] + catalog.categories.map { "  - \(quoted($0.name.value))" })
    }

    private func quoted(_ text: String) -> String { YAMLText.scalar(text, inFlow: false) }

    private func file(_ lines: [String]) -> SourceFile {
        SourceFile(path: "", text: lines.joined(separator: "\n") + "\n")
    }
}
