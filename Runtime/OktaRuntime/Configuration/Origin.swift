/// The scheme, host and port of an org, which is the only destination of its token.
struct Origin: Sendable, Hashable {
    let scheme: String
    let host: String
    /// The port; `nil` for the scheme's default.
    let port: Int?
    /// The text `host` or `host:port`. It is stored because every request needs it.
    let authority: String

    init(scheme: String, host: String, port: Int?) {
        self.scheme = scheme
        self.host = host
        let isUsual = (scheme == "https" && port == 443) || (scheme == "http" && port == 80)
        self.port = isUsual ? nil : port
        authority = self.port.map { "\(host):\($0)" } ?? host
    }

    /// The text `scheme://authority`.
    var text: String { "\(scheme)://\(authority)" }
}

extension Origin {
    /// Returns the origin with a label before its host name, such as `drapp.acme.okta.com`.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` for a custom domain, which has no such hosts.
    func prefixed(by label: String) throws(OktaError) -> Origin {
        let isLabel = label.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || byte.isASCIIDigit || byte == UInt8(ascii: "-")
        }
        guard isLabel, !label.isEmpty, label.utf8.count <= 63, !label.hasPrefix("-"), !label.hasSuffix("-") else {
            throw .invalidRequest("the host prefix is not one label of a host name in lower case")
        }
        let isOfOkta = OktaDomains.all.contains { host.hasSuffix(".\($0)") }
        // In tests, a local server stands in for an org.
        guard isOfOkta || host == "localhost" || host.hasSuffix(".localhost") else {
            throw .configuration(
                .init(
                    message:
                        "this call goes to the host \(label) in front of the org's own host, such as \(label).acme.okta.com, "
                        + "but the org URL is a custom domain; make the call with a client whose org URL is the org's own, "
                        + "such as https://acme.okta.com"))
        }
        return Origin(scheme: scheme, host: "\(label).\(host)", port: port)
    }
}
