import OktaCatalog
import YAML

/// Updates one action of the catalog to Okta's document.
struct ActionUpdate {
    let name: String
    let facts: ActionFacts

    func apply(to node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        let keys = entry.update(node, to: facts.entries, keys: .action).filter {
            !["upstream", "reference"].contains($0)
        }
        report.note(.action, name, "fact", .init(changed: keys))
        let standing = node["params"]
        let parameters = ParameterEntries(of: facts.parameters, standing: standing?.entries ?? []).entries
        let members = parameters.map { EntryUpdate.Member(name: $0.key, line: $0.line, facts: $0.facts) }
        guard let standing, standing.entries?.isEmpty == false else {
            guard !members.isEmpty else { return }
            entry.set("params", of: node, to: .members(members.map(\.line)), keys: .action)
            report.note(.action, name, "parameter", .init(added: members.map(\.name)))
            return
        }
        let items = standing.items
        if members.isEmpty, items.allSatisfy({ $0.value.pinnedKeys.isEmpty }) {
            entry.remove("params", from: node)
            report.note(.action, name, "parameter", .init(removed: items.map(\.name)))
        } else {
            report.note(.action, name, "parameter", entry.update(standing, to: members))
        }
    }
}
