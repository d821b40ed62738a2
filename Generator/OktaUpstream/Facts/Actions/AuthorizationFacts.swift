import OktaCatalog
import YAML

/// The credentials that an operation requires, and the scopes that permit it.
struct AuthorizationFacts {
    /// The credentials; nil for either token of the org, or if the document does not state them.
    private(set) var authorization: CatalogAction.Authorization?
    private(set) var scopes: [String] = []
    /// Requirements that the catalog cannot express.
    private(set) var findings: [Diagnostic] = []

    init(of operation: YAMLNode, in document: OpenAPIDocument) {
        let schemes = document.root["components"]?["securitySchemes"]
        guard let list = operation["security"] ?? document.root["security"] else {
            // An operation without a requirement is public, unless the document declares no schemes at all.
            if schemes?.entries?.isEmpty == false { authorization = .anonymous }
            return
        }
        var kinds: Set<CatalogAction.Authorization> = []
        for requirement in list.elements ?? [] {
            let parts = requirement.entries ?? []
            guard parts.count <= 1 else {
                findings.append(
                    Self.finding(
                        "security all \(Self.list(parts))", "the schemes \(Self.names(parts)) are required together",
                        at: requirement))
                return
            }
            guard let part = parts.first else {
                kinds.insert(.anonymous)
                continue
            }
            guard let kind = Self.kind(of: part.name, schemes?[part.name].map(document.resolve)) else {
                findings.append(
                    .unsupported(
                        "security scheme \(part.name)", "the security scheme `\(part.name)` is not known",
                        at: part.key.location,
                        hint: Diagnostic.pinHint("authorization")))
                return
            }
            kinds.insert(kind)
            if kind == .oauth2 { scopes += (part.value.elements ?? []).compactMap(\.scalar) }
        }
        switch kinds {
        case [], [.anonymous]: authorization = .anonymous
        case [.oauth2, .apiToken]: break
        case _ where kinds.count == 1: authorization = kinds.first
        default:
            let names = (list.elements ?? []).flatMap { $0.entries ?? [] }
            let choice = kinds.contains(.anonymous) ? "nothing or \(Self.names(names))" : "one of \(Self.names(names))"
            let fact = "security \(kinds.contains(.anonymous) ? "optional" : "any") \(Self.list(names))"
            findings.append(Self.finding(fact, "the operation takes \(choice)", at: list))
        }
    }

    /// Returns the kind of a scheme. The kind of an undeclared scheme is derived from its name.
    private static func kind(of name: String, _ scheme: YAMLNode?) -> CatalogAction.Authorization? {
        guard let scheme else {
            return ["oauth2": .oauth2, "apitoken": .apiToken, "apikey": .apiToken][name.lowercased()]
        }
        switch (scheme["type"]?.scalar, scheme["scheme"]?.scalar?.lowercased()) {
        case ("oauth2", _), ("openIdConnect", _), ("http", "bearer"): return .oauth2
        case ("apiKey", _):
            let isToken = scheme["in"]?.scalar == "header" && scheme["name"]?.scalar?.lowercased() == "authorization"
            return isToken ? .apiToken : nil
        // Okta's name for client credentials in the body.
        case ("http", "basic"), ("http", "postbody"): return .client
        default: return nil
        }
    }

    private static func names(_ entries: [YAMLEntry]) -> String {
        entries.map { "`\($0.name)`" }.joined(separator: ", ")
    }

    private static func list(_ entries: [YAMLEntry]) -> String { entries.map(\.name).joined(separator: " ") }

    private static func finding(_ fact: String, _ message: String, at node: YAMLNode) -> Diagnostic {
        .unsupported(fact, message, at: node.location, hint: Diagnostic.pinHint("authorization"))
    }
}
