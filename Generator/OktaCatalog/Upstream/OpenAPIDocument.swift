import YAML

/// Okta's published OpenAPI 3.0 document, with its references at hand.
public struct OpenAPIDocument: Sendable {
    /// An operation with the path item that holds it.
    public struct Operation: Sendable {
        /// The method in upper case.
        public var method: String
        /// The path as upstream writes it.
        public var path: String
        /// The operation's node.
        public var node: YAMLNode
        /// The parameters of the path item, which hold for all its operations.
        public var sharedParameters: [YAMLNode]
    }

    /// The release, as `info.version` states it.
    public let release: String
    /// The operations in the order of the document.
    public let operations: [Operation]
    private let root: YAMLNode
    private let components: [String: YAMLNode]
    private let operationIndex: [OperationIdentity: Int]

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - file: YAML or JSON text.
    ///   - diagnostics: Receives what is wrong.
    public init?(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        guard let root = YAMLLoader(limits: .published).load(file, reporting: &diagnostics) else { return nil }
        guard let paths = root["paths"]?.entries, root["openapi"] != nil else {
            diagnostics.report(
                Diagnostic(
                    rule: "not-openapi", "this is not an OpenAPI 3 document: `openapi` or `paths` is missing",
                    at: root.location, hint: "name Okta's management document"))
            return nil
        }
        self.root = root
        release = root["info"]?["version"]?.scalar ?? ""
        var components: [String: YAMLNode] = [:]
        for section in root["components"]?.entries ?? [] {
            for entry in section.value.entries ?? [] {
                components["#/components/\(section.name)/\(entry.name)"] = entry.value
            }
        }
        self.components = components
        let methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"]
        var operations: [Operation] = []
        for path in paths {
            let shared = path.value["parameters"]?.elements ?? []
            for entry in path.value.entries ?? [] where methods.contains(entry.name) {
                operations.append(
                    Operation(
                        method: entry.name.uppercased(), path: path.name, node: entry.value, sharedParameters: shared))
            }
        }
        self.operations = operations
        operationIndex = Dictionary(
            operations.enumerated().map { ($1.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The hash of the document's canonical content: what identifies it, since releases are named carelessly.
    public var contentHash: String { CanonicalContent(of: root).hash }

    /// The operation at a method and path; parameter names do not matter.
    public func operation(_ method: String, _ path: String) -> Operation? {
        operationIndex[OperationIdentity(method, path)].map { operations[$0] }
    }

    /// Follows a chain of `$ref`s; the node itself when it is none.
    public func resolve(_ node: YAMLNode) -> YAMLNode {
        var current = node
        // A circle of references would never end; no sound chain is this long.
        for _ in 0..<32 {
            guard let target = current["$ref"]?.scalar.flatMap({ components[$0] }) else { return current }
            current = target
        }
        return current
    }

    /// The name of the schema that a node refers to; nil when it is not a reference to a schema.
    public func schemaName(_ node: YAMLNode) -> String? {
        let prefix = "#/components/schemas/"
        guard let reference = node["$ref"]?.scalar, reference.hasPrefix(prefix) else { return nil }
        return String(reference.dropFirst(prefix.count))
    }

    /// The names of all schemas, in order.
    public var schemaNames: [String] {
        let prefix = "#/components/schemas/"
        return components.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    /// The schema of a name.
    public func schema(named name: String) -> YAMLNode? {
        components["#/components/schemas/\(name)"]
    }
}
