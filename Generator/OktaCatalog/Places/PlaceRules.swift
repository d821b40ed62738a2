import YAML

/// Rules about types that can not stand where they do.
struct PlaceRules {
    let catalog: Catalog
    private let table: PlaceTable

    init(catalog: Catalog) {
        self.catalog = catalog
        table = PlaceTable(catalog: catalog)
    }

    var findings: [Diagnostic] {
        catalog.categories.flatMap(\.actions).flatMap(findings)
            + catalog.modelFiles.flatMap(\.models).flatMap(\.fields).flatMap { field in
                check(field.type, .field, "the field `\(field.name.value)`", at: field.name.location)
            }
    }

    private func findings(in action: CatalogAction) -> [Diagnostic] {
        let name = action.name
        var findings = action.parameters.flatMap(parameter)
        findings += action.body.map { check($0.type, .body, "the body of `\(name.value)`", at: name.location) } ?? []
        // That what comes in pages is a list is a rule about paging.
        let isPage = action.isPaged && action.returns?.isArray == true
        if let returns = action.returns {
            let place: TypePlace = isPage ? .pagedResult : .result
            findings += check(returns, place, "the result of `\(name.value)`", at: name.location)
        }
        for (status, type) in action.otherReturns {
            findings += check(
                type, .otherResult, "the result of `\(name.value)` under status \(status)", at: name.location)
        }
        for alternative in action.alternatives {
            let what = "the alternative `\(alternative.media.value)`"
            findings += check(alternative.type, .alternative, what, at: alternative.media.location)
        }
        return findings
    }

    /// Parameters travel as text.
    private func parameter(_ parameter: CatalogParameter) -> [Diagnostic] {
        guard table.form(of: parameter.type, at: TypePlace(parameter.place)) == nil else { return [] }
        return [
            Diagnostic(
                rule: "parameter-type", "a parameter can not carry `\(parameter.type.notation)`",
                at: parameter.name.location,
                hint: "use `string`, another scalar, an enumeration or a list of one")
        ]
    }

    private func check(
        _ type: TypeExpression, _ place: TypePlace, _ what: String, at location: SourceLocation
    ) -> [Diagnostic] {
        guard let obstacle = table.obstacle(in: type, at: place) else { return [] }
        return [
            Diagnostic(
                rule: "type-out-of-place", "\(what) can not be `\(type.notation)`", at: location,
                hint: hint(obstacle.type, obstacle.place))
        ]
    }

    private func hint(_ type: TypeExpression, _ place: TypePlace) -> String {
        switch (type, place) {
        case (_, .alternative): "what comes under another media type is read as `bytes`"
        case (.builtin(.bytes), _):
            "`bytes` stands for a whole body or result; inside JSON use `base64`, which is text"
        case (.builtin(.certificate), .result), (.builtin(.certificate), .pagedResult):
            "`certificate` is only sent; what comes back is `bytes`"
        case (.builtin(.file), .result), (.builtin(.file), .pagedResult):
            "`file` is only sent; what comes back is `bytes`"
        default: "`\(type.notation)` stands for a whole body; inside JSON use `string`, `base64` or `json`"
        }
    }
}
