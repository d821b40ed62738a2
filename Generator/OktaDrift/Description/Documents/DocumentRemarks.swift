import OktaCatalog
import OktaUpstream
import YAML

/// Statements of a document about the API as a whole, besides its operations and types.
struct DocumentRemarks {
    private(set) var remarks = Remarks()

    private static let elsewhere: Set<String> = [
        "openapi", "paths", "components", "webhooks", "x-webhooks", "servers", "security",
    ]
    /// Descriptions for readers, which do not affect calls.
    private static let words: Set<String> = ["info", "tags", "externalDocs", "x-tagGroups"]

    init(of document: OpenAPIDocument, readBy schemas: inout SchemaReader) {
        var words = WordReader(document: document)
        for entry in document.root.entries ?? [] where !Self.elsewhere.contains(entry.name) {
            if !Self.words.contains(entry.name) {
                schemas.add(entry, as: .document, to: &remarks)
            } else if let tags = entry.value.elements {
                // The order of tags is only the order of a menu.
                for tag in tags {
                    remarks.words.add(entry.name, WordReader.hash(of: tag), at: tag.location)
                }
            } else {
                for inner in entry.value.entries ?? [] {
                    words.add(inner, to: &remarks.words, under: "\(entry.name)/\(inner.name)")
                }
            }
        }
        for path in document.root["paths"]?.entries ?? [] {
            if path.name.hasPrefix("x-") {
                schemas.add(path, as: nil, to: &remarks, under: "paths/\(path.name)")
                continue
            }
            let name = OperationIdentity("", path.name).path
            for entry in path.value.entries ?? [] where DocumentKeys.words.contains(entry.name) {
                words.add(entry, to: &remarks.words, under: "paths/\(name)/\(entry.name)")
            }
        }
        addServerWords(of: document)
        addSchemes(of: document)
    }

    /// Adds the purpose of servers, at any place that lists them.
    private mutating func addServerWords(of document: OpenAPIDocument) {
        let lists =
            [document.root["servers"]] + document.operations.map { $0.node["servers"] }
            + document.operations.map { $0.shared.first { $0.name == "servers" }?.value }
        var known: Set<Int> = []
        for server in lists.flatMap({ $0?.elements ?? [] }) {
            var texts = [server["description"]].compactMap { $0 }
            texts += (server["variables"]?.entries ?? []).compactMap { $0.value["description"] }
            for text in texts {
                let hash = WordReader.hash(of: text)
                if known.insert(hash).inserted { remarks.words.add("servers", hash, at: text.location) }
            }
        }
    }

    /// Adds the authentication of a call.
    private mutating func addSchemes(of document: OpenAPIDocument) {
        for scheme in document.root["components"]?["securitySchemes"]?.entries ?? [] {
            let node = document.resolve(scheme.value)
            var value = UnmodelledValue(node.without(["description", "flows"]))
            if let text = node["description"] {
                remarks.words.add("securitySchemes", WordReader.hash(of: text), at: text.location)
            }
            if let flows = node["flows"] {
                var members: [ExactText: UnmodelledValue] = [:]
                for flow in flows.entries ?? [] { members[text: flow.name] = self.flow(flow.value) }
                if case .members(var known) = value.content {
                    known["flows"] = UnmodelledValue(.members(members), at: flows.location)
                    value.content = .members(known)
                }
            }
            remarks.add(value, under: "components/securitySchemes/\(scheme.name)")
        }
    }

    private mutating func flow(_ node: YAMLNode) -> UnmodelledValue {
        var value = UnmodelledValue(node.without(["scopes"]))
        guard case .members(var members) = value.content, let scopes = node["scopes"] else { return value }
        var names: [ExactText: UnmodelledValue] = [:]
        for scope in scopes.entries ?? [] {
            names[text: scope.name] = UnmodelledValue(.value("true"), at: scope.key.location)
            remarks.words.add("scopes/\(scope.name)", WordReader.hash(of: scope.value), at: scope.value.location)
        }
        members["scopes"] = UnmodelledValue(.members(names), at: scopes.location)
        value.content = .members(members)
        return value
    }
}
