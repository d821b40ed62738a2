import YAML

/// Rules about rare properties of calls: pages, another host, lists in the query, and forms.
struct CallValidation {
    let catalog: Catalog
    let unread: UnreadParts

    var findings: [Diagnostic] {
        let lists = PagedLists(catalog: catalog)
        let models = Set(texts: catalog.modelFiles.flatMap(\.models).map(\.name.value))
        var findings: [Diagnostic] = []
        for action in catalog.categories.flatMap(\.actions) where !unread.isIncomplete(action.location) {
            findings += paging(of: action, lists)
            findings += hostPrefix(of: action)
            findings += action.parameters.filter { $0.explodes }.compactMap(explosion)
            findings += form(of: action, models)
        }
        return findings
    }

    private func paging(of action: CatalogAction, _ lists: PagedLists) -> [Diagnostic] {
        guard let paging = action.paging, action.method != .get || lists.list(of: action) == nil else { return [] }
        guard case .member(let name) = paging, action.method == .get else {
            return [
                Diagnostic(
                    rule: "paging-without-list", "only a GET that returns a list can be paged",
                    at: action.name.location, hint: "remove `paging`, or return `[Model]`")
            ]
        }
        // The fields of the response must be known.
        guard !unread.contains(.models), !unread.contains(.corrections) else { return [] }
        let known = lists.lists(in: action.returns)
        let nearest = NearestName(candidates: known).nearest(to: name.value) ?? (known.count == 1 ? known[0] : nil)
        return [
            Diagnostic(
                rule: "paging-without-list", "the response of `\(action.name.value)` has no list `\(name.value)`",
                at: name.location,
                hint: nearest.map { "did you mean `\($0)`?" }
                    ?? "`returns` names a model, and `items` its field with the list")
        ]
    }

    private func hostPrefix(of action: CatalogAction) -> [Diagnostic] {
        guard let prefix = action.hostPrefix, !prefix.value.isHostLabel else { return [] }
        return [
            Diagnostic(
                rule: "invalid-host-prefix", "`\(prefix.value)` is not a label of a host", at: prefix.location,
                hint: "write the label in front of the org's host: letters in lower case, digits and `-`")
        ]
    }

    private func explosion(_ parameter: CatalogParameter) -> Diagnostic? {
        guard parameter.place != .query || !parameter.type.isArray else { return nil }
        return Diagnostic(
            rule: "explode-without-list", "only a list in the query can be sent as one parameter per element",
            at: parameter.name.location, hint: "remove `explode`, or write `in: query` and a type such as `[string]`")
    }

    private func form(of action: CatalogAction, _ models: Set<ExactText>) -> [Diagnostic] {
        guard let body = action.body, body.isForm else { return [] }
        if case .named(let name) = body.type, models.contains(text: name.value) { return [] }
        // An unknown name is reported elsewhere.
        if case .named = body.type, unread.contains(.models) { return [] }
        return [
            Diagnostic(
                rule: "form-without-model", "the body of `\(action.name.value)` is a form, which consists of members",
                at: action.name.location, hint: "use a model for the type of the body")
        ]
    }
}

extension String {
    /// Whether the text can be one label of a host name, in lower case.
    package var isHostLabel: Bool {
        let hasOnlyLabelBytes = utf8.allSatisfy { $0.isASCIILowercase || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
        return hasOnlyLabelBytes && !isEmpty && utf8.count <= 63 && !hasPrefix("-") && !hasSuffix("-")
    }
}
