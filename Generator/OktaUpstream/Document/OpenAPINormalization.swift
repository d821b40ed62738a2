import OktaCatalog
import YAML

/// Normalizes a document to the form of OpenAPI 3.0.
///
/// Keywords that 3.1 adopted from JSON Schema are converted to those of 3.0, so that readers of schemas handle one
/// form. Locations remain those of the document.
struct OpenAPINormalization {
    private let schemas: SchemaNormalization

    init(of root: YAMLNode, version: OpenAPIVersion) {
        let names = root["components"]?["schemas"]?.entries?.map(\.name) ?? []
        schemas = SchemaNormalization(
            version: version, schemaNames: Set(texts: names), choices: DiscriminatedChoices(of: root))
    }

    /// Returns an object with its descendants, normalized.
    func normalized(_ node: YAMLNode, as place: OpenAPIPlace) -> YAMLNode {
        var node = place == .schema ? schemas.normalized(node) : node
        guard var entries = node.entries else { return node }
        for index in entries.indices {
            if entries[index].value.hasOtherSpelling, Self.takesLiteral(entries[index].name, of: node) {
                entries[index].value.spellLiteral()
            }
            guard let children = place.children(under: entries[index].name) else { continue }
            entries[index].value = normalized(entries[index].value, children)
        }
        node.content = .mapping(entries)
        return node
    }

    /// Returns whether a plain `True` or `Null` under a keyword is read as a boolean or null. Under other keys, such as
    /// `example` and the default of a string, it may be a text.
    private static func takesLiteral(_ key: String, of node: YAMLNode) -> Bool {
        key == "default" ? node["type"]?.scalar != "string" : SchemaKeywords.flags.contains(key)
    }

    private func normalized(_ node: YAMLNode, _ children: OpenAPIPlace.Children) -> YAMLNode {
        var node = node
        switch (children, node.content) {
        case (.one(let place), _):
            return normalized(node, as: place)
        case (.list(let place), .sequence(let elements)):
            node.content = .sequence(elements.map { normalized($0, as: place) })
        case (.map(let place), .mapping(let entries)):
            node.content = .mapping(
                entries.map { YAMLEntry(key: $0.key, value: normalized($0.value, as: place)) })
        default: break
        }
        return node
    }
}

/// The version of the OpenAPI specification, as far as it affects parsing.
enum OpenAPIVersion: Sendable {
    /// 3.0, whose schemas are a dialect of JSON Schema.
    case v30
    /// 3.1, whose schemas are those of JSON Schema 2020-12.
    case v31

    /// Reads the version of a document, and reports an unsupported one.
    init?(_ root: YAMLNode, reporting diagnostics: inout Diagnostics) {
        if let version = root["swagger"] {
            diagnostics.report(
                Diagnostic(
                    rule: "openapi-version",
                    "this is a Swagger \(version.scalar ?? "2.0") document; only OpenAPI 3.0 and 3.1 are supported",
                    at: version.location, hint: "convert it to OpenAPI 3, or use the vendor's OpenAPI 3 document"))
            return nil
        }
        guard root.entries != nil, let version = root["openapi"] else {
            diagnostics.report(
                Diagnostic(
                    rule: "not-openapi", "this is not an OpenAPI 3 document: `openapi` is missing", at: root.location,
                    hint: "pass one of Okta's OpenAPI documents"))
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
                    "OpenAPI \(version.scalar ?? version.kindName) is not supported; use 3.0 or 3.1",
                    at: version.location,
                    hint: "use the document in one of these versions, or a newer generator"))
            return nil
        }
    }
}
