package import OktaCatalog
internal import YAML

/// The plan of the output, with all names resolved and all elements in their final order.
public struct Plan: Sendable {
    /// The generated module's name.
    package var module: SwiftName
    /// The server that calls go to instead of an org.
    package var server: String?
    /// The groups of actions, in the order of the catalog.
    package var groups: [PlannedGroup]
    /// The files of models, by path.
    package var modelFiles: [PlannedModelFile]

    /// The targets of aliases, by the names of the aliases.
    var aliasTargets: [SwiftName: SwiftName] {
        Dictionary(
            modelFiles.flatMap(\.types).compactMap { type in type.aliasTarget.map { (type.name, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The number of functions. An action has one for each media type of its response.
    public var functionCount: Int { groups.reduce(0) { $0 + $1.functions.count } }
    /// The number of models and enumerations, aliases included.
    public var typeCount: Int { modelFiles.flatMap(\.sections).reduce(0) { $0 + $1.types.count } }
}

/// A category of actions, which becomes a type with a function for each action.
package struct PlannedGroup: Sendable {
    package var category: String
    package var summary: String
    /// The property of the client, such as `user`.
    package var propertyName: SwiftName
    /// The type, such as `UserActions`.
    package var typeName: SwiftName
    package var functions: [PlannedFunction]

    /// One function for each action: alternative responses belong to the same action.
    var listedFunctions: [PlannedFunction] {
        var seen: Set<ExactText> = []
        return functions.filter { seen.insert(text: $0.action.name) }
    }
}

/// The properties of an action that all its functions share, for documentation, lists and the registry.
package struct PlannedAction: Sendable {
    /// The listed name.
    package var name: String
    /// Other listed names.
    package var aliases: [String]
    /// Listed names of earlier catalogs.
    package var formerNames: [String]
    package var summary: DocText
    package var discussion: DocText?
    /// The method and the path template; nil for the generic action.
    package var operation: (method: CatalogAction.Method, path: String)?
    /// The types of the body and the response, in the notation of the catalog.
    package var body: String?
    package var returns: String?
    /// The media type of the response when it is not JSON.
    package var accept: String?
    package var isPaged: Bool
    /// The member of a page that contains its items; nil if the page is the list.
    package var pageItems: String?
    /// The media types of the body when it is not JSON.
    package var bodyMedia: [String]
    /// The label before the org's host.
    package var hostPrefix: String?
    /// The credentials of a call; nil for either token of the org.
    package var authorization: CatalogAction.Authorization?
    package var scopes: [String]
    package var lifecycle: CatalogAction.Lifecycle
    package var isDeprecated: Bool
}

/// A function of an action. There is one for each media type of the response.
package struct PlannedFunction: Sendable {
    /// The result of a function.
    package enum Result: Sendable, Hashable {
        case none
        /// A model, a list, or any JSON.
        case value(SwiftType)
        /// Another single value, such as a text or an object of models by name.
        case scalar(SwiftType)
        case bytes
        case paged(SwiftType)
        case generic
    }

    /// The body of a request.
    package enum Body: Sendable, Hashable {
        case json(SwiftType, isOptional: Bool, media: String?)
        case form(SwiftType)
        case bytes(media: String)
        case certificate
        case file

        /// The parameter's type.
        package var type: SwiftType {
            switch self {
            case .json(let type, _, _), .form(let type): type
            case .bytes, .certificate: .bytes
            case .file: .uploadFile
            }
        }

        package var isOptional: Bool {
            if case .json(_, let isOptional, _) = self { isOptional } else { false }
        }
    }

    /// A former name of the function.
    package struct FormerName: Sendable, Hashable {
        package var swiftName: SwiftName
        /// The version that introduced the current name.
        package var since: String?
    }

    package var action: PlannedAction
    package var swiftName: SwiftName
    package var formerNames: [FormerName]
    package var template: PathTemplate
    /// The path parameters, then query parameters, then header parameters, with required ones first within each group.
    package var parameters: [PlannedParameter]
    package var body: Body?
    /// The protocol that the body accepts; nil when only its own type is accepted.
    package var bodyForms: SwiftName?
    package var result: Result
    /// The media type to request when it is not JSON.
    package var accept: String?
    /// The URL of Okta's reference page.
    package var reference: String?
    /// The types of responses with other statuses.
    package var otherReturns: [(status: Int, type: SwiftType)]
    /// The deprecation message.
    package var deprecation: String?
    /// Whether the first argument has no label.
    package var omitsFirstLabel: Bool
    /// Whether the caller supplies the credentials of an OAuth 2.0 client.
    package var takesClient: Bool { action.authorization == .client }

    /// The types in its signature.
    package var types: [SwiftType] {
        let result: [SwiftType] =
            switch result {
            case .value(let type), .scalar(let type), .paged(let type): [type]
            case .none, .bytes, .generic: []
            }
        return parameters.map(\.type) + [body?.type].compactMap { $0 } + result
    }

    package var pathParameters: [PlannedParameter] { parameters.filter { $0.place == .path } }
    package var queryParameters: [PlannedParameter] { parameters.filter { $0.place == .query } }
    package var headerParameters: [PlannedParameter] { parameters.filter { $0.place == .header } }
}

/// A parameter of a function.
package struct PlannedParameter: Sendable {
    package var wireName: String
    package var swiftName: SwiftName
    package var place: CatalogParameter.Place
    package var type: SwiftType
    /// Whether it is a list, whose elements' texts are joined unless it explodes.
    package var isList: Bool
    /// Whether each element of the list is a separate parameter.
    package var explodes: Bool
    package var isRequired: Bool
    package var documentation: DocText
}
