import OktaCatalog
import OktaUpstream
import YAML

/// The document's defaults for an operation.
struct DocumentDefaults {
    private let servers: UnmodelledValue
    private let security: YAMLNode?

    init(of document: OpenAPIDocument) {
        let root = document.root
        if let list = root["servers"], list.elements?.isEmpty == false {
            servers = Self.normalized(list, origin: Self.document)
        } else {
            let usual = UnmodelledValue(.members([:]), at: root.location)
            servers = UnmodelledValue(.members(["/": usual]), at: root.location, origin: Self.document)
        }
        security = root["security"]
    }

    // MARK: Servers

    /// Returns the servers of an operation by URL, in any order; those of the document are attributed to the document.
    func servers(of operation: OpenAPIDocument.Operation) -> UnmodelledValue {
        let path = operation.shared.first { $0.name == "servers" }?.value
        for (list, origin) in [(operation.node["servers"], nil), (path, operation.path)] {
            if let list, list.elements?.isEmpty == false { return Self.normalized(list, origin: origin) }
        }
        return servers
    }

    /// The name of the document as a whole in reports.
    static let document = "the document"

    private static func normalized(_ list: YAMLNode, origin: String?) -> UnmodelledValue {
        var servers: [ExactText: UnmodelledValue] = [:]
        for server in list.elements ?? [] {
            let url = server["url"]?.scalar ?? "/"
            var rest = UnmodelledValue(server.without(["url", "description"]))
            rest.location = server.location
            if case .members(var members) = rest.content, let variables = server["variables"] {
                members["variables"] = Self.variables(variables)
                rest.content = .members(members)
            }
            if servers[text: url] == nil { servers[text: url] = rest }
        }
        return UnmodelledValue(.members(servers), at: list.location, origin: origin)
    }

    private static func variables(_ node: YAMLNode) -> UnmodelledValue {
        var variables: [ExactText: UnmodelledValue] = [:]
        for variable in node.entries ?? [] {
            var value = UnmodelledValue(variable.value.without(["description"]))
            if case .members(var members) = value.content, let values = variable.value["enum"] {
                members["enum"] = UnmodelledValue(set: values)
                value.content = .members(members)
            }
            variables[text: variable.name] = value
        }
        return UnmodelledValue(.members(variables), at: node.location)
    }

    // MARK: Security

    /// Returns the security of a call: the scopes or schemes, and the combinations that are required together.
    func security(of operation: YAMLNode) -> (scopes: [String], value: UnmodelledValue) {
        let list = operation["security"] ?? security
        var scopes: [String] = []
        var requirements: [ExactText: UnmodelledValue] = [:]
        for requirement in list?.elements ?? [] {
            var parts: [String] = []
            for scheme in requirement.entries ?? [] {
                let listed = (scheme.value.elements ?? []).compactMap(\.scalar)
                for scope in listed.isEmpty ? [scheme.name] : listed where !scopes.contains(scope) {
                    scopes.append(scope)
                }
                parts.append("\(scheme.name)[\(Set(listed).sorted().joined(separator: " "))]")
            }
            requirements[text: parts.sorted().joined(separator: "+")] = UnmodelledValue(
                .value("true"), at: requirement.location)
        }
        return (scopes, UnmodelledValue(.members(requirements), at: list?.location ?? operation.location))
    }
}

extension YAMLNode {
    /// Returns a mapping without some keys.
    func without(_ keys: Set<String>) -> YAMLNode {
        YAMLNode(.mapping((entries ?? []).filter { !keys.contains($0.name) }), at: location)
    }
}
