import OktaCatalog
import OktaGenerator
import YAML

/// Describes the API as a catalog states it, in the symbols of the library.
public struct CatalogDescriber {
    private var shapes: CatalogShapeReader

    /// Describes a catalog.
    ///
    /// - Parameter content: What identifies all that its files say.
    public static func describe(_ catalog: Catalog, content: String = "") -> APIDescription {
        var describer = CatalogDescriber(shapes: CatalogShapeReader(catalog))
        var description = APIDescription(content: content)
        for category in catalog.categories {
            description.operations += category.actions.map { describer.operation($0, in: category) }
        }
        description.shapes = describer.shapes.shapes
        description.declared = describer.shapes.declared
        return description
    }

    private mutating func operation(_ action: CatalogAction, in category: CatalogCategory) -> OperationDescription {
        let group = category.swiftName?.value ?? IdentifierWords(category.name.value).lowerCamelCase
        func symbol(_ name: String) -> String { "okta.\(group).\(SwiftIdentifier.declaredMember(name))" }
        let own = symbol(action.swiftName?.value ?? IdentifierWords(action.name.value).lowerCamelCase)
        let method = action.isGeneric ? "ANY" : action.method.rawValue
        let parameters = action.parameters.map { parameter($0, of: action) }
        let order = PathTemplate(action.path.value)?.placeholders ?? []
        let path = order.compactMap { name in parameters.first { $0.place == "path" && $0.name == name } }
        return OperationDescription(
            identity: OperationIdentity(method, action.isGeneric ? "/" : action.path.value),
            path: action.path.value, symbol: own,
            group: category.name.value,
            formerSymbols: action.renames.map { symbol($0.swiftName.value) },
            tags: (action.reference?.split(separator: "/").first).map { [String($0)] } ?? [],
            operationID: action.upstream,
            parameters: path + parameters.filter { $0.place != "path" }, body: action.body.map { body($0, at: action) },
            responses: responses(of: action), scopes: action.scopes, lifecycle: action.lifecycle.rawValue,
            isDeprecated: action.deprecation != nil, isPaged: action.isPaged,
            remarks: Remarks(words: Self.hash(action.summary.value, action.discussion)), location: action.location)
    }

    private mutating func parameter(_ parameter: CatalogParameter, of action: CatalogAction) -> ParameterDescription {
        var use = shapes.use(of: parameter.type, at: parameter.name.location)
        if parameter.isDeprecated { use.flags.insert(.deprecated) }
        use.limits = CatalogShapeReader.limits(parameter.constraints)
        let name = parameter.swiftName?.value ?? IdentifierWords(parameter.name.value).lowerCamelCase
        // One path parameter goes without a label.
        let isBare = parameter.place == .path && action.parameters.count { $0.place == .path } == 1
        return ParameterDescription(
            name: parameter.name.value, label: isBare ? nil : SwiftIdentifier.declaredParameter(name),
            place: parameter.place.rawValue, use: use, isRequired: parameter.isRequired || parameter.place == .path,
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

    static func hash(_ texts: String?...) -> Int { texts.hashValue }
}
