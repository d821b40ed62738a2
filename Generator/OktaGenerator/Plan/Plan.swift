import OktaCatalog

/// The plan of the output: every name resolved, everything in its final order, no decisions left.
public struct Plan: Sendable {
    /// The generated module's name.
    package var module: SwiftName
    /// The groups of actions, in the order of the catalog.
    package var groups: [PlannedGroup]
    /// The files of models, by path.
    package var modelFiles: [PlannedModelFile]

    /// How many actions there are.
    public var actionCount: Int { groups.reduce(0) { $0 + $1.functions.count } }
    /// How many models and enumerations there are.
    public var typeCount: Int { modelFiles.reduce(0) { $0 + $1.types.count } }
}

/// A category of actions: one type with one function an action.
package struct PlannedGroup: Sendable {
    package var category: String
    package var summary: String
    /// The property of the client, such as `user`.
    package var propertyName: SwiftName
    /// The type, such as `UserActions`.
    package var typeName: SwiftName
    package var functions: [PlannedFunction]
}

/// One action.
package struct PlannedFunction: Sendable {
    /// How the response is read.
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

    /// How the body is sent.
    package enum Body: Sendable, Hashable {
        case json(SwiftType, isOptional: Bool, media: String?)
        case bytes(media: String)
        case certificate
        case file

        /// The parameter's type.
        package var type: SwiftType {
            switch self {
            case .json(let type, _, _): type
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

    package var action: CatalogAction
    package var swiftName: SwiftName
    package var formerNames: [FormerName]
    package var template: PathTemplate
    /// Path, then query, then header parameters; required ones first within each.
    package var parameters: [PlannedParameter]
    package var body: Body?
    /// The protocol that the body accepts; nil when only its own type is accepted.
    package var bodyForms: SwiftName?
    package var result: Result
    /// The media type to request when it is not JSON.
    package var accept: String?
    /// The URL of Okta's reference page.
    package var reference: String?
    /// Functions for alternative responses.
    package var otherReturns: [(status: Int, type: SwiftType)]
    /// The deprecation message.
    package var deprecation: String?
    /// Whether the first argument has no label.
    package var omitsFirstLabel: Bool

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
    /// Whether it is a list, whose elements' texts are joined.
    package var isList: Bool
    package var isRequired: Bool
    package var documentation: DocText
}

/// A generated file of models and enumerations.
package struct PlannedModelFile: Sendable {
    /// The path below the output folder.
    package var path: String
    /// The folder of the file, named after the category.
    package var folder: SwiftName
    package var types: [PlannedType]
}

/// A model, an enumeration, or another name of one.
package enum PlannedType: Sendable {
    case model(PlannedModel)
    case enumeration(PlannedEnumeration)
    case alias(PlannedAlias)

    /// The type that an alias stands for.
    package var aliasTarget: SwiftName? { if case .alias(let alias) = self { alias.target } else { nil } }

    package var name: SwiftName {
        switch self {
        case .model(let model): model.name
        case .enumeration(let enumeration): enumeration.name
        case .alias(let alias): alias.name
        }
    }
}

/// Another name of a model or enumeration that has the same contents.
package struct PlannedAlias: Sendable {
    package var name: SwiftName
    package var target: SwiftName
    package var documentation: DocText
}

/// A model: a view over a JSON object.
package struct PlannedModel: Sendable {
    package struct Field: Sendable {
        package var wireName: String
        package var swiftName: SwiftName
        package var type: SwiftType
        package var isReadOnly: Bool
        /// Whether it is writable.
        package var hasSetter: Bool
        /// Whether every response has it, so that it reads as a non-optional string.
        package var isAlwaysThere: Bool
        package var isRequired: Bool
        package var isNullable: Bool
        package var isDeprecated: Bool
        package var constraints: Constraints
        package var documentation: DocText
    }

    package struct Variant: Sendable {
        /// The discriminator's values; empty without a discriminator.
        package var values: [String]
        package var model: SwiftName
        package var caseName: SwiftName
    }

    /// A parameter of an initializer.
    package struct Parameter: Sendable {
        package var field: Field
        /// The default value; nil for a required parameter.
        package var defaultValue: SwiftCode?
    }

    /// A member that every object of a variant has.
    package struct FixedMember: Sendable {
        package var wireName: String
        /// The value, as a literal of JSON in Swift.
        package var value: SwiftCode
    }

    package var name: SwiftName
    package var documentation: DocText
    package var isOpen: Bool
    /// Whether other models inherit its fields, so that they are declared once, in a protocol.
    package var isExtended: Bool
    /// The model whose fields it also has.
    package var parent: SwiftName?
    package var fields: [Field]
    /// All fields, inherited ones first.
    package var allFields: [Field]
    /// The parameters of the initializer in order: required ones, those with a default, and optional ones.
    package var initializer: [Parameter]
    /// The members that identify the variant; nil for a model that is not a variant.
    package var fixedMembers: [FixedMember]?
    package var discriminator: String?
    package var variants: [Variant]
    /// The discriminator's values for the model itself.
    package var ownValues: [String]
    /// The protocol of the model and its variants; nil for a model without variants.
    package var formProtocol: SwiftName?
    /// The protocols that mark it as a variant, or as a union itself.
    package var markers: [SwiftName]
    /// The one that it declares.
    package var declaredMarker: SwiftName? {
        formProtocol.flatMap { markers.contains($0) && $0 == DerivedNames.form(of: name) ? $0 : nil }
    }
    /// Whether it has an `id` that the extended model lacks.
    package var addsID: Bool
}

/// An open enumeration.
package struct PlannedEnumeration: Sendable {
    package struct Value: Sendable {
        package var wireValue: String
        package var swiftName: SwiftName
        package var documentation: DocText
    }

    package var name: SwiftName
    package var documentation: DocText
    package var values: [Value]
}
