/// Scheme, host and port of an org: the only destination for the token.
struct Origin: Sendable, Hashable {
    let scheme: String
    let host: String
    /// `nil` for the scheme's default port.
    let port: Int?

    init(scheme: String, host: String, port: Int?) {
        self.scheme = scheme
        self.host = host
        let isUsual = (scheme == "https" && port == 443) || (scheme == "http" && port == 80)
        self.port = isUsual ? nil : port
    }

    /// `host` or `host:port`.
    var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// `scheme://authority`.
    var text: String { "\(scheme)://\(authority)" }
}
