/// Builds the URL of a proxy from its parts.
enum ProxyAddress {
    /// Returns the URL; `nil` if no part is set.
    static func url(from settings: OktaSettings) throws(OktaError) -> String? {
        let port = try settings.integer(.proxyPort, in: 1...65_535)
        guard settings[.proxyHost] != nil else {
            for name in [OktaSettings.Key.proxyPort, .proxyUsername, .proxyPassword] where settings[name] != nil {
                try settings.checking(name) { () throws(OktaError) -> Void in
                    throw .configuration(
                        .init(
                            message: "\(name.rawValue) is set, but proxy.host is not; set both or neither"))
                }
            }
            return nil
        }
        let (scheme, host) = try settings.required(.proxyHost, "the proxy's host", as: split)
        var authority = host
        if let port, let portSource = settings[.proxyPort]?.source {
            // The colons of an IPv6 address are inside brackets.
            let hasPort = host.hasPrefix("[") ? host.contains("]:") : host.contains(":")
            try settings.checking(.proxyHost) { () throws(OktaError) -> Void in
                guard !hasPort || host.hasSuffix(":\(port)") else {
                    throw .configuration(
                        .init(
                            message: "proxy.host has a different port than proxy.port from \(portSource); remove one"))
                }
            }
            if !hasPort { authority += ":\(port)" }
        }
        guard let name = settings[.proxyUsername]?.text else { return "\(scheme)://\(authority)" }
        var credentials = PercentEncoding.encode(name)
        if let password = settings[.proxyPassword]?.text { credentials += ":" + PercentEncoding.encode(password) }
        return "\(scheme)://\(credentials)@\(authority)"
    }

    private static func split(_ text: String) throws(OktaError) -> (scheme: String, host: String) {
        var host = text.trimmingSpace()
        var scheme = "http"
        let parts = host.split(separator: "://", omittingEmptySubsequences: false)
        if parts.count == 2 {
            scheme = parts[0].lowercased()
            host = String(parts[1])
        }
        while host.hasSuffix("/") { host.removeLast() }
        let isKnown = ProxyURL.schemes.contains(scheme)
        guard isKnown, parts.count <= 2, !host.isEmpty, !host.contains(where: { "/?#@{}<> ".contains($0) }) else {
            throw .configuration(
                .init(
                    message:
                        "proxy.host must be a host such as proxy.example.com, or a URL such as "
                        + "http://proxy.example.com:3128; the user name and password have separate settings"
                ))
        }
        // The transport would reject it too, but could not name the source of the setting.
        if let fault = ProxyURL.fault(of: "\(scheme)://\(host)") {
            throw .configuration(.init(message: fault))
        }
        return (scheme, host)
    }
}
