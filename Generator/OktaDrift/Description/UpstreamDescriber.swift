import OktaCatalog
import YAML

/// Describes the API of Okta's document.
public struct UpstreamDescriber {
    private let document: OpenAPIDocument
    private var shapes: SchemaReader

    /// Describes a document. Of the document itself nothing is kept, so that two need not be held at once.
    public static func describe(_ document: OpenAPIDocument) -> APIDescription {
        var describer = UpstreamDescriber(document: document, shapes: SchemaReader(document: document))
        var description = APIDescription(content: document.contentHash)
        description.operations = document.operations.map { describer.operation($0) }
        describer.shapes.finish()
        description.shapes = describer.shapes.shapes
        description.location = document.operations.first.map {
            SourceLocation(file: $0.node.location.file, start: .start, end: .start)
        }
        return description
    }

    private mutating func operation(_ operation: OpenAPIDocument.Operation) -> OperationDescription {
        let node = operation.node
        var text = TextDigester.digest(
            node,
            without: [
                "operationId", "tags", "parameters", "requestBody", "responses", "security", "deprecated",
                "x-okta-lifecycle",
            ])
        if let lifecycle = node["x-okta-lifecycle"] {
            TextDigester.add(lifecycle, without: ["lifecycle", "isGenerallyAvailable"], to: &text)
        }
        return OperationDescription(
            identity: operation.identity, path: operation.path, symbol: operation.identity.description, group: nil,
            tag: node["tags"]?.elements?.first?.scalar?.lowercased(), operationID: node["operationId"]?.scalar,
            parameters: parameters(of: operation), body: node["requestBody"].map { body(document.resolve($0)) },
            responses: (node["responses"]?.entries ?? []).map { response($0.name, document.resolve($0.value)) },
            scopes: scopes(of: node), lifecycle: node["x-okta-lifecycle"]?["lifecycle"]?.scalar ?? "GA",
            isDeprecated: node["deprecated"]?.scalar == "true", text: text, location: node.location)
    }

    /// The parameters, an operation's own before those of its path item; path parameters in the order of the path.
    private mutating func parameters(of operation: OpenAPIDocument.Operation) -> [ParameterDescription] {
        var known: Set<String> = []
        var parameters: [ParameterDescription] = []
        for reference in (operation.node["parameters"]?.elements ?? []) + operation.sharedParameters {
            let node = document.resolve(reference)
            guard let name = node["name"]?.scalar, let place = node["in"]?.scalar,
                known.insert("\(place) \(name)").inserted
            else { continue }
            let modelled: Set<String> = ["name", "in", "required", "schema", "deprecated", "x-okta-lifecycle"]
            var use = node["schema"].map { shapes.use(of: $0) } ?? TypeUse(shape: shapes.any(at: node.location))
            use.isDeprecated = use.isDeprecated || node["deprecated"]?.scalar == "true"
            use.lifecycle = node["x-okta-lifecycle"]?["lifecycle"]?.scalar ?? use.lifecycle
            parameters.append(
                ParameterDescription(
                    name: name, place: place, use: use, isRequired: node["required"]?.scalar == "true",
                    text: TextDigester.digest(node, without: modelled), location: node.location))
        }
        let order = PathTemplate(operation.path)?.placeholders ?? []
        let path = order.compactMap { name in parameters.first { $0.place == "path" && $0.name == name } }
        return path + parameters.filter { $0.place != "path" }
    }

    private mutating func body(_ node: YAMLNode) -> BodyDescription {
        BodyDescription(
            isRequired: node["required"]?.scalar == "true", media: media(in: node),
            text: TextDigester.digest(node, without: ["required", "content", "x-okta-lifecycle"]),
            location: node.location)
    }

    private mutating func response(_ status: String, _ node: YAMLNode) -> ResponseDescription {
        ResponseDescription(
            status: status, media: media(in: node), text: TextDigester.digest(node, without: ["content"]),
            location: node.location)
    }

    private mutating func media(in node: YAMLNode) -> [MediaDescription] {
        (node["content"]?.entries ?? []).map { entry in
            MediaDescription(
                name: entry.name, use: entry.value["schema"].map { shapes.use(of: $0) },
                text: TextDigester.digest(entry.value, without: ["schema"]))
        }
    }

    private func scopes(of node: YAMLNode) -> [String] {
        var scopes: [String] = []
        for entry in (node["security"]?.elements ?? []).flatMap({ $0.entries ?? [] }) {
            let listed = (entry.value.elements ?? []).compactMap(\.scalar)
            scopes += listed.isEmpty ? [entry.name] : listed
        }
        return scopes
    }
}
