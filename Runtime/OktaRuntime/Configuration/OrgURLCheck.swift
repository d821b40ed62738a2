/// Turns what people type as the org's URL into its origin, and recognises the mistakes they make.
///
/// Custom domains are legal, so this is a list of mistakes, not of allowed hosts. All mistakes are corrected together,
/// so that the value offered is right at the first try.
struct OrgURLCheck {
    private let input: String
    private var problems: [String] = []

    init(_ input: String) {
        self.input = input
    }

    /// The origin, or the first mistake with the corrected value.
    func origin() throws(OktaError) -> Origin {
        var check = self
        return try check.run()
    }

    private mutating func run() throws(OktaError) -> Origin {
        var text = input.trimmingSpace()
        guard !text.isEmpty else { throw failure("the org URL is empty; it looks like https://acme.okta.com") }
        guard !text.contains("{"), !text.contains("}"), !text.contains("<"),
            !text.lowercased().contains("yourokta")
        else {
            throw failure("the org URL is a placeholder such as {yourOktaDomain}; put your org's domain in its place")
        }

        let scheme = try takeScheme(from: &text)
        if let query = text.firstIndex(where: { $0 == "/" || $0 == "?" || $0 == "#" }) { text = String(text[..<query]) }
        if let at = text.lastIndex(of: "@") {
            problems.append("the org URL holds credentials; the token is given separately")
            text = String(text[text.index(after: at)...])
        }
        let (host, port) = try splitPort(text)
        try checkCharacters(of: host)
        let corrected = correctHost(host.lowercased())
        if scheme == "http", !Loopback.contains(host: corrected) {
            problems.append("the org URL says http, over which the token would travel unprotected")
        }
        let isPlain = scheme == "http" && Loopback.contains(host: corrected)
        let origin = Origin(scheme: isPlain ? "http" : "https", host: corrected, port: port)
        if let problem = problems.first {
            throw failure(
                problem, suggestion: Origin(scheme: origin.scheme, host: corrected, port: isPlain ? port : nil).text)
        }
        return origin
    }

    private mutating func takeScheme(from text: inout String) throws(OktaError) -> String {
        let parts = text.split(separator: "://", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 2 {
            problems.append("the org URL has more than one \"://\"")
            text = parts.last ?? ""
            return "https"
        }
        guard parts.count == 2 else {
            // "https:acme.okta.com" and "https//acme.okta.com" are slips of the finger.
            for slip in ["https:", "http:", "https//", "http//"] where text.lowercased().hasPrefix(slip) {
                let rest = text.dropFirst(slip.count).drop { $0 == "/" }
                // "http:8080" would be a host named http; nobody has one.
                problems.append("the org URL's scheme is not followed by \"://\"")
                text = String(rest)
                return "https"
            }
            return "https"
        }
        text = parts[1]
        let scheme = parts[0].lowercased()
        if scheme != "https" && scheme != "http" {
            problems.append("the org URL's scheme is not https")
            return "https"
        }
        return scheme
    }

    private func splitPort(_ authority: String) throws(OktaError) -> (host: String, port: Int?) {
        var host = authority
        var portText: Substring?
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            host = String(authority[...close])
            let rest = authority[authority.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw failure("the org URL's host cannot be read") }
            portText = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = String(authority[..<colon])
            portText = authority[authority.index(after: colon)...]
        }
        // A final dot is legal in DNS but not part of the name in certificates.
        if host.hasSuffix(".") { host.removeLast() }
        guard !host.isEmpty else { throw failure("the org URL has no host; it looks like https://acme.okta.com") }
        guard let portText, !portText.isEmpty else { return (host, nil) }
        guard portText.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(portText),
            (1...65535).contains(port)
        else { throw failure("the org URL's port is not a number from 1 to 65535") }
        return (host, port)
    }

    private func checkCharacters(of host: String) throws(OktaError) {
        if host == "[::1]" { return }
        guard host.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw failure("the org URL's host holds letters outside ASCII; give it in its xn-- form")
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let areLegal = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "~") }
        }
        guard areLegal else { throw failure("the org URL's host holds a character that host names cannot have") }
        guard labels.count > 1 || Loopback.contains(host: host) else {
            throw failure("the org URL's host has no domain", suggestion: "https://\(host.lowercased()).okta.com")
        }
    }

    /// Okta's own domains; elsewhere a host may be named as its owner likes.
    static let oktaDomains = [
        "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil", "okta-miltest.com",
        "trex-govcloud.com",
    ]

    private mutating func correctHost(_ host: String) -> String {
        var host = host
        if host.hasSuffix(".com.com") {
            problems.append("the org URL ends in .com.com")
            while host.hasSuffix(".com.com") { host.removeLast(4) }
        }
        for domain in Self.oktaDomains {
            if host.hasSuffix("-admin.\(domain)") {
                problems.append("the org URL is the Admin Console's; API calls go to the org itself")
                host = host.dropLast("-admin.\(domain)".count) + ".\(domain)"
            }
            if host == domain || host == "www.\(domain)" || host == "developer.\(domain)" {
                problems.append("the org URL names no org; it begins with the org's name")
                host = "acme.\(domain)"
            }
        }
        return host
    }

    /// Input is never repeated: it may hold credentials.
    private func failure(_ message: String, suggestion: String? = nil) -> OktaError {
        .configuration(ConfigurationFailure(message: message, suggestion: suggestion))
    }
}
