import OktaCatalog
import YAML

/// What `Spec/upstream.yaml` says of upstream's operations.
enum DispositionFamily {
    static let undecided = DriftRule(
        "operation-undecided", wire: .warning, source: .warning, "Okta's document has it, and nobody has decided on it",
        advice: "Give it an action, or an entry in `Spec/upstream.yaml`: ignored with a reason, or to do.")
    static let stale = DriftRule(
        "disposition-stale", wire: .warning, source: .warning, "the entry under `{list}` is out of date: {reason}",
        advice: "Remove the entry from `Spec/upstream.yaml`, so that the file says what is true.")
    static let gone = DriftRule(
        "operation-gone", wire: .error, source: .error, "Okta's document does not have it any more",
        advice: "Deprecate the action; list it under `gone` in `Spec/upstream.yaml` while orgs still answer.")

    static let rules = [undecided, stale, gone]

    /// Compares the dispositions of a catalog with the operations of a document.
    static func compare(_ catalog: Catalog, with document: OpenAPIDocument, into collector: inout ChangeCollector) {
        let index = DispositionIndex(catalog)
        for operation in document.operations where index[operation.identity] == nil {
            collector.add(
                Change(
                    undecided, operation.identity.description, operation: operation.identity,
                    new: operation.node.location))
        }
        let standing = Set(document.operations.map(\.identity))
        let dispositions = catalog.dispositions
        let expectedGone = Set(dispositions?.gone.map(\.value) ?? [])
        for action in catalog.categories.flatMap(\.actions) {
            guard let identity = action.identity, !standing.contains(identity), !expectedGone.contains(identity) else {
                continue
            }
            collector.add(Change(gone, identity.description, operation: identity, old: action.location))
        }
        let actions = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        func report(_ entry: Located<OperationIdentity>, _ list: String, _ reason: String) {
            collector.add(
                Change(
                    stale, entry.value.description, [.init("list", list), .init("reason", reason)],
                    operation: entry.value, old: entry.location))
        }
        let ignored = dispositions?.ignored.flatMap(\.operations) ?? []
        for (list, entries) in [("ignored", ignored), ("toDo", dispositions?.toDo ?? [])] {
            for entry in entries {
                if !standing.contains(entry.value) {
                    report(entry, list, "Okta's document does not have the operation")
                }
                if actions.contains(entry.value) { report(entry, list, "an action stands for the operation") }
            }
        }
        for entry in dispositions?.gone ?? [] {
            if standing.contains(entry.value) { report(entry, "gone", "Okta's document has the operation again") }
            if !actions.contains(entry.value) { report(entry, "gone", "no action stands for the operation") }
        }
    }
}
