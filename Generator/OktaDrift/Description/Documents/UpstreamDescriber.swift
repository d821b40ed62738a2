import OktaCatalog
public import OktaUpstream
import YAML

/// Describes the API of Okta's document, in a form that is independent of the document's layout.
///
/// Inherited facts are resolved: parameters, servers and security of the path item or the document apply unless the
/// operation has its own, and statements equal to the default are omitted.
public struct UpstreamDescriber {
    private let document: OpenAPIDocument
    private var schemas: SchemaReader
    private let defaults: DocumentDefaults
    private var operations: [OperationDescription] = []

    /// Describes a document.
    public static func describe(_ document: OpenAPIDocument) -> APIDescription {
        var describer = UpstreamDescriber(document)
        for operation in document.operations { describer.add(operation) }
        for key in ["webhooks", "x-webhooks"] {
            for webhook in document.root[key]?.entries ?? [] {
                for var operation in document.operations(of: webhook) {
                    operation.path = "webhooks/\(webhook.name)"
                    describer.add(operation, isInbound: true)
                }
            }
        }
        let remarks = DocumentRemarks(of: document, readBy: &describer.schemas).remarks
        describer.schemas.finish()
        var description = APIDescription(content: document.contentHash)
        description.operations = describer.operations
        description.shapes = describer.schemas.shapes
        description.remarks = remarks
        description.text = document.text
        return description
    }

    private init(_ document: OpenAPIDocument) {
        self.document = document
        schemas = SchemaReader(document: document)
        defaults = DocumentDefaults(of: document)
    }

    // MARK: Operations

    /// Adds an operation, and the callbacks that it defines.
    private mutating func add(
        _ operation: OpenAPIDocument.Operation, isInbound: Bool = false, within outer: [SourceLocation] = []
    ) {
        var described = self.operation(operation)
        described.isInbound = isInbound
        operations.append(described)
        // A callback may refer to its operation again.
        let node = operation.node
        guard let callbacks = node["callbacks"]?.entries, !outer.contains(node.location), outer.count < Self.deepest
        else { return }
        for callback in callbacks {
            for item in document.resolve(callback.value).entries ?? [] where !item.name.hasPrefix("x-") {
                for var inner in document.operations(of: item) {
                    inner.path = "\(operation.path) \(operation.method) callbacks/\(callback.name)/\(item.name)"
                    add(inner, isInbound: true, within: outer + [node.location])
                }
            }
        }
    }

    /// The maximum nesting of callbacks.
    private static let deepest = 3
    private static let operationRules: Set<String> = [
        "operationId", "tags", "parameters", "requestBody", "responses", "security", "servers", "deprecated",
        "callbacks", "x-okta-lifecycle",
    ]
    /// Descriptions in the path item belong to the document.
    private static let sharedRules = DocumentKeys.words.union(["servers", "x-okta-lifecycle"])

    private mutating func operation(_ operation: OpenAPIDocument.Operation) -> OperationDescription {
        let node = operation.node
        var remarks = Remarks()
        for entry in node.entries ?? [] where !Self.operationRules.contains(entry.name) {
            schemas.add(entry, as: .operation, to: &remarks)
        }
        for entry in operation.shared where !Self.sharedRules.contains(entry.name) {
            schemas.add(entry, as: .pathItem, to: &remarks, origin: operation.path)
        }
        let lifecycle = node.entry("x-okta-lifecycle") ?? operation.shared.first { $0.name == "x-okta-lifecycle" }
        if let lifecycle { schemas.addLifecycle(lifecycle, to: &remarks) }
        if let id = node["operationId"] { remarks.words.add("operationId", 0, at: id.location) }
        if let tags = node["tags"] {
            remarks.words.add("tags", tags.elements?.isEmpty == false ? 1 : 0, at: tags.location)
        }
        remarks.add(defaults.servers(of: operation), under: "servers")
        let security = defaults.security(of: node)
        remarks.add(security.value, under: "security")
        return OperationDescription(
            identity: operation.identity, path: operation.path, symbol: operation.identity.description, group: nil,
            tags: (node["tags"]?.elements ?? []).compactMap { $0.scalar?.lowercased() },
            operationID: node["operationId"]?.scalar, parameters: parameters(of: operation),
            body: node["requestBody"].map { body(document.resolve($0)) }, responses: responses(of: node),
            scopes: security.scopes, lifecycle: lifecycle?.value["lifecycle"]?.scalar ?? "GA",
            isDeprecated: node["deprecated"]?.scalar == "true", remarks: remarks, location: node.location)
    }

    // MARK: Parameters

    /// Returns the parameters, an operation's own before those of its path item; path parameters in the order of the
    /// path.
    private mutating func parameters(of operation: OpenAPIDocument.Operation) -> [ParameterDescription] {
        var known: Set<String> = []
        var parameters: [ParameterDescription] = []
        for reference in (operation.node["parameters"]?.elements ?? []) + operation.sharedParameters {
            let node = document.resolve(reference)
            guard let name = node["name"]?.scalar, let place = node["in"]?.scalar else { continue }
            // Names of header fields are case-insensitive. `Content-Type` counts although OpenAPI ignores it, because
            // Okta's `GET /api/v1/users` reads it and an update adds the parameter.
            let wireName = place == "header" ? name.lowercased() : name
            guard known.insert("\(place) \(wireName)").inserted else { continue }
            parameters.append(parameter(node, name: name, place: place))
        }
        let path = Self.placeholders(of: operation.path).map { name in
            parameters.first { $0.place == "path" && $0.name == name } ?? undeclared(name, of: operation)
        }
        return path + parameters.filter { $0.place != "path" }
    }

    private static func placeholders(of path: String) -> [String] {
        path.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }

    private static let parameterRules: Set<String> = [
        "name", "in", "required", "schema", "deprecated", "x-okta-lifecycle",
    ]

    private mutating func parameter(_ node: YAMLNode, name: String, place: String) -> ParameterDescription {
        var remarks = Remarks()
        for entry in node.entries ?? [] where !Self.parameterRules.contains(entry.name) {
            if Self.isDefault(entry, of: node, in: place) { continue }
            schemas.add(entry, as: .parameter, to: &remarks)
        }
        if let lifecycle = node.entry("x-okta-lifecycle") { schemas.addLifecycle(lifecycle, to: &remarks) }
        var use = node["schema"].map { schemas.use(of: $0) } ?? TypeUse(shape: schemas.any(at: node.location))
        if node["deprecated"]?.scalar == "true" { use.flags.insert(.deprecated) }
        use.lifecycle = node["x-okta-lifecycle"]?["lifecycle"]?.scalar ?? use.lifecycle
        return ParameterDescription(
            name: name, place: place, use: use,
            isRequired: node["required"]?.scalar ?? (place == "path" ? "true" : "false") == "true",
            remarks: remarks, location: node.location)
    }

    /// Returns whether an entry states the default serialization of a value in a path or query.
    private static func isDefault(_ entry: YAMLEntry, of node: YAMLNode, in place: String) -> Bool {
        let usual = place == "query" || place == "cookie" ? "form" : "simple"
        let style = node["style"]?.scalar ?? usual
        return switch entry.name {
        case "style": style == usual
        case "explode": entry.value.scalar == (style == "form" ? "true" : "false")
        case "allowEmptyValue", "allowReserved": entry.value.scalar == "false"
        default: false
        }
    }

    /// Returns a part of the path without a parameter.
    private mutating func undeclared(_ name: String, of operation: OpenAPIDocument.Operation) -> ParameterDescription {
        var use = TypeUse(shape: schemas.any(at: operation.node.location))
        schemas.setKind(.string, of: &use)
        return ParameterDescription(
            name: name, place: "path", use: use, isRequired: true, remarks: Remarks(),
            location: operation.node.location)
    }

    // MARK: Bodies

    private mutating func body(_ node: YAMLNode) -> BodyDescription {
        var remarks = Remarks()
        for entry in node.entries ?? [] where !["required", "content", "x-okta-lifecycle"].contains(entry.name) {
            schemas.add(entry, as: .requestBody, to: &remarks)
        }
        if let lifecycle = node.entry("x-okta-lifecycle") {
            schemas.add(lifecycle, as: nil, to: &remarks)
        }
        return BodyDescription(
            isRequired: node["required"]?.scalar == "true", media: media(in: node), remarks: remarks,
            location: node.location)
    }

    private mutating func responses(of operation: YAMLNode) -> [ResponseDescription] {
        var responses: [ResponseDescription] = []
        for entry in operation["responses"]?.entries ?? [] where !entry.name.hasPrefix("x-") {
            let node = document.resolve(entry.value)
            var remarks = Remarks()
            for inner in node.entries ?? [] where inner.name != "content" {
                schemas.add(inner, as: .response, to: &remarks)
            }
            responses.append(
                ResponseDescription(
                    status: entry.name == "default" ? entry.name : entry.name.uppercased(), media: media(in: node),
                    remarks: remarks, location: node.location))
        }
        return responses
    }

    private mutating func media(in node: YAMLNode) -> [MediaDescription] {
        var media: [MediaDescription] = []
        for entry in node["content"]?.entries ?? [] {
            var remarks = Remarks()
            for inner in entry.value.entries ?? [] where inner.name != "schema" {
                schemas.add(inner, as: .mediaType, to: &remarks)
            }
            let name = MediaTypeName(entry.name).description
            media.append(
                MediaDescription(
                    name: media.contains { $0.name == name } ? entry.name : name,
                    use: entry.value["schema"].map { schemas.use(of: $0) }
                        ?? TypeUse(shape: schemas.any(at: entry.value.location)),
                    remarks: remarks, location: entry.key.location))
        }
        return media
    }
}

extension YAMLNode {
    /// Returns the entry under a key of a mapping.
    func entry(_ key: String) -> YAMLEntry? { entries?.first { $0.name == key } }
}
