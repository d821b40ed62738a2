import YAML

/// Rules about categories and the names of actions in them.
struct CategoryValidation {
    let catalog: Catalog
    let order: [Located<String>]
    let unread: UnreadParts

    var findings: [Diagnostic] {
        var findings: [Diagnostic] = []
        var listed: [ExactText: Located<String>] = [:]
        for name in order {
            if let first = listed[text: name.value] {
                findings.append(.duplicate("category", name, first: first))
            }
            listed[text: name.value] = name
        }
        var declared: [ExactText: Located<String>] = [:]
        for category in catalog.categories {
            let name = category.name
            if let first = declared[text: name.value] { findings.append(.duplicate("category", name, first: first)) }
            declared[text: name.value] = name
            if listed[text: name.value] == nil, !unread.contains(.order) {
                findings.append(
                    Diagnostic(
                        rule: "unlisted-category", "the category `\(name.value)` is not listed in catalog.yaml",
                        at: name.location, hint: "add it to `categories` in catalog.yaml, which sets the order"))
            }
            findings += names(of: category)
        }
        guard !unread.contains(.categories) else { return findings }
        let nearestDeclared = NearestName(candidates: declared.keys.map(\.text))
        for name in order where declared[text: name.value] == nil {
            findings.append(
                Diagnostic(
                    rule: "unknown-category", "no file of `actions` declares the category `\(name.value)`",
                    at: name.location,
                    hint: nearestDeclared.nearest(to: name.value).map { "did you mean `\($0)`?" }
                        ?? "add its file, or remove the name"))
        }
        // A listed but undeclared category is reported there.
        let categories = Set(declared.keys).union([ExactText(Catalog.sharedCategory)]).union(
            order.map { ExactText($0.value) })
        let nearestCategory = NearestName(candidates: categories.map(\.text))
        for file in catalog.modelFiles where !categories.contains(text: file.category.value) {
            findings.append(
                Diagnostic(
                    rule: "unknown-category", "there is no category `\(file.category.value)`",
                    at: file.category.location,
                    hint: nearestCategory.nearest(to: file.category.value).map { "did you mean `\($0)`?" }
                        ?? "models that serve several categories are `Shared`"))
        }
        return findings
    }

    private func names(of category: CatalogCategory) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if category.summary.value.isUnwritten {
            findings.append(
                Diagnostic(
                    rule: "missing-summary", "the category `\(category.name.value)` has no summary yet",
                    at: category.summary.location, hint: "describe its actions in one sentence"))
        }
        var names: [ExactText: Located<String>] = [:]
        for action in category.actions {
            if let first = names[text: action.name.value] {
                findings.append(.duplicate("action", action.name, first: first))
            }
            names[text: action.name.value] = action.name
            if action.summary.value.isUnwritten {
                findings.append(
                    Diagnostic(
                        rule: "missing-summary", "the action `\(action.name.value)` has no summary yet",
                        at: action.summary.location, hint: "describe in one sentence what it does"))
            }
        }
        return findings
    }
}

extension Diagnostic {
    /// Returns the error for a name that must be unique but occurs twice.
    static func duplicate(_ what: String, _ name: Located<String>, first: Located<String>) -> Diagnostic {
        Diagnostic(
            rule: "duplicate-\(what)", "the \(what) `\(name.value)` is declared twice", at: name.location,
            hint: "rename or remove one of them", notes: [.init("it is first declared", at: first.location)])
    }
}
