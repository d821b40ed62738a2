import OktaUpstream
import YAML

/// The hosts of a recording that are orgs: those under Okta's domains, or those named by the caller.
///
/// Any server may have a path such as `/api/v1/users/77`, so a path does not identify an org.
public struct OrgHosts: Sendable, Hashable {
    /// A host, or with a leading `*.` all hosts under a domain.
    private struct Pattern: Sendable, Hashable {
        var name: String
        /// The port, with its colon; nil for any.
        var port: String?
        var takesAll = false

        func covers(_ host: Substring, port: Substring) -> Bool {
            if let own = self.port, own != port { return false }
            return takesAll || (name.hasPrefix(".") ? host.hasSuffix(name) && host.count > name.count : host == name)
        }
    }

    private var patterns: [Pattern] = []
    /// The requested hosts as written; empty for Okta's domains.
    public private(set) var names: [String] = []

    /// The hosts under Okta's domains.
    public static let belowOktaDomains = OrgHosts()

    private init() {}

    /// Creates a set of hosts from names: `login.example.com`, `localhost:8080`, `*.example.com`, or `*` for all.
    public init(_ names: [String]) throws(RecordingFailure) {
        self.names = names
        for text in names {
            let (host, port) = Self.split(text.lowercased())
            let bare = host.hasPrefix("*.") ? host.dropFirst(2) : host
            guard host == "*" || Self.isName(String(bare)) else {
                throw RecordingFailure(
                    message: "`\(text)` is not a host; write only its name, such as login.example.com or *.example.com")
            }
            patterns.append(
                Pattern(
                    name: String(host.hasPrefix("*.") ? host.dropFirst() : host),
                    port: port.isEmpty ? nil : String(port),
                    takesAll: host == "*"))
        }
    }

    /// Whether hosts were requested.
    var areAskedFor: Bool { !names.isEmpty }

    /// Returns whether a host belongs to an org.
    func contains(_ host: String) -> Bool {
        let (name, port) = Self.split(host)
        guard !areAskedFor else { return patterns.contains { $0.covers(name, port: port) } }
        guard port.isEmpty || port == ":443" else { return false }
        return Self.isName(host)
            && Self.oktaDomains.contains { domain in
                name.hasSuffix(domain) && name.count > domain.count
                    && !Self.namesOfNoOrg.contains(name.dropLast(domain.count))
            }
    }

    private static let oktaDomains = OktaDomains.all.map { ".\($0)" }
    /// The names of hosts under Okta's domains that are not orgs.
    private static let namesOfNoOrg: Set<Substring> = [
        "www", "developer", "login", "help", "support", "status", "trust",
    ]

    /// Returns whether a text is a host name or an IP address, and may be shown.
    static func isName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILowercase || $0.isASCIIDigit || "-._:[]".utf8.contains($0) }
    }

    private static func split(_ host: String) -> (name: Substring, port: Substring) {
        guard let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().allSatisfy(\.isNumber) else {
            return (host[...], "")
        }
        return (host[..<colon], host[colon...])
    }
}
