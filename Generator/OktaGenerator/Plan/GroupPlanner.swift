import OktaCatalog
import YAML

/// Plans categories: a type for each, a function for each action.
struct GroupPlanner {
    let resolver: TypeResolver
    let places: PlaceTable
    let unions: UnionGraph
    /// The start of the addresses of Okta's reference pages.
    let reference: String
    private(set) var findings: [Diagnostic] = []

    init(resolver: TypeResolver, places: PlaceTable, unions: UnionGraph, reference: String) {
        self.resolver = resolver
        self.places = places
        self.unions = unions
        self.reference = reference
    }

    mutating func group(_ category: CatalogCategory, types: inout NameRegistry) -> PlannedGroup {
        let name = category.swiftName?.value ?? IdentifierWords(category.name.value).lowerCamelCase
        let typeName = IdentifierWords(name).upperCamelCase + "Actions"
        let origin = category.swiftName ?? category.name
        let type = types.declare(typeName, for: origin, what: "type")
        // Two groups with one property have one type, too.
        let property = types.identifier(SwiftIdentifier.member(name), for: origin, what: "group") ?? .reported
        var functionNames = NameRegistry()
        let functions = category.actions.flatMap { planned($0, names: &functionNames) }
        findings += functionNames.findings
        return PlannedGroup(
            category: category.name.value, summary: category.summary.value, propertyName: property,
            typeName: type, functions: functions)
    }

    private mutating func planned(_ action: CatalogAction, names: inout NameRegistry) -> [PlannedFunction] {
        let base = action.swiftName?.value ?? IdentifierWords(action.name.value).lowerCamelCase
        let swiftName = names.declare(
            SwiftIdentifier.function(base), for: action.swiftName ?? action.name, what: "function")
        guard let template = action.isGeneric ? PathTemplate("/") : PathTemplate(action.path.value) else { return [] }
        var parameterNames = NameRegistry()
        let parameters = action.parameters.map { parameter($0, names: &parameterNames) }
        findings += parameterNames.findings
        let ordered = CatalogParameter.Place.allCases.flatMap { place in
            let placed = parameters.filter { $0.place == place }
            guard place == .path else { return placed.filter(\.isRequired) + placed.filter { !$0.isRequired } }
            return template.placeholders.compactMap { name in placed.first { $0.wireName == name } }
        }
        let body = action.body.map { self.body($0) }
        let requiredCount = ordered.filter { $0.place == .path }.count
        var function = PlannedFunction(
            action: action, swiftName: swiftName, formerNames: formerNames(of: action, names: &names),
            template: template, parameters: ordered, body: body, bodyForms: body.flatMap(forms),
            result: result(of: action), accept: action.accept,
            reference: action.reference.map { reference + $0 },
            otherReturns: action.otherReturns.map { ($0.status, resolver.type($0.type)) },
            deprecation: deprecation(of: action),
            omitsFirstLabel: requiredCount == 1 || (requiredCount == 0 && body != nil))
        var functions = [function]
        for alternative in action.alternatives {
            let suffix = IdentifierWords(alternative.media.value.split(separator: "/").last.map(String.init) ?? "")
                .upperCamelCase
            function.swiftName = names.declare(
                SwiftIdentifier.function("\(base)As\(suffix)"), for: alternative.media, what: "function")
            function.formerNames = formerNames(of: action, suffix: "As\(suffix)", names: &names)
            function.accept = alternative.media.value
            function.result = .bytes
            function.otherReturns = []
            functions.append(function)
        }
        return functions
    }

    private func formerNames(
        of action: CatalogAction, suffix: String = "", names: inout NameRegistry
    ) -> [PlannedFunction.FormerName] {
        action.renames.map { rename in
            let swiftName = names.declare(
                SwiftIdentifier.function(rename.swiftName.value + suffix), for: rename.swiftName, what: "function")
            return PlannedFunction.FormerName(swiftName: swiftName, since: rename.since)
        }
    }

    private func parameter(_ parameter: CatalogParameter, names: inout NameRegistry) -> PlannedParameter {
        let name = parameter.swiftName?.value ?? IdentifierWords(parameter.name.value).lowerCamelCase
        let swiftName = names.declare(
            SwiftIdentifier.parameter(name), for: parameter.swiftName ?? parameter.name, what: "parameter")
        let type = resolver.type(parameter.type)
        let facts = FactsPhrase.phrase(
            constraints: parameter.constraints, flags: parameter.isDeprecated ? ["deprecated"] : [])
        // A list of parameters documents each of them.
        let meaning = DocText.sentence(parameter.documentation ?? IdentifierWords(parameter.name.value).phrase)
        return PlannedParameter(
            wireName: parameter.name.value, swiftName: swiftName, place: parameter.place, type: type,
            isList: places.form(of: parameter.type, at: TypePlace(parameter.place)) == .texts,
            isRequired: parameter.isRequired,
            documentation: FactsPhrase.documentation(DocText.capitalized(meaning), facts))
    }

    private func body(_ body: CatalogAction.Body) -> PlannedFunction.Body {
        switch places.form(of: body.type, at: .body) {
        case .file: .file
        case .certificate: .certificate
        case .bytes: .bytes(media: body.media.first ?? "application/octet-stream")
        // What can not stand there has been reported.
        case .json, .text, .texts, nil:
            .json(resolver.type(body.type), isOptional: body.isOptional, media: body.media.first)
        }
    }

    /// The protocol of what can stand for a body.
    private func forms(of body: PlannedFunction.Body) -> SwiftName? {
        guard case .json(.model(let name), _, _) = body else { return nil }
        return unions.conformance(of: name.bare).flatMap(resolver.protocolName)
    }

    private func result(of action: CatalogAction) -> PlannedFunction.Result {
        if action.isGeneric { return .generic }
        guard let returns = action.returns else { return .none }
        if places.form(of: returns, at: .result) == .bytes { return .bytes }
        let type = resolver.type(returns)
        switch type {
        case .array(let element) where action.isPaged: return .paged(element)
        case .array, .model, .json: return .value(type)
        default: return .scalar(type)
        }
    }

    private func deprecation(of action: CatalogAction) -> String? {
        guard let deprecation = action.deprecation else { return nil }
        let since = deprecation.since.map { "Okta deprecated this in release \($0)" } ?? "Okta deprecated this"
        return since + (deprecation.instead.map { "; use \($0) instead." } ?? ".")
    }
}
