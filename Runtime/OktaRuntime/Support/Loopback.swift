/// Recognises loopback hosts, for which plain `http` is allowed.
enum Loopback {
    /// Whether an authority (`host` or `host:port`) names the machine itself.
    static func contains(authority: String) -> Bool {
        // With user info, the text before the colon is not the host.
        guard !authority.contains("@") else { return false }
        if authority.hasPrefix("[") {
            return contains(host: String(authority.prefix { $0 != "]" }) + "]")
        }
        return contains(host: String(authority.prefix { $0 != ":" }))
    }

    /// Whether a host names the machine itself: `localhost`, its subdomains, `127.0.0.0/8` or `[::1]`.
    static func contains(host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }
}
