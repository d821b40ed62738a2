import YAML

/// Rules about `upstream.yaml` that need no document: entries that contradict the catalog.
struct DispositionValidation {
    let catalog: Catalog
    let unread: UnreadParts

    var findings: [Diagnostic] {
        guard let dispositions = catalog.dispositions else { return [] }
        let covered = Dictionary(
            catalog.categories.flatMap(\.actions).compactMap { action in action.identity.map { ($0, action) } },
            uniquingKeysWith: { first, _ in first })
        var findings: [Diagnostic] = []
        var seen: [OperationIdentity: Located<String>] = [:]
        for operation in dispositions.withoutAction + dispositions.gone {
            let shown = Located(operation.value.description, at: operation.location)
            if let first = seen[operation.value] { findings.append(.duplicate("disposition", shown, first: first)) }
            seen[operation.value] = shown
        }
        for operation in dispositions.withoutAction {
            guard let action = covered[operation.value] else { continue }
            findings.append(
                Diagnostic(
                    .warning, rule: "stale-disposition",
                    "the action `\(action.name.value)` now covers \(operation.value)", at: operation.location,
                    hint: "remove the operation here: an action needs no entry",
                    notes: [.init("the action is", at: action.name.location)]))
        }
        let names = Set(texts: catalog.categories.map(\.name.value))
        let nearestName = NearestName(candidates: names.map(\.text))
        for category in dispositions.cover.map(\.category)
        where !names.contains(text: category.value) && !unread.contains(.categories) {
            let nearest = nearestName.nearest(to: category.value)
            findings.append(
                Diagnostic(
                    .warning, rule: "unknown-category", "there is no category `\(category.value)` yet",
                    at: category.location,
                    hint: (nearest.map { "did you mean `\($0)`? otherwise " } ?? "")
                        + "`okta-generator update` creates it"))
        }
        for operation in dispositions.gone where covered[operation.value] == nil && !unread.contains(.actions) {
            findings.append(
                Diagnostic(
                    .warning, rule: "stale-disposition", "\(operation.value) no longer has an action",
                    at: operation.location, hint: "remove the operation here: it no longer exists on either side"))
        }
        return findings
    }
}
