import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The facts of a document are the same in a catalog and in the text that an import writes.
@Suite(.longCalculation) struct UpstreamFactsTests {
    /// The entries of a catalog by name, without locations, words and files.
    private struct Entries {
        var byName: [String: String] = [:]

        init(of catalog: Catalog) {
            for category in catalog.categories {
                for action in category.actions {
                    byName["\(category.name.value) \(action.name.value)"] = Self.text(action)
                }
            }
            for var model in catalog.modelFiles.flatMap(\.models) {
                (model.documentation, model.group) = (nil, "")
                byName[model.name.value] = Self.text(model)
            }
            for var enumeration in catalog.modelFiles.flatMap(\.enumerations) {
                (enumeration.documentation, enumeration.group) = (nil, "")
                byName[enumeration.name.value] = Self.text(enumeration)
            }
        }

        private static func text(_ value: Any) -> String {
            if value is YAML.SourceLocation { return "" }
            let mirror = Mirror(reflecting: value)
            guard !mirror.children.isEmpty else { return String(describing: value) }
            var parts = mirror.children.map { "\($0.label ?? "")=\(text($0.value))" }
            if mirror.displayStyle == .set || mirror.displayStyle == .dictionary { parts.sort() }
            return "(\(parts.joined(separator: ", ")))"
        }
    }

    /// A catalog of the same actions, without facts.
    private func bare(_ catalog: Catalog) -> CatalogFolder {
        func quoted(_ text: String) -> String {
            "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        var texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories:\n"
                + catalog.categories.map { "  - \(quoted($0.name.value))\n" }.joined()
        ]
        for (index, category) in catalog.categories.enumerated() {
            let actions = category.actions.filter { !$0.isGeneric }
            var text = "category: \(quoted(category.name.value))\nsummary: Words.\n"
            text += actions.isEmpty ? "actions: []\n" : "actions:\n"
            for action in actions {
                text += "  - action: \(quoted(action.name.value))\n    summary: Words.\n"
                text += "    method: \(action.method.rawValue)\n    path: \(quoted(action.path.value))\n"
            }
            texts["actions/\(index).yaml"] = text
        }
        return CatalogFolder(texts: texts)
    }

    @Test("Facts: a catalog derived from a document equals the result of an import", arguments: GoldenDocument.all)
    func catalogOfImport(_ golden: GoldenDocument) throws {
        let document = try golden.document()
        var diagnostics = Diagnostics()
        let whole = try #require(CatalogLoader().load(try golden.folder(), reporting: &diagnostics))
        var folder = bare(whole)
        diagnostics = Diagnostics()
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
        let result = try #require(
            CatalogImport(document: document).fill(folder, reporting: &diagnostics), "\(diagnostics.all)")
        for (path, text) in result.files { folder.files[path] = SourceFile(path: path, text: text) }
        let written = Entries(of: try #require(CatalogLoader().load(folder, reporting: &diagnostics))).byName
        let direct = Entries(of: UpstreamFacts.catalog(catalog, from: document).catalog).byName
        #expect(direct.count > 3)
        for (name, entry) in direct { #expect(written[name] == entry, "\(name)") }
        #expect(written.keys.filter { direct[$0] == nil }.count == result.unmatched.count)
    }
}
