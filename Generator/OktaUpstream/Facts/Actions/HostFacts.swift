import OktaCatalog
import YAML

/// The host of an operation: the org's own host, or one with a label before it.
///
/// Okta's documents write the org's host in several ways: `{yourOktaDomain}`, `{subdomain}.okta.com`, and
/// `yourOrgSubDomain.okta.com` without braces.
struct HostFacts {
    /// The label before the org's host; nil for the org's own host.
    private(set) var prefix: String?
    /// Servers that the catalog cannot express.
    private(set) var findings: [Diagnostic] = []

    init(of operation: OpenAPIDocument.Operation) {
        let path = operation.shared.first { $0.name == "servers" }?.value
        let lists = [operation.node["servers"], path].compactMap { $0 }.filter { $0.elements?.isEmpty == false }
        // The servers of the document itself are those of the org, as `findings(ofDocument:stated:)` verifies.
        guard let list = lists.first else { return }
        var prefixes: Set<String?> = []
        for server in list.elements ?? [] {
            let url = server["url"]
            guard let labels = url?.scalar.flatMap(Self.labelsBeforeOrg), labels.count <= 1,
                labels.allSatisfy(\.isHostLabel)
            else {
                findings.append(
                    .unsupported(
                        "server \(url?.scalar ?? "")",
                        "the server `\(url?.scalar ?? "")` is neither the org nor a host such as `drapp.{org}.okta.com`",
                        at: (url ?? server).location, hint: Diagnostic.pinHint("hostPrefix")))
                return
            }
            prefixes.insert(labels.first)
        }
        guard let only = prefixes.first, prefixes.count == 1 else {
            findings.append(
                .unsupported(
                    "several hosts", "the operation is on several hosts", at: list.location,
                    hint: Diagnostic.pinHint("hostPrefix")))
            return
        }
        prefix = only
    }

    /// Returns errors for servers of a document that are not the org, or have a path.
    ///
    /// - Parameter stated: The server in `catalog.yaml` that replaces the org; nil for the org.
    static func findings(ofDocument root: YAMLNode, stated: String?) -> [Diagnostic] {
        (root["servers"]?.elements ?? []).compactMap { server in
            guard let url = server["url"], let text = url.scalar else { return nil }
            guard path(of: text).isEmpty else {
                return .unsupported(
                    "path of server \(text)", "the document's paths are below the path of the server `\(text)`",
                    at: url.location,
                    hint: "correct the document: its paths must be those of the org")
            }
            if let stated {
                guard !text.hasSameBytes(as: stated) else { return nil }
                return .unsupported(
                    "server \(text) instead of \(stated)",
                    "the document's server is `\(text)`, but the catalog's is `\(stated)`", at: url.location,
                    hint: isOrg(server) ? "remove `server` from `catalog.yaml`" : "correct `server` in `catalog.yaml`")
            }
            guard !isOrg(server) else { return nil }
            return .unsupported(
                "server \(text)", "the document's server `\(text)` is not the org", at: url.location,
                hint: "if clients are to be created for this server instead of an org, write "
                    + "`server: \(YAMLNotation.scalar(text))` into `catalog.yaml`")
        }
    }

    /// Returns whether a server of a document is the org. A host that consists of one variable is the org's if the
    /// variable's default is under one of Okta's domains, or no host.
    private static func isOrg(_ server: YAMLNode) -> Bool {
        let url = server["url"]?.scalar ?? ""
        // A relative URL refers to the server with the document.
        guard url.contains("://") else { return true }
        let host = url.dropFirst("https://".count).prefix { $0 != "/" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if labels.count == 3, isUnderOkta(labels), url.hasPrefix("https://") { return true }
        guard labelsBeforeOrg(url)?.isEmpty == true else { return false }
        guard labels.count == 1, let only = labels.first else { return true }
        let usual = server["variables"]?[String(only.dropFirst().dropLast())]?["default"]?.scalar ?? ""
        let parts = usual.split(separator: ".").map(String.init)
        return parts.count < 2 || isUnderOkta(parts)
    }

    private static func isUnderOkta(_ labels: [String]) -> Bool {
        OktaDomains.all.contains(labels.suffix(2).joined(separator: "."))
    }

    /// Returns the path of a server, whose URL may be relative; empty for the root.
    private static func path(of url: String) -> Substring {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...].drop { $0 != "/" } } ?? url[...]
        return rest == "/" ? "" : rest
    }

    /// Returns the labels before the org's host; nil for a server that is not an org or has a path.
    private static func labelsBeforeOrg(_ url: String) -> [String]? {
        guard url.hasPrefix("https://"), path(of: url).isEmpty else { return nil }
        let host = url.dropFirst("https://".count).prefix { $0 != "/" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let last = labels.last, isTemplate(last) { return Array(labels.dropLast()) }
        // The org's name and Okta's domain.
        guard labels.count >= 3, isUnderOkta(labels) else { return nil }
        let org = labels[labels.count - 3]
        let isPlaceholder = isTemplate(org) || org.lowercased().hasPrefix("your") || org == "subdomain"
        return isPlaceholder ? Array(labels.dropLast(3)) : nil
    }

    private static func isTemplate(_ label: String) -> Bool { label.hasPrefix("{") && label.hasSuffix("}") }
}

/// The domains under which Okta hosts orgs. The library has its own copy, because neither depends on the other;
/// `OktaDomainsTests` compares them.
package enum OktaDomains {
    /// The domains, each of two labels.
    package static let all = [
        "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil", "okta-miltest.com",
        "trex-govcloud.com",
    ]
}
