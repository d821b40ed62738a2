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
        // The servers of the document itself are those of the org.
        guard let list = lists.first else { return }
        var prefixes: Set<String?> = []
        for server in list.elements ?? [] {
            let url = server["url"]
            guard let labels = url?.scalar.flatMap(Self.labelsBeforeOrg), labels.count <= 1,
                labels.allSatisfy(\.isHostLabel)
            else {
                findings.append(
                    .unsupported(
                        "the server `\(url?.scalar ?? "")` is neither the org nor a host such as `drapp.{org}.okta.com`",
                        at: (url ?? server).location, hint: Diagnostic.pinHint("hostPrefix")))
                return
            }
            prefixes.insert(labels.first)
        }
        guard let only = prefixes.first, prefixes.count == 1 else {
            findings.append(
                .unsupported(
                    "the operation is on several hosts", at: list.location, hint: Diagnostic.pinHint("hostPrefix")))
            return
        }
        prefix = only
    }

    /// Returns errors for servers of a document with a path, because its paths would not be those of the org.
    static func findings(ofDocument root: YAMLNode) -> [Diagnostic] {
        (root["servers"]?.elements ?? []).compactMap { server in
            guard let url = server["url"], let text = url.scalar, !path(of: text).isEmpty else { return nil }
            return .unsupported(
                "the document's paths are below the path of the server `\(text)`", at: url.location,
                hint: "correct the document: its paths must be those of the org")
        }
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
        guard labels.count >= 3, OktaDomains.all.contains(labels.suffix(2).joined(separator: ".")) else { return nil }
        let org = labels[labels.count - 3]
        let isPlaceholder = isTemplate(org) || org.lowercased().hasPrefix("your") || org == "subdomain"
        return isPlaceholder ? Array(labels.dropLast(3)) : nil
    }

    private static func isTemplate(_ label: String) -> Bool { label.hasPrefix("{") && label.hasSuffix("}") }
}

/// The domains of Okta's orgs. The library has a separate list, because neither depends on the other.
package enum OktaDomains {
    /// The domains, each of two labels.
    package static let all = [
        "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil", "okta-miltest.com",
        "trex-govcloud.com",
    ]
}
