/// The names that the generator creates. They are defined only here. The namer reserves them, so that no element of the
/// catalog gets one, and the emitter prints them.
package enum DerivedNames {
    /// Returns the type of a group's actions, such as `UserActions`.
    static func actions(ofGroup words: String) -> String { "\(words)Actions" }

    /// Returns the property for the data of a module, such as `ActionRegistry.okta`. It is named after the module
    /// because a program may import several.
    package static func property(ofModule module: SwiftName) -> SwiftName {
        NameScope.derived(IdentifierWords(module.bare).lowerCamelCase, as: .value) ?? module
    }

    // MARK: Models

    /// Returns the module of a module's models, for a package that builds their folder as one.
    package static func models(of module: SwiftName) -> SwiftName { module.followed(by: "Models") }

    /// Returns the protocol with the fields of a model that others extend.
    package static func fields(of model: SwiftName) -> SwiftName { model.followed(by: "Fields") }

    /// Returns the protocol of the variants of a union.
    package static func form(of union: SwiftName) -> SwiftName { union.followed(by: "Form") }

    /// Returns the property that views a union without a discriminator as one of its variants.
    package static func view(as form: SwiftName) -> SwiftName { form.preceded(by: "as") }

    /// The property of a union that contains its variant.
    package static let variant = SwiftName(literal: "variant")

    /// The type of ``variant``.
    package static let variantType = SwiftName(literal: "Variant")

    /// The case of a union for an unknown variant.
    package static let unknown = SwiftName(literal: "unknown")

    /// The property of a model that `Identifiable` requires.
    package static let identifier = SwiftName(literal: "id")

    // MARK: Enumerations

    /// The namespace of the types that distinguish enumerations. No name of a catalog begins with an underscore, and
    /// code completion and documentation omit such names.
    package static let kinds = SwiftName(literal: "_Kinds")

    // MARK: Test support

    /// Returns the readers of the models of a folder.
    package static func readers(ofFolder folder: SwiftName) -> SwiftName { folder.followed(by: "Readers") }

    /// Returns the variants of the unions of a folder.
    package static func forms(ofFolder folder: SwiftName) -> SwiftName { folder.followed(by: "Forms") }

    /// The types with all calls, all readers and all variants. No folder results in one of these names.
    package static let everyCall = SwiftName(literal: "EveryCall")
    package static let everyReader = SwiftName(literal: "EveryReader")
    package static let everyForm = SwiftName(literal: "EveryForm")

    /// The tests of a module's samples.
    package static let sampleTests = SwiftName(literal: "SampleTests")

    /// The handwritten types beside them.
    package static let testTypes = [
        "SampleCall", "SampleCallSource", "ModelReader", "ModelReaderSource", "SampleForm", "SampleFormSource",
        "OktaTestSupport", "ModuleSamples", "SampleTests",
    ]
}
