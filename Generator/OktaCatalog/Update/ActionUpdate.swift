import YAML

/// Brings one action of the catalog to what Okta's document says of its operation.
struct ActionUpdate {
    let name: String
    let facts: ActionFacts

    func apply(to node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        let keys = entry.update(node, to: facts.entries, keys: .action).filter {
            !["upstream", "reference"].contains($0)
        }
        report.note(.action, name, "fact", .init(changed: keys))
        let members = facts.parameters.map { EntryUpdate.Member(name: $0.name, line: $0.line, facts: $0.entries) }
        guard let whole = node.entries?.first(where: { $0.name == "params" }), whole.value.entries != nil else {
            guard !members.isEmpty else { return }
            entry.insert(
                lines: ["params:"] + members.map { "  \($0.line)" }, key: "params", into: node, keys: .action)
            report.note(.action, name, "parameter", .init(added: members.map(\.name)))
            return
        }
        let items = whole.value.items
        if members.isEmpty, items.allSatisfy({ $0.value.pinnedKeys.isEmpty }) {
            entry.edits.removeLines(whole.key.location.start.line...whole.lastLine)
            report.note(.action, name, "parameter", .init(removed: items.map(\.name)))
        } else {
            report.note(.action, name, "parameter", entry.update(whole.value, to: members))
        }
    }
}
