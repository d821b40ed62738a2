import YAML

/// The content of `overlay.yaml`, which corrects Okta's document according to the responses of real orgs.
///
/// The files of `models` contain the document's facts, so that they can be updated from it. A correction overrides
/// them, states its reason, and must be removed once the document agrees with it.
package struct CatalogOverlay: Sendable {
    /// The file's name in the catalog's folder.
    package static let fileName = "overlay.yaml"

    /// The corrections of one model or enumeration.
    struct Correction: Sendable {
        enum Target: Sendable {
            case model(Located<String>, ModelCorrection)
            case enumeration(Located<String>, values: [CatalogEnumeration.Value])
        }

        var target: Target
        /// The operation whose responses are the evidence, such as `GET /api/v1/users/{userId}`.
        var evidence: Located<String>
    }

    /// The corrections of one model.
    struct ModelCorrection: Sendable {
        /// The location of `open: true`, if the correction opens the model to fields that orgs add.
        var opened: SourceLocation?
        /// The variants that the document's union lacks.
        var variants: [CatalogModel.Variant] = []
        var fields: [FieldCorrection] = []
    }

    /// The corrections of one field, or a field that the document lacks.
    struct FieldCorrection: Sendable {
        var name: Located<String>
        var type: TypeExpression?
        var isNullable: Bool?
        var isRequired: Bool?
        var defaultValue: String?
        var documentation: String?
        /// The whole entry.
        var location: SourceLocation
    }

    var corrections: [Correction] = []

    /// The models and enumerations that corrections name: the types of fields, and the variants of unions.
    package var references: [String] {
        corrections.flatMap { correction -> [String] in
            guard case .model(_, let model) = correction.target else { return [] }
            let types = model.fields.compactMap(\.type).flatMap(\.references)
            return types.map(\.value) + model.variants.map(\.model.value)
        }
    }
}
