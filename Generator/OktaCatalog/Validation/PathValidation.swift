import YAML

/// Rules about methods, paths and parameters.
struct PathValidation {
    let catalog: Catalog
    let unread: UnreadParts

    var findings: [Diagnostic] {
        var findings: [Diagnostic] = []
        var operations: [OperationIdentity: CatalogAction] = [:]
        for category in catalog.categories {
            for action in category.actions {
                guard let identity = action.identity else { continue }
                guard let template = PathTemplate(action.path.value) else {
                    findings.append(
                        Diagnostic(
                            rule: "invalid-path", "`\(action.path.value)` is not a path", at: action.path.location,
                            hint: "start with `/`, close every `{`, and use letters, digits, `-`, `_`, `.` and `~` only"
                        ))
                    continue
                }
                findings += parameters(of: action, template)
                if let first = operations[identity] {
                    findings.append(
                        Diagnostic(
                            rule: "duplicate-operation", "`\(first.name.value)` already covers \(identity)",
                            at: action.path.location, hint: "make one an alias of the other",
                            notes: [.init("the first is", at: first.path.location)]))
                } else {
                    operations[identity] = action
                }
            }
        }
        return findings
    }

    private func parameters(of action: CatalogAction, _ template: PathTemplate) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let declared = action.parameters.filter { $0.place == .path }
        let names = Set(texts: declared.map(\.name.value))
        let placeholders = Set(texts: template.placeholders)
        lazy var search = NearestName(candidates: names.map(\.text))
        var places: [ExactText: Located<String>] = [:]
        for parameter in action.parameters {
            let key = ExactText("\(parameter.place.rawValue) \(parameter.name.value)")
            if let first = places[key] { findings.append(.duplicate("parameter", parameter.name, first: first)) }
            places[key] = parameter.name
        }
        var seen: Set<String> = []
        for name in template.placeholders {
            if !seen.insert(name).inserted {
                findings.append(
                    Diagnostic(
                        rule: "duplicate-placeholder", "the placeholder `{\(name)}` occurs twice in the path",
                        at: action.path.location, hint: "use two different names"))
            } else if !unread.isIncomplete(action.location), !names.contains(text: name) {
                let nearest = search.nearest(to: name)
                findings.append(
                    Diagnostic(
                        rule: "undeclared-path-parameter", "the path uses `{\(name)}`, which `params` does not declare",
                        at: action.path.location,
                        hint: nearest.map { "did you mean `{\($0)}`?" } ?? "add `\(name): {in: path, type: string}`"))
            }
        }
        for parameter in declared where !placeholders.contains(text: parameter.name.value) {
            findings.append(
                Diagnostic(
                    rule: "unused-path-parameter", "the path does not use the parameter `\(parameter.name.value)`",
                    at: parameter.name.location, hint: "remove it, or add `{\(parameter.name.value)}` to the path"))
        }
        return findings
    }
}
