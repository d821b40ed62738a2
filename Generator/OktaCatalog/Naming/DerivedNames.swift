/// The names that the generator creates. This is the only place that spells them: the namer reserves them, so that no
/// element of the catalog gets one, and the emitter prints them.
package enum DerivedNames {
    /// The type of a group's actions, such as `UserActions`.
    static func actions(ofGroup words: String) -> String { "\(words)Actions" }

    /// The property for what belongs to a module, such as `ActionRegistry.okta`: a program may import several modules.
    package static func property(ofModule module: SwiftName) -> SwiftName {
        NameScope.derived(IdentifierWords(module.bare).lowerCamelCase, as: .value) ?? module
    }

    // MARK: Models

    /// The protocol with the fields of a model that others extend.
    package static func fields(of model: SwiftName) -> SwiftName { model.followed(by: "Fields") }

    /// The protocol of the variants of a union.
    package static func form(of union: SwiftName) -> SwiftName { union.followed(by: "Form") }

    /// The property that views a union without a discriminator as one of its variants.
    package static func view(as form: SwiftName) -> SwiftName { form.preceded(by: "as") }

    /// The property of a union that holds its variant.
    package static let variant = SwiftName(literal: "variant")

    /// That property's type.
    package static let variantType = SwiftName(literal: "Variant")

    /// The case of a union for an unknown variant.
    package static let unknown = SwiftName(literal: "unknown")

    /// The property of a model that `Identifiable` requires.
    package static let identifier = SwiftName(literal: "id")

    // MARK: Enumerations

    /// The namespace of the types that distinguish enumerations. No name of a catalog begins like this, and neither
    /// completion nor documentation shows it.
    package static let kinds = SwiftName(literal: "_Kinds")

    // MARK: Test support

    /// The readers of the models of a folder.
    package static func readers(ofFolder folder: SwiftName) -> SwiftName { folder.followed(by: "Readers") }

    /// The variants of the unions of a folder.
    package static func forms(ofFolder folder: SwiftName) -> SwiftName { folder.followed(by: "Forms") }

    /// All calls, all readers and all variants. No folder yields one of these names.
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
