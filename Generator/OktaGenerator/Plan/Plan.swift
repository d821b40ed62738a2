import OktaCatalog

/// What is to be generated: every name resolved, everything in its final order, nothing left to decide.
public struct Plan: Sendable {
    /// The generated module's name.
    public var module: String
    /// The groups of actions, in the order of the catalog.
    var groups: [PlannedGroup]
    /// The files of models, by path.
    var modelFiles: [PlannedModelFile]

    /// How many actions there are.
    public var actionCount: Int { groups.reduce(0) { $0 + $1.functions.count } }
    /// How many models and enumerations there are.
    public var typeCount: Int { modelFiles.reduce(0) { $0 + $1.types.count } }
}

/// A category of actions: one type with one function an action.
struct PlannedGroup: Sendable {
    var category: String
    var summary: String
    /// The property of the client, such as `user`.
    var propertyName: String
    /// The type, such as `UserActions`.
    var typeName: String
    var functions: [PlannedFunction]
}

/// One action.
struct PlannedFunction: Sendable {
    /// How the response is read.
    enum Result: Sendable, Hashable {
        case none
        case value(SwiftType)
        case bytes
        case paged(SwiftType)
        case generic
    }

    /// How the body is sent.
    enum Body: Sendable, Hashable {
        case json(SwiftType, isOptional: Bool, media: String?)
        case bytes(media: String)
        case certificate
        case file

        /// The parameter's type.
        var type: SwiftType {
            switch self {
            case .json(let type, _, _): type
            case .bytes, .certificate: .bytes
            case .file: .uploadFile
            }
        }

        var isOptional: Bool {
            if case .json(_, let isOptional, _) = self { isOptional } else { false }
        }
    }

    /// A name that the function had before.
    struct FormerName: Sendable, Hashable {
        var swiftName: String
        /// The version that brought the present name.
        var since: String?
    }

    var action: CatalogAction
    var swiftName: String
    var formerNames: [FormerName]
    var template: PathTemplate
    /// Path, then query, then header parameters; required ones first within each.
    var parameters: [PlannedParameter]
    var body: Body?
    var result: Result
    /// The media type asked for when it is not JSON.
    var accept: String?
    /// The address of Okta's reference page.
    var reference: String?
    /// Functions for other forms of the response.
    var otherReturns: [(status: Int, type: SwiftType)]
    /// What a deprecated action's users are told.
    var deprecation: String?
    /// Whether the first argument has no label.
    var omitsFirstLabel: Bool

    var pathParameters: [PlannedParameter] { parameters.filter { $0.place == .path } }
    var queryParameters: [PlannedParameter] { parameters.filter { $0.place == .query } }
    var headerParameters: [PlannedParameter] { parameters.filter { $0.place == .header } }
}

/// A parameter of a function.
struct PlannedParameter: Sendable {
    var wireName: String
    var swiftName: String
    var place: CatalogParameter.Place
    var type: SwiftType
    var isRequired: Bool
    var documentation: String
}

/// A generated file of models and enumerations.
struct PlannedModelFile: Sendable {
    /// The path below the output folder.
    var path: String
    var types: [PlannedType]
}

/// A model or an enumeration.
enum PlannedType: Sendable {
    case model(PlannedModel)
    case enumeration(PlannedEnumeration)

    var name: String {
        switch self {
        case .model(let model): model.name
        case .enumeration(let enumeration): enumeration.name
        }
    }
}

/// A model: a view over a JSON object.
struct PlannedModel: Sendable {
    struct Field: Sendable {
        var wireName: String
        var swiftName: String
        var type: SwiftType
        var isReadOnly: Bool
        var isRequired: Bool
        var isNullable: Bool
        var isDeprecated: Bool
        var constraints: Constraints
        var documentation: String
    }

    struct Variant: Sendable {
        /// The discriminator's values; empty when nothing tells the variants apart.
        var values: [String]
        var model: String
        var caseName: String
    }

    var name: String
    var documentation: String
    var isOpen: Bool
    /// Whether other models have its fields too, so that they are declared once, in a protocol.
    var isExtended: Bool
    /// The model whose fields it also has.
    var parent: String?
    var fields: [Field]
    /// All fields, inherited ones first.
    var allFields: [Field]
    /// The fields of the short initialiser, without default.
    var initializer: [Field]
    var discriminator: String?
    var variants: [Variant]
    /// Whether it has an `id` that the model it extends has not.
    var addsID: Bool
}

/// An open enumeration.
struct PlannedEnumeration: Sendable {
    struct Value: Sendable {
        var wireValue: String
        var swiftName: String
        var documentation: String
    }

    var name: String
    var documentation: String
    var values: [Value]
}
