/// The names that the generator makes up. They are spelled here alone: the namer takes them, so that nothing of the catalog
/// gets one of them, and the emitter prints them.
package enum DerivedNames {
    /// The type of a group's actions, such as `UserActions`; nil where the words make no identifier.
    static func actions(ofGroup words: String) -> String { "\(words)Actions" }

    // MARK: Of models

    /// The protocol with the fields of a model that others extend.
    package static func fields(of model: SwiftName) -> SwiftName { model.followed(by: "Fields") }

    /// The protocol that marks the forms of a union.
    package static func form(of union: SwiftName) -> SwiftName { union.followed(by: "Form") }

    /// The property that views a union, whose forms nothing tells apart, as one of them.
    package static func view(as form: SwiftName) -> SwiftName { form.preceded(by: "as") }

    /// The property of a union that is the form it has.
    package static let variant = SwiftName(literal: "variant")

    /// That property's type.
    package static let variantType = SwiftName(literal: "Variant")

    /// The case of a union that has no known form.
    package static let unknown = SwiftName(literal: "unknown")

    /// The property, of a model, with which Swift identifies it.
    package static let identifier = SwiftName(literal: "id")

    // MARK: In what is written for tests

    /// The readers of the models of a folder.
    package static func readers(ofFolder folder: SwiftName) -> SwiftName { folder.followed(by: "Readers") }

    /// The forms of the unions of a folder.
    package static func forms(ofFolder folder: SwiftName) -> SwiftName { folder.followed(by: "Forms") }

    /// All calls, all readers and all forms. No folder's name makes one of them.
    package static let everyCall = SwiftName(literal: "EveryCall")
    package static let everyReader = SwiftName(literal: "EveryReader")
    package static let everyForm = SwiftName(literal: "EveryForm")

    /// What the package has by hand beside them.
    package static let testTypes = [
        "SampleCall", "SampleCallSource", "ModelReader", "ModelReaderSource", "SampleForm", "SampleFormSource",
    ]
}
