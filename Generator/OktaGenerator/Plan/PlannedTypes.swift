package import OktaCatalog

/// A generated file with the models and enumerations of a category.
///
/// There is one file per category, because each file adds compile time to a debug build.
package struct PlannedModelFile: Sendable {
    /// Types that belong together, with the name of their group in the catalog.
    package struct Section: Sendable {
        package var name: SwiftName
        package var types: [PlannedType]
    }

    /// The path below the output folder.
    package var path: String
    /// The category.
    package var category: String
    /// The name of the category.
    package var folder: SwiftName
    /// The sections, by name.
    package var sections: [Section]

    package var types: [PlannedType] { sections.flatMap(\.types) }
}

/// A model, an enumeration, or an alias of one. It is indirect because lists of types are copied often.
package indirect enum PlannedType: Sendable {
    case model(PlannedModel)
    case enumeration(PlannedEnumeration)
    case alias(PlannedAlias)

    /// The type that an alias refers to.
    package var aliasTarget: SwiftName? { if case .alias(let alias) = self { alias.target } else { nil } }

    package var name: SwiftName {
        switch self {
        case .model(let model): model.name
        case .enumeration(let enumeration): enumeration.name
        case .alias(let alias): alias.name
        }
    }
}

/// An alias of a model or enumeration with the same contents.
package struct PlannedAlias: Sendable {
    package var name: SwiftName
    package var target: SwiftName
    package var documentation: DocText
}

/// A model, which is a view of a JSON object.
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
    /// The model whose fields it inherits.
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
    /// Whether it has an `id` that the extended model lacks.
    package var addsID: Bool

    /// The marker that is declared with this model.
    package var declaredMarker: SwiftName? {
        formProtocol.flatMap { markers.contains($0) && $0 == DerivedNames.form(of: name) ? $0 : nil }
    }
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
