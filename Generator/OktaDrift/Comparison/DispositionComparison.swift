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
        func report(_ entry: Located<OperationIdentity>, _ list: String, _ reason: StaleReason) {
            collector.add(
                Change(
                    DispositionRules.stale,
                    ChangeSite(entry.value.description, operation: entry.value, old: entry.location),
                    [.init("list", list), .init("reason", reason.rawValue, shown: reason.words)]))
        }
        let ignored = dispositions?.ignored.flatMap(\.operations) ?? []
        for (list, entries) in [("ignored", ignored), ("toDo", dispositions?.toDo ?? [])] {
            for entry in entries {
                if !standing.contains(entry.value) { report(entry, list, .notInDocument) }
                if actions.contains(entry.value) { report(entry, list, .hasAction) }
            }
        }
        for entry in dispositions?.gone ?? [] {
            if standing.contains(entry.value) { report(entry, "gone", .inDocument) }
            if !actions.contains(entry.value) { report(entry, "gone", .hasNoAction) }
        }
    }

    /// Why an entry is out of date. Fingerprints depend on the raw values.
    private enum StaleReason: String {
        case notInDocument = "not-in-document"
        case inDocument = "in-document"
        case hasAction = "has-action"
        case hasNoAction = "has-no-action"

        var words: String {
            switch self {
            case .notInDocument: "Okta's document does not have the operation"
            case .inDocument: "Okta's document has the operation again"
            case .hasAction: "an action covers the operation"
            case .hasNoAction: "no action covers the operation"
            }
        }
    }
}
