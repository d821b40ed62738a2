#if Proxy
/// The org's address, as a proxy compares what clients name with it.
package struct OrgAddress: Sendable, Hashable {
    /// `https`, or `http` for an org on this machine.
    package let scheme: String
    /// Host and port; the port is left out where it is the scheme's.
    package let authority: String
    /// Scheme and authority.
    package let origin: String
    private let host: String
    private let port: String?

    /// - Parameter origin: A normalised origin, such as `https://acme.okta.com`.
    package init(origin: String) {
        let end = origin.firstRange(of: "://")
        scheme = end.map { String(origin[..<$0.lowerBound]) } ?? "https"
        authority = end.map { String(origin[$0.upperBound...]) } ?? origin
        self.origin = "\(scheme)://\(authority)"
        (host, port) = Self.split(authority)
    }

    /// Whether an authority names the org.
    ///
    /// - Parameter scheme: The scheme in front of it. A client that is given a proxy for `http` names the org with that
    ///   scheme, although the org is only reached with `https`.
    package func isNamed(by other: some StringProtocol, scheme otherScheme: String) -> Bool {
        let (otherHost, otherPort) = Self.split(other)
        guard host == otherHost else { return false }
        let own = port ?? Self.defaultPort(scheme)
        let asked = otherPort ?? Self.defaultPort(otherScheme)
        // Both are the default ones of their schemes.
        return own == asked || port == nil && asked == Self.defaultPort(otherScheme)
    }

    /// Host in small letters and port of an authority.
    package static func split(_ authority: some StringProtocol) -> (host: String, port: String?) {
        let text = authority.lowercased()
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else { return (text, nil) }
        let port = text[text.index(after: colon)...]
        return (String(text[..<colon]), port.isEmpty ? nil : String(port))
    }

    private static func defaultPort(_ scheme: String) -> String { scheme == "http" ? "80" : "443" }
}

/// The names under which clients reach the proxy.
///
/// A web page on another host can make a browser send requests to this machine, under a name that its own DNS server resolves
/// to 127.0.0.1. Such a name is none of these.
package struct ProxyNames: Sendable, Hashable {
    /// Further names in small letters, each with the scheme by which it is reached.
    private var schemes: [String: String] = [:]
    /// The scheme by which this machine is reached.
    private let ownScheme: String
    private static let loopback: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

    /// - Parameters:
    ///   - names: Such as `proxy.example.com`, `proxy.example.com:8443`, or `https://proxy.example.com` behind a
    ///     server that ends TLS.
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

    /// The origin that a client means by `Host`; nil for a name that is not the proxy's.
    package func origin(host: String) -> String? {
        // What most clients send, for which nothing else has to be looked at.
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
