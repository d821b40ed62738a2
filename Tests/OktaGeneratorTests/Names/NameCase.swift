import OktaCatalog
import YAML

/// A catalog in a few lines, with its Swift names.
struct NameCase {
    let catalog: Catalog
    let names: SwiftNames

    /// Decodes a catalog with one category. Nil if it cannot be decoded.
    init?(actions: String = "", models: String = "", category: String = "category: Odds", module: String = "M") {
        let categoryName = category.split(separator: "\n")[0].dropFirst("category: ".count)
        let texts = [
            "catalog.yaml":
                "grammar: 1\nservice: S\nmodule: \(module)\nreference: https://example.com/\ncategories: [\(categoryName)]\n",
            "actions/odds.yaml": "\(category)\nsummary: Odds.\nactions:\(actions.isEmpty ? " []" : "\n" + actions)\n",
            "models/odds.yaml": "category: \(categoryName)\nmodels:\(models.isEmpty ? " []" : "\n" + models)\n",
        ]
        var diagnostics = Diagnostics()
        let decoded = CatalogLoader().load(CatalogFolder(texts: texts), reporting: &diagnostics)
        guard let decoded else { return nil }
        catalog = decoded
        names = SwiftNames(decoded)
    }

    /// The rules that reject a name.
    var rules: [String] { names.findings.map(\.rule) }
}
