import OktaCatalog
import YAML

/// Writes the module's DocC catalog: a page that lists the categories, and a page for each of them with its models.
struct DocumentationEmitter {
    let plan: Plan

    /// Returns the pages by path.
    func files() -> [String: String] {
        let types = Dictionary(grouping: plan.modelFiles, by: { ExactText($0.category) })
            .mapValues { $0.flatMap(\.types).flatMap(Self.names).sorted() }
        let categories = Set(texts: plan.groups.map(\.category))
        var files = [path(of: "\(plan.module.bare)"): index(types.filter { !categories.contains($0.key) })]
        for group in plan.groups {
            let models = types[ExactText(group.category)] ?? []
            guard !models.isEmpty else { continue }
            var page = MarkdownPrinter(symbol: plan.module, group.typeName)
            page.heading("Topics", level: 2)
            page.heading("Models", level: 3)
            page.links(to: models)
            files[path(of: group.typeName.bare)] = page.text
        }
        return files
    }

    private func path(of page: String) -> String { "Documentation.docc/\(page).md" }

    /// Returns the module's page.
    ///
    /// - Parameter others: The types that belong to no category of actions.
    private func index(_ others: [ExactText: [SwiftName]]) -> String {
        var page = MarkdownPrinter(symbol: plan.module)
        let actions = plan.groups.reduce(0) { $0 + $1.listedFunctions.count }.counted("action")
        let categories = plan.groups.count.counted("category", plural: "categories")
        page.paragraph(.prose("\(actions) in \(categories), with the models of their parameters and results."))
        if let server = plan.server {
            page.paragraph(
                "Calls go to \(DocText.code(server)), not to an org: create the client with the URL of that server.")
        }
        page.table(
            ["Category", "In Swift", "Actions", "Description"],
            plan.groups.map { group in
                [
                    "``\(group.typeName)``", "`okta.\(group.propertyName)`",
                    "\(group.listedFunctions.count)", .sentence(group.summary),
                ]
            })
        guard !plan.groups.isEmpty || !others.isEmpty else { return page.text }
        page.heading("Topics", level: 2)
        if !plan.groups.isEmpty { page.heading("Categories", level: 3) }
        page.links(to: plan.groups.map(\.typeName))
        for (category, names) in others.sorted(by: { $0.key < $1.key }) {
            page.heading("\(DocText.prose(category.text)) models", level: 3)
            page.links(to: names)
        }
        return page.text
    }

    /// Returns the declarations that a type leads to.
    private static func names(of type: PlannedType) -> [SwiftName] {
        guard case .model(let model) = type else { return [type.name] }
        let fields = model.isExtended ? [DerivedNames.fields(of: model.name)] : []
        return [model.name] + fields + [model.declaredMarker].compactMap { $0 }
    }
}
