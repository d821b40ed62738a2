import OktaCatalog
import YAML

/// Normalizes a document to the form of OpenAPI 3.0.
///
/// Keywords that 3.1 adopted from JSON Schema are converted to those of 3.0, so that readers of schemas handle one
/// form. Locations are those of the document.
struct OpenAPINormalization {
    private let schemas: SchemaNormalization

    init(of root: YAMLNode, version: OpenAPIVersion) {
        let names = root["components"]?["schemas"]?.entries?.map(\.name) ?? []
        schemas = SchemaNormalization(version: version, schemaNames: Set(texts: names))
    }

    /// A normalized object with its descendants.
    func normalized(_ node: YAMLNode, as place: OpenAPIPlace) -> YAMLNode {
        var node = place == .schema ? schemas.normalized(node) : node
        guard var entries = node.entries else { return node }
        for index in entries.indices {
            guard let children = place.children(under: entries[index].name) else { continue }
            entries[index].value = normalized(entries[index].value, children)
        }
        node.content = .mapping(entries)
        return node
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
