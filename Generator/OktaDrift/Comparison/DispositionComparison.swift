import OktaCatalog
import OktaUpstream
import YAML

/// Compares a catalog's `upstream.yaml` with the operations of a document.
struct DispositionComparison {
    let catalog: Catalog
    let document: OpenAPIDocument

    func compare(into collector: inout ChangeCollector) {
        let index = DispositionIndex(catalog)
        for operation in document.operations where index[operation.identity] == nil {
            let identity = operation.identity
            collector.add(
                Change(
                    DispositionRules.undecided,
                    ChangeSite(identity.description, operation: identity, new: operation.node.location)))
        }
        let standing = Set(document.operations.map(\.identity))
        let dispositions = catalog.dispositions
        let expectedGone = Set(dispositions?.gone.map(\.value) ?? [])
        for action in catalog.categories.flatMap(\.actions) {
            guard let identity = action.identity, !standing.contains(identity) else { continue }
            collector.add(
                Change(
                    expectedGone.contains(identity) ? DispositionRules.kept : DispositionRules.gone,
                    ChangeSite(identity.description, operation: identity, old: action.location)))
        }
        compareEntries(standing: standing, into: &collector)
    }

    private func compareEntries(standing: Set<OperationIdentity>, into collector: inout ChangeCollector) {
        let dispositions = catalog.dispositions
        let actions = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        func report(_ entry: Located<OperationIdentity>, _ list: String, _ reason: String) {
            collector.add(
                Change(
                    DispositionRules.stale,
                    ChangeSite(entry.value.description, operation: entry.value, old: entry.location),
                    [.init("list", list), .init("reason", reason)]))
        }
        let ignored = dispositions?.ignored.flatMap(\.operations) ?? []
        for (list, entries) in [("ignored", ignored), ("toDo", dispositions?.toDo ?? [])] {
            for entry in entries {
                if !standing.contains(entry.value) {
                    report(entry, list, "Okta's document does not have the operation")
                }
                if actions.contains(entry.value) { report(entry, list, "an action covers the operation") }
            }
        }
        for entry in dispositions?.gone ?? [] {
            if standing.contains(entry.value) { report(entry, "gone", "Okta's document has the operation again") }
            if !actions.contains(entry.value) { report(entry, "gone", "no action covers the operation") }
        }
    }
}
