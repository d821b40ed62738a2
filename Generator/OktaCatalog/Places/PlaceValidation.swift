import YAML

/// Rules about types at positions where they are not allowed.
struct PlaceValidation {
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
        // A separate rule requires that a paged result is a list.
        let isPage = action.paging == .link && action.returns?.isArray == true
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

    /// Checks a parameter, which must have a text form.
    private func parameter(_ parameter: CatalogParameter) -> [Diagnostic] {
        guard table.form(of: parameter.type, at: TypePlace(parameter.place)) == nil else { return [] }
        return [
            Diagnostic(
                rule: "parameter-type", "a parameter cannot have the type `\(parameter.type.notation)`",
                at: parameter.name.location,
                hint: "use `string`, another scalar, an enumeration or a list of one")
        ]
    }

    private func check(
        _ type: TypeExpression, _ place: TypePlace, _ what: @autoclosure () -> String, at location: SourceLocation
    ) -> [Diagnostic] {
        guard let obstacle = table.obstacle(in: type, at: place) else { return [] }
        return [
            Diagnostic(
                rule: "type-out-of-place", "\(what()) cannot be `\(type.notation)`", at: location,
                hint: hint(obstacle.type, obstacle.place))
        ]
    }

    private func hint(_ type: TypeExpression, _ place: TypePlace) -> String {
        switch (type, place) {
        case (_, .alternative): "a response with another media type is read as `bytes`"
        case (.builtin(.bytes), _):
            "`bytes` is only for a whole body or result; inside JSON use `base64`, which is text"
        case (.builtin(.certificate), .result), (.builtin(.certificate), .pagedResult):
            "`certificate` is only for requests; use `bytes` for responses"
        case (.builtin(.file), .result), (.builtin(.file), .pagedResult):
            "`file` is only for requests; use `bytes` for responses"
        default: "`\(type.notation)` is only for a whole body; inside JSON use `string`, `base64` or `json`"
        }
    }
}
