/// Detects loopback hosts, for which plain `http` is allowed.
enum Loopback {
    /// Returns whether an authority (`host` or `host:port`) refers to the local machine.
    static func contains(authority: String) -> Bool {
        // With user info, the text before the colon is not the host.
        guard !authority.contains("@") else { return false }
        if authority.hasPrefix("[") {
            return contains(host: String(authority.prefix { $0 != "]" }) + "]")
        }
        return contains(host: String(authority.prefix { $0 != ":" }))
    }

    /// Returns whether a host refers to the local machine: `localhost`, its subdomains, `127.0.0.0/8` or `[::1]`.
    static func contains(host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }
}

/// The domains under which Okta hosts orgs. The generator has its own copy, because neither depends on the other;
/// `OktaDomainsTests` compares them.
package enum OktaDomains {
    /// Okta's own domains. Custom domains may have any name.
    package static let all = [
        "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil", "okta-miltest.com",
        "trex-govcloud.com",
    ]
}

/// The parts of a URL that are needed to follow a link.
struct LinkTarget {
    /// The scheme; `nil` for a reference without scheme and host.
    let scheme: String?
    let authority: String?
    /// The path and query without a fragment. Begins with `/`.
    let pathAndQuery: String

    /// Parses a URL, or a reference that begins with `/`. Returns `nil` for any other text.
    init?(_ text: String) {
        let text = text.prefix { $0 != "#" }
        if text.hasPrefix("/") && !text.hasPrefix("//") {
            scheme = nil
            authority = nil
            pathAndQuery = String(text)
            return
        }
        guard let mark = text.firstIndex(of: ":"), text[mark...].hasPrefix("://") else { return nil }
        let rest = text[text.index(mark, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let scheme = text[..<mark].lowercased()
        guard scheme == "https" || scheme == "http", !authority.isEmpty else { return nil }
        self.scheme = scheme
        self.authority = String(authority)
        let tail = rest.dropFirst(authority.count)
        pathAndQuery = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }

    var path: Substring { pathAndQuery.prefix { $0 != "?" } }

    var query: Substring { pathAndQuery.dropFirst(path.count).dropFirst() }
}
