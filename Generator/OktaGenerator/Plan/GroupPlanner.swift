import OktaCatalog
import YAML

/// Plans categories, with a type for each category and a function for each action.
struct GroupPlanner {
    let resolver: TypeResolver
    let places: PlaceTable
    let lists: PagedLists
    let unions: UnionGraph
    /// The base URL of Okta's reference pages. If it has no trailing `/`, it is the page for all actions.
    let reference: String

    func group(_ category: CatalogCategory, named names: SwiftNames.Group) -> PlannedGroup {
        PlannedGroup(
            category: category.name.value, summary: category.summary.value, propertyName: names.property,
            typeName: names.type,
            functions: zip(category.actions, names.functions).flatMap { planned($0, named: $1) })
    }

    private func planned(_ action: CatalogAction, named names: SwiftNames.Function) -> [PlannedFunction] {
        guard let template = action.isGeneric ? PathTemplate("/") : PathTemplate(action.path.value) else { return [] }
        let parameters = zip(action.parameters, names.parameters).map { parameter($0, named: $1) }
        let ordered = CatalogParameter.Place.allCases.flatMap { place in
            let placed = parameters.filter { $0.place == place }
            guard place == .path else { return placed.filter(\.isRequired) + placed.filter { !$0.isRequired } }
            let byName = Dictionary(texts: placed.map { ($0.wireName, $0) })
            return template.placeholders.compactMap { byName[text: $0] }
        }
        let body = action.body.map { self.body($0) }
        let pathCount = ordered.filter { $0.place == .path }.count
        var function = PlannedFunction(
            action: planned(action), swiftName: names.name, formerNames: formerNames(of: action, names.formerNames),
            template: template, parameters: ordered, body: body, bodyForms: body.flatMap(forms),
            result: result(of: action), accept: action.accept,
            reference: action.reference.map { reference.hasSuffix("/") ? reference + $0 : reference },
            otherReturns: action.otherReturns.map { ($0.status, resolver.type($0.type)) },
            deprecation: deprecation(of: action),
            omitsFirstLabel: pathCount == 1 || (pathCount == 0 && body != nil))
        var functions = [function]
        for (alternative, names) in zip(action.alternatives, names.alternatives) {
            function.swiftName = names.name
            function.formerNames = formerNames(of: action, names.formerNames)
            function.accept = alternative.media.value
            function.result = .bytes
            function.otherReturns = []
            functions.append(function)
        }
        return functions
    }

    private func planned(_ action: CatalogAction) -> PlannedAction {
        PlannedAction(
            name: action.name.value, aliases: action.aliases.map(\.value),
            formerNames: action.renames.compactMap(\.from?.value), summary: DocText.sentence(action.summary.value),
            discussion: action.discussion.map(DocText.sentence),
            operation: action.isGeneric ? nil : (action.method, action.path.value), body: action.body?.type.notation,
            returns: action.returns?.notation, accept: action.accept, isPaged: action.paging != nil,
            pageItems: action.pageItems, bodyMedia: action.body?.media ?? [], hostPrefix: action.hostPrefix?.value,
            authorization: action.authorization, scopes: action.scopes,
            lifecycle: action.lifecycle, isDeprecated: action.deprecation != nil)
    }

    private func formerNames(of action: CatalogAction, _ names: [SwiftName]) -> [PlannedFunction.FormerName] {
        zip(action.renames, names).map { PlannedFunction.FormerName(swiftName: $1, since: $0.since) }
    }

    private func parameter(_ parameter: CatalogParameter, named swiftName: SwiftName) -> PlannedParameter {
        let type = resolver.type(parameter.type)
        let facts = FactsPhrase.phrase(
            constraints: parameter.constraints, flags: parameter.isDeprecated ? ["deprecated"] : [])
        // A list of parameters documents each of them.
        let meaning = DocText.sentence(parameter.documentation ?? IdentifierWords(parameter.name.value).phrase)
        return PlannedParameter(
            wireName: parameter.name.value, swiftName: swiftName, place: parameter.place, type: type,
            isList: places.form(of: parameter.type, at: TypePlace(parameter.place)) == .texts,
            explodes: parameter.explodes, isRequired: parameter.isRequired,
            documentation: FactsPhrase.documentation(DocText.capitalized(meaning), facts))
    }

    private func body(_ body: CatalogAction.Body) -> PlannedFunction.Body {
        switch places.form(of: body) {
        case .file: .file
        case .form: .form(resolver.type(body.type))
        case .certificate: .certificate
        case .bytes: .bytes(media: body.media.first ?? "application/octet-stream")
        // A type that is not allowed there has been reported.
        case .json, .text, .texts, nil:
            .json(resolver.type(body.type), isOptional: body.isOptional, media: body.media.first)
        }
    }

    /// Returns the protocol that a body accepts.
    private func forms(of body: PlannedFunction.Body) -> SwiftName? {
        guard case .model(let name) = body.type else { return nil }
        return unions.conformance(of: name.bare).map(resolver.protocolName)
    }

    private func result(of action: CatalogAction) -> PlannedFunction.Result {
        if action.isGeneric { return .generic }
        guard let returns = action.returns else { return .none }
        if places.form(of: returns, at: .result) == .bytes { return .bytes }
        if case .array(let element)? = lists.list(of: action) { return .paged(resolver.type(element)) }
        let type = resolver.type(returns)
        switch type {
        case .array, .model, .json: return .value(type)
        default: return .scalar(type)
        }
    }

    private func deprecation(of action: CatalogAction) -> String? {
        guard let deprecation = action.deprecation else { return nil }
        let since = deprecation.since.map { "Deprecated by Okta in release \($0)" } ?? "Deprecated by Okta"
        return since + (deprecation.instead.map { "; use \($0) instead." } ?? ".")
    }
}

extension CatalogAction {
    /// The member of a page that contains its items; nil if the page is the list.
    fileprivate var pageItems: String? {
        if case .member(let name) = paging { name.value } else { nil }
    }
}
