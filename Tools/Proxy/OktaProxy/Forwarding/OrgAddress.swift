#if Proxy
/// The org's address, for comparison with the hosts in requests.
package struct OrgAddress: Sendable, Hashable {
    /// `https`, or `http` for an org on this machine.
    package let scheme: String
    /// The host and port, without the default port of the scheme.
    package let authority: String
    /// The scheme and authority.
    package let origin: String
    private let host: String
    private let port: String?

    /// Creates an address.
    ///
    /// - Parameter origin: A normalized origin, such as `https://acme.okta.com`.
    package init(origin: String) {
        let end = origin.firstRange(of: "://")
        scheme = end.map { String(origin[..<$0.lowerBound]) } ?? "https"
        authority = end.map { String(origin[$0.upperBound...]) } ?? origin
        self.origin = "\(scheme)://\(authority)"
        (host, port) = Self.split(authority)
    }

    /// Returns whether an authority is the org's.
    ///
    /// - Parameter scheme: The scheme before it. A client that is configured with a proxy for `http` uses that scheme,
    ///   although the org is only reached by `https`.
    package func isNamed(by other: some StringProtocol, scheme otherScheme: String) -> Bool {
        let (otherHost, otherPort) = Self.split(other)
        guard host == otherHost else { return false }
        let own = port ?? Self.defaultPort(scheme)
        let asked = otherPort ?? Self.defaultPort(otherScheme)
        // Both ports are the default of their schemes.
        return own == asked || port == nil && asked == Self.defaultPort(otherScheme)
    }

    /// Returns the lowercase host and the port of an authority.
    package static func split(_ authority: some StringProtocol) -> (host: String, port: String?) {
        let text = authority.lowercased()
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else { return (text, nil) }
        let port = text[text.index(after: colon)...]
        return (String(text[..<colon]), port.isEmpty ? nil : String(port))
    }

    private static func defaultPort(_ scheme: String) -> String { scheme == "http" ? "80" : "443" }
}

/// The host names of the proxy.
///
/// A web page can make a browser send requests to this machine under a host name that the page's DNS server resolves
/// to 127.0.0.1 (DNS rebinding). Such a name is not among these.
package struct ProxyNames: Sendable, Hashable {
    /// Further names in lower case, each with its scheme.
    private var schemes: [String: String] = [:]
    /// The scheme of loopback names.
    private let ownScheme: String
    private static let loopback: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

    /// Creates the names.
    ///
    /// - Parameters:
    ///   - names: Names such as `proxy.example.com`, `proxy.example.com:8443`, or `https://proxy.example.com` behind a
    ///     server that terminates TLS.
    ///   - ownScheme: `https` for a proxy with a certificate.
    package init(_ names: [String] = [], ownScheme: String = "http") {
        self.ownScheme = ownScheme
        for name in names {
            let text = name.lowercased()
            let end = text.firstRange(of: "://")
            schemes[end.map { String(text[$0.upperBound...]) } ?? text] =
                end.map { String(text[..<$0.lowerBound]) } ?? ownScheme
        }
    }

    /// Returns the origin for a `Host` header; nil for a name that is not the proxy's.
    package func origin(host: String) -> String? {
        // A fast path for the most common value.
        if host.utf8.starts(with: "127.0.0.1:".utf8), host.utf8.dropFirst(10).allSatisfy({ (0x30...0x39).contains($0) })
        {
            return "\(ownScheme)://\(host)"
        }
        let text = host.lowercased()
        let (name, _) = OrgAddress.split(text)
        if Self.loopback.contains(name) { return "\(ownScheme)://\(text)" }
        if let scheme = schemes[text] ?? schemes[name] { return "\(scheme)://\(text)" }
        return nil
    }
}
#endif
