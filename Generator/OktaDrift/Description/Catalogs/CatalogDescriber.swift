public import OktaCatalog
import YAML

/// Describes the API of a catalog, in the symbols of the library.
public struct CatalogDescriber {
    private var shapes: CatalogShapeReader

    /// Describes a catalog.
    ///
    /// - Parameter content: The hash of all its files.
    public static func describe(_ catalog: Catalog, content: String = "") -> APIDescription {
        let names = SwiftNames(catalog)
        var describer = CatalogDescriber(shapes: CatalogShapeReader(catalog, names: names))
        var description = APIDescription(content: content)
        for (category, group) in zip(catalog.categories, names.groups) {
            for (action, function) in zip(category.actions, group.functions) {
                description.operations.append(
                    describer.operation(action, in: category, group: group, named: function))
            }
        }
        description.shapes = describer.shapes.shapes
        description.declared = describer.shapes.declared
        return description
    }

    private mutating func operation(
        _ action: CatalogAction, in category: CatalogCategory, group: SwiftNames.Group, named names: SwiftNames.Function
    ) -> OperationDescription {
        func symbol(_ name: SwiftName) -> String { "okta.\(group.property).\(name.source)" }
        let method = action.isGeneric ? "ANY" : action.method.rawValue
        let parameters = zip(action.parameters, names.parameters).map { parameter($0, named: $1, of: action) }
        let order = PathTemplate(action.path.value)?.placeholders ?? []
        let path = order.compactMap { name in parameters.first { $0.place == "path" && $0.name == name } }
        return OperationDescription(
            identity: OperationIdentity(method, action.isGeneric ? "/" : action.path.value),
            path: action.path.value, symbol: symbol(names.name),
            group: category.name.value,
            formerSymbols: names.formerNames.map(symbol),
            tags: (action.reference?.split(separator: "/").first).map { [String($0)] } ?? [],
            operationID: action.upstream,
            parameters: path + parameters.filter { $0.place != "path" }, body: action.body.map { body($0, at: action) },
            responses: responses(of: action), scopes: action.scopes, lifecycle: action.lifecycle.rawValue,
            isDeprecated: action.deprecation != nil, paging: Self.paging(of: action),
            authorization: Self.authorization(of: action),
            host: action.hostPrefix.map { "`\($0.value).` in front of the org's" } ?? "the org's",
            remarks: Remarks(words: Self.hash(action.summary.value, action.discussion)), location: action.location)
    }

    private mutating func parameter(
        _ parameter: CatalogParameter, named name: SwiftName, of action: CatalogAction
    ) -> ParameterDescription {
        var use = shapes.use(of: parameter.type, at: parameter.name.location)
        if parameter.isDeprecated { use.flags.insert(.deprecated) }
        use.limits = CatalogShapeReader.limits(parameter.constraints)
        // A single path parameter has no label.
        let isBare = parameter.place == .path && action.parameters.count { $0.place == .path } == 1
        return ParameterDescription(
            name: parameter.name.value, label: isBare ? nil : name.source,
            place: parameter.place.rawValue, use: use, isRequired: parameter.isRequired || parameter.place == .path,
            listForm: parameter.place == .query && parameter.type.isArray
                ? parameter.explodes ? "one parameter for each element" : "one parameter with commas" : nil,
            remarks: Remarks(words: Self.hash(parameter.documentation)), location: parameter.name.location)
    }

    private mutating func body(_ body: CatalogAction.Body, at action: CatalogAction) -> BodyDescription {
        let use = shapes.use(of: body.type, at: action.location)
        let media = body.media.isEmpty ? ["application/json"] : body.media
        return BodyDescription(
            isRequired: !body.isOptional,
            media: media.map { MediaDescription(name: $0, use: use, location: action.location) },
            location: action.location)
    }

    private mutating func responses(of action: CatalogAction) -> [ResponseDescription] {
        var responses: [ResponseDescription] = []
        let others = action.otherReturnsByStatus
        let primary = action.successCodes.first { others[$0] == nil }
        for status in Set(action.successCodes).union(others.keys).sorted() {
            var media: [MediaDescription] = []
            if let type = others[status] ?? (status == primary ? action.returns : nil) {
                let use = shapes.use(of: type, at: action.location)
                let name = status == primary ? action.accept ?? "application/json" : "application/json"
                media.append(MediaDescription(name: name, use: use, location: action.location))
            }
            if status == primary {
                for alternative in action.alternatives {
                    let use = shapes.use(of: alternative.type, at: alternative.media.location)
                    media.append(
                        MediaDescription(
                            name: alternative.media.value, use: use, location: alternative.media.location))
                }
            }
            responses.append(
                ResponseDescription(status: String(status), media: media, location: action.location))
        }
        return responses
    }

    private static func paging(of action: CatalogAction) -> String? {
        switch action.paging {
        case nil: nil
        case .link: "on"
        case .member(let name): "on, in `\(name.value)`"
        }
    }

    private static func authorization(of action: CatalogAction) -> String {
        switch action.authorization {
        case nil: "a token of the org"
        case .anonymous: "nothing"
        case .client: "the credentials of an OAuth 2.0 client"
        case .oauth2: "an OAuth 2.0 access token"
        case .apiToken: "an API token"
        }
    }

    static func hash(_ texts: String?...) -> Int { texts.hashValue }
}
