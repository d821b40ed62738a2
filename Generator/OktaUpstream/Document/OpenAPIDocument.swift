public import OktaCatalog
public import YAML

/// Okta's published OpenAPI document, 3.0 or 3.1, with its references.
///
/// All content is normalized to the form of 3.0, and every reference resolves, except those to examples. A document with
/// other dangling references, or other violations of OpenAPI, is rejected with the locations.
public struct OpenAPIDocument: Sendable {
    /// An operation with the path item that holds it.
    public struct Operation: Sendable {
        /// The method in upper case.
        public var method: String
        /// The path as written in the document.
        public var path: String
        /// The operation's node.
        public var node: YAMLNode
        /// The parameters of the path item, which apply to all its operations.
        public var sharedParameters: [YAMLNode]
        /// The other entries of the path item.
        package var shared: [YAMLEntry]
    }

    /// The release, as `info.version` states it.
    public let release: String
    /// The title, as `info.title` states it.
    public let title: String
    /// The operations in the order of the document.
    public let operations: [Operation]
    /// The document, normalized to the form of OpenAPI 3.0.
    package let root: YAMLNode
    /// The original document.
    package let text: DocumentText
    private let references: ReferenceIndex
    private let schemas: [ExactText: YAMLNode]
    private let classes: SchemaClasses
    private let operationIndex: [OperationIdentity: Int]

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - file: YAML or JSON text.
    ///   - diagnostics: Receives the problems. The document is nil if one of them is an error.
    public init?(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        var findings = Diagnostics()
        defer { diagnostics.append(findings.all) }
        guard let text = DocumentLoader(limits: .published).load(file, reporting: &findings), !findings.hasErrors,
            let version = OpenAPIVersion(text, reporting: &findings)
        else { return nil }
        guard text["paths"]?.entries != nil || version == .v31 && (text["webhooks"] ?? text["components"]) != nil else {
            findings.report(
                Diagnostic(
                    rule: "not-openapi", "this is not an OpenAPI 3 document: `paths` is missing", at: text.location,
                    hint: "pass one of Okta's OpenAPI documents"))
            return nil
        }
        let normalization = OpenAPINormalization(of: text, version: version)
        let root = normalization.normalized(text, as: .document)
        references = ReferenceIndex(of: root, normalizedBy: normalization)
        findings.append(references.findings)
        // The catalog could not list the operations of such a path.
        for path in root["paths"]?.entries ?? []
        where !path.name.hasPrefix("x-") && OperationIdentity.erased(path.name) == nil {
            findings.report(
                Diagnostic(
                    rule: "openapi-form", "`\(path.name)` is not a path", at: path.key.location,
                    hint: "start it with `/`, and close every `{`"))
        }
        guard !findings.hasErrors else { return nil }
        self.root = root
        self.text = DocumentText(root: text)
        title = root["info"]?["title"]?.scalar ?? ""
        release = root["info"]?["version"]?.scalar ?? ""
        classes = SchemaClasses(of: references.targets)
        schemas = Dictionary(
            texts: references.targets.values.filter { $0.place == .schema }.map { (Self.name(of: $0.pointer), $0.node) }
        )
        operations = (root["paths"]?.entries ?? []).filter { !$0.name.hasPrefix("x-") }
            .flatMap { [references] in Self.operations(of: $0, references) }
        let faults = Self.faults(inPaths: root["paths"], of: operations)
        guard faults.isEmpty else {
            findings.append(faults)
            return nil
        }
        operationIndex = Dictionary(
            operations.enumerated().map { ($1.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func operations(of path: YAMLEntry, _ references: ReferenceIndex) -> [Operation] {
        let item = completed(path.value, references)
        let shared = item["parameters"]?.elements ?? []
        let rest = (item.entries ?? []).filter {
            !OpenAPIPlace.methods.contains($0.name) && $0.name != "parameters" && $0.name != "$ref"
        }
        return (item.entries ?? []).filter { OpenAPIPlace.methods.contains($0.name) }.map {
            Operation(
                method: $0.name.uppercased(), path: path.name, node: $0.value, sharedParameters: shared, shared: rest)
        }
    }

    /// Returns errors for operations that would be lost silently: those with a method in upper case or an unknown
    /// method, and duplicates that differ only in the names of parameters.
    private static func faults(inPaths paths: YAMLNode?, of operations: [Operation]) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        for path in paths?.entries ?? [] where !path.name.hasPrefix("x-") {
            for entry in path.value.entries ?? [] {
                guard !OpenAPIPlace.methods.contains(entry.name), !itemKeys.contains(entry.name),
                    !entry.name.hasPrefix("x-")
                else { continue }
                let method = entry.name.lowercased()
                faults.append(
                    Diagnostic(
                        rule: "openapi-form", "`\(entry.name)` is not a method of a path", at: entry.key.location,
                        hint: OpenAPIPlace.methods.contains(method)
                            ? "write `\(method)`" : "correct the document, or use another one"))
            }
        }
        var known: [OperationIdentity: Operation] = [:]
        for operation in operations {
            guard let other = known.updateValue(operation, forKey: operation.identity) else { continue }
            faults.append(
                Diagnostic(
                    rule: "openapi-form",
                    "the operation `\(operation.identity)` has two paths, which differ in names only",
                    at: operation.node.location, hint: "remove one of them",
                    notes: [.init("the other path is `\(other.path)`", at: other.node.location)]))
        }
        return faults
    }

    private static let itemKeys: Set<String> = ["$ref", "summary", "description", "servers", "parameters"]

    /// Returns a path item with the entries that it lacks from the path items that it refers to.
    private static func completed(_ item: YAMLNode, _ references: ReferenceIndex) -> YAMLNode {
        var item = item
        var target = references.target(of: item)?.node
        while let more = target {
            for entry in more.entries ?? [] where entry.name != "$ref" && item[entry.name] == nil {
                item[entry.name] = entry.value
            }
            target = references.target(of: more)?.node
        }
        return item
    }

    /// Returns the operations of a path item outside `paths`, in a webhook or callback.
    package func operations(of item: YAMLEntry) -> [Operation] { Self.operations(of: item, references) }

    /// The hash of the document's canonical content. It identifies the document, because release names are unreliable.
    public var contentHash: String { CanonicalContent(of: text.root).hash }

    /// Returns the pointer to a location in the document's text.
    func pointer(to location: SourceLocation) -> DocumentPointer { text.pointer(to: location) }

    /// Returns the operation with a method and path. Parameter names are ignored.
    public func operation(_ method: String, _ path: String) -> Operation? {
        operationIndex[OperationIdentity(method, path)].map { operations[$0] }
    }

    /// Follows a chain of `$ref`s. Returns the node itself if it is not a reference.
    public func resolve(_ node: YAMLNode) -> YAMLNode {
        var current = node
        // Circular chains were rejected.
        while let target = references.target(of: current) { current = target.node }
        return current
    }

    /// Returns the name of the schema that a node refers to; nil if it is not a reference to a schema.
    ///
    /// A schema without a name in the document is identified by its location.
    public func schemaName(_ node: YAMLNode) -> String? {
        guard let target = references.target(of: node), target.place == .schema else { return nil }
        return Self.name(of: target.pointer)
    }

    private static func name(of pointer: DocumentPointer) -> String {
        pointer.tokens.count == 3 && pointer.tokens.starts(with: ["components", "schemas"])
            ? pointer.tokens[2] : pointer.description
    }

    /// The names of all schemas, in order.
    public var schemaNames: [String] { schemas.keys.filter { !$0.text.hasPrefix("#") }.sorted().map(\.text) }

    /// Returns the schema with a name.
    public func schema(named name: String) -> YAMLNode? { schemas[text: name] }

    /// Returns whether the value of a schema has members, so that it becomes a model.
    func isObject(_ node: YAMLNode) -> Bool { classes.isObject(node) }

    /// Returns whether a schema, or one that it extends, has a discriminator.
    func hasDiscriminator(_ node: YAMLNode) -> Bool { classes.hasDiscriminator(node) }
}

extension OpenAPIDocument {
    /// Returns whether the title begins with the words of a text, because Okta adds and removes words at the end.
    public func isTitled(_ text: String) -> Bool {
        title == text || title.hasPrefix("\(text) ")
    }
}

extension OpenAPIDocument.Operation {
    /// The identity of the operation.
    public var identity: OperationIdentity { OperationIdentity(method, path) }
}
