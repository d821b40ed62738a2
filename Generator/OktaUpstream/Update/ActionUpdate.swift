import OktaCatalog
import YAML

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
