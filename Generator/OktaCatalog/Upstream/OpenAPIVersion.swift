import YAML

/// The version of the OpenAPI specification that a document follows, as far as it decides how the document is read.
enum OpenAPIVersion: Sendable {
    /// 3.0: schemas of its own kind.
    case v30
    /// 3.1: schemas are those of JSON Schema 2020-12.
    case v31

    /// Reads the version of a document; reports one that is not read.
    init?(_ root: YAMLNode, reporting diagnostics: inout Diagnostics) {
        if let version = root["swagger"] {
            diagnostics.report(
                Diagnostic(
                    rule: "openapi-version",
                    "this is a Swagger \(version.scalar ?? "2.0") document; OpenAPI 3.0 and 3.1 are read",
                    at: version.location, hint: "convert it to OpenAPI 3, or take the vendor's OpenAPI 3 document"))
            return nil
        }
        guard root.entries != nil, let version = root["openapi"] else {
            diagnostics.report(
                Diagnostic(
                    rule: "not-openapi", "this is not an OpenAPI 3 document: `openapi` is missing", at: root.location,
                    hint: "name Okta's management document"))
            return nil
        }
        let parts = (version.scalar ?? "").split(separator: ".", omittingEmptySubsequences: false)
        switch parts.prefix(2).joined(separator: ".") {
        case "3.0": self = .v30
        case "3.1": self = .v31
        default:
            diagnostics.report(
                Diagnostic(
                    rule: "openapi-version",
                    "OpenAPI \(version.scalar ?? version.kindName) is not read; 3.0 and 3.1 are", at: version.location,
                    hint: "take the document in one of these versions, or use a newer generator"))
            return nil
        }
    }
}
