import YAML

/// Corrections to what Okta's document says, where real orgs answer otherwise: the content of `overlay.yaml`.
///
/// The files of `models` hold the document's facts, so that they can be brought up to date from it; a correction lies
/// over them, with its reason, and has to go once the document agrees with it.
struct CatalogOverlay: Sendable {
    /// The file's name in the catalog's folder.
    static let fileName = "overlay.yaml"

    /// What is corrected about one model or enumeration.
    struct Correction: Sendable {
        enum Target: Sendable {
            /// The location of `open: true` where the model is opened to fields that orgs add.
            case model(Located<String>, opened: SourceLocation?, fields: [FieldCorrection])
            case enumeration(Located<String>, values: [CatalogEnumeration.Value])
        }

        var target: Target
        /// The operation whose answers show it, as `GET /api/v1/users/{userId}`.
        var evidence: Located<String>
    }

    /// What is corrected about one field, or a field that the document does not have.
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
}
