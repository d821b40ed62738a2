/// Normalizes an org URL typed by a user to its origin, and detects common mistakes.
///
/// Custom domains are allowed, so the check looks for mistakes rather than for known hosts. All mistakes are corrected
/// together, so that the suggested value is valid.
struct OrgURLCheck {
    private let input: String
    private var problems: [String] = []

    private let offersCorrection: Bool

    init(_ input: String) {
        self.init(input, offersCorrection: true)
    }

    private init(_ input: String, offersCorrection: Bool) {
        self.input = input
        self.offersCorrection = offersCorrection
    }

    /// Returns the origin. Throws the first mistake, with the corrected value.
    func origin() throws(OktaError) -> Origin {
        var check = self
        return try check.run()
    }

    private mutating func run() throws(OktaError) -> Origin {
        var text = input.trimmingSpace()
        guard !text.isEmpty else { throw failure("the org URL is empty; it looks like https://acme.okta.com") }
        correctTyping(of: &text)
        let lowercased = text.lowercased()
        guard !text.contains(where: { "{}<>".contains($0) }),
            !["yourokta", "your-okta-domain", "your_okta"].contains(where: { lowercased.contains($0) })
        else {
            throw failure("the org URL is a placeholder such as {yourOktaDomain}; replace it with your org's domain")
        }

        let scheme = takeScheme(from: &text)
        if let query = text.firstIndex(where: { $0 == "/" || $0 == "?" || $0 == "#" }) { text = String(text[..<query]) }
        if let at = text.lastIndex(of: "@") {
            problems.append("the org URL contains credentials; the token is given separately")
            text = String(text[text.index(after: at)...])
        }
        let (host, port) = try splitPort(text)
        try checkCharacters(of: host)
        let corrected = try correctHost(host.lowercased())
        let isLoopback = Loopback.contains(host: corrected)
        if scheme == "http", !isLoopback {
            problems.append("the org URL uses http, which would send the token unencrypted")
        }
        let origin = Origin(scheme: scheme == "http" && isLoopback ? "http" : "https", host: corrected, port: port)
        guard let problem = problems.first else { return origin }
        // The port of an http URL does not apply to https, and orgs under Okta's domains have no other port.
        let isForeignPort = (scheme == "http" && !isLoopback) || OktaDomains.all.contains { corrected.hasSuffix($0) }
        throw failure(
            problem, suggestion: Origin(scheme: origin.scheme, host: corrected, port: isForeignPort ? nil : port).text)
    }

    /// Removes characters that come from typing or copying.
    private mutating func correctTyping(of text: inout String) {
        if text.count > 2, let mark = text.first, "\"'`".contains(mark), text.last == mark {
            problems.append("the org URL is in quotation marks")
            text = String(text.dropFirst().dropLast()).trimmingSpace()
        }
        if text.contains("\\") {
            problems.append("the org URL contains a backslash")
            text = String(text.map { $0 == "\\" ? "/" : $0 })
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        if words.count > 1, let first = words.first {
            problems.append("the org URL contains a space or a line break")
            // Text after a complete URL is a remark. Text after a part of a URL belongs to it.
            let isWhole = (try? OrgURLCheck(String(first), offersCorrection: false).origin()) != nil
            text = isWhole ? String(first) : words.joined()
        }
    }

    /// Removes all leading schemes, including misspelled ones.
    private mutating func takeScheme(from text: inout String) -> String {
        var schemes: [String] = []
        while let (scheme, rest) = Self.leadingScheme(of: text) {
            schemes.append(scheme.lowercased())
            let host = rest.drop { $0 == "/" || $0 == ":" }
            if !text.dropFirst(scheme.count).hasPrefix("://") || host.count != rest.count {
                problems.append("the org URL's scheme is not followed by \"://\"")
            }
            text = String(host)
        }
        if schemes.count > 1 { problems.append("the org URL has more than one scheme") }
        for scheme in schemes where scheme != "https" && scheme != "http" {
            problems.append("the org URL's scheme is not https")
        }
        return schemes == ["http"] ? "http" : "https"
    }

    /// Returns a leading word before `://`, or one that can only be a scheme, and the rest.
    private static func leadingScheme(of text: String) -> (scheme: Substring, rest: Substring)? {
        let word = text.prefix { $0.isASCII && $0.isLetter }
        guard !word.isEmpty else { return nil }
        let rest = text[word.endIndex...]
        if rest.hasPrefix("://") { return (word, rest.dropFirst(3)) }
        // "https:acme.okta.com" and "https//acme.okta.com" are typos, because no host has such a name.
        let isMeant = ["https", "http", "htps", "htpps", "htttps", "httpss", "httos"].contains(word.lowercased())
        guard isMeant, let mark = rest.first, mark == ":" || mark == "/" else { return nil }
        return (word, rest.dropFirst())
    }

    private mutating func splitPort(_ authority: String) throws(OktaError) -> (host: String, port: Int?) {
        var host = authority
        var portText: Substring?
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            host = String(authority[...close])
            let rest = authority[authority.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw failure("the org URL's host is invalid") }
            portText = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = String(authority[..<colon])
            portText = authority[authority.index(after: colon)...]
        }
        if host.contains(",") || host.contains("..") {
            problems.append("the org URL's host contains a comma or two consecutive dots")
            host = host.split(whereSeparator: { $0 == "," || $0 == "." }).joined(separator: ".")
        }
        // A trailing dot is legal in DNS but not part of the name in certificates.
        if host.hasSuffix(".") { host.removeLast() }
        guard !host.isEmpty else { throw failure("the org URL has no host; it looks like https://acme.okta.com") }
        guard let portText, !portText.isEmpty else { return (host, nil) }
        guard portText.utf8.allSatisfy(\.isASCIIDigit), let port = Int(portText),
            (1...65535).contains(port)
        else { throw failure("the org URL's port must be a number from 1 to 65535") }
        return (host, port)
    }

    private func checkCharacters(of host: String) throws(OktaError) {
        if host == "[::1]" { return }
        guard host.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw failure("the org URL's host contains letters outside ASCII; use its xn-- form")
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let areLegal = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "~") }
        }
        guard areLegal else {
            throw failure("the org URL's host contains a character that is not valid in a host name")
        }
        guard labels.count > 1 || Loopback.contains(host: host) else {
            // Text with an @ may include credentials, and a label that is no org name may be the token.
            let mayBeSecret = input.contains("@") || !Self.isOrgName(host)
            let suggestion = mayBeSecret ? nil : "https://\(host.lowercased()).okta.com"
            throw failure("the org URL's host has no domain", suggestion: suggestion)
        }
    }

    /// Returns whether a label may be an org's name rather than a token in the wrong position. Tokens are long, begin
    /// with two zeros, and mix digits with upper and lower case letters.
    private static func isOrgName(_ label: String) -> Bool {
        let isMixed = label.contains(where: \.isUppercase) && label.contains(where: \.isNumber)
        return label.utf8.count <= 40 && !isMixed && !label.contains("_") && !label.hasPrefix("00")
    }

    private mutating func correctHost(_ host: String) throws(OktaError) -> String {
        var host = host
        if host.hasSuffix(".com.com") {
            problems.append("the org URL ends in .com.com")
            while host.hasSuffix(".com.com") { host.removeLast(4) }
        }
        if let (meant, corrected) = OktaDomainSlip.correction(of: host, domains: OktaDomains.all) {
            problems.append(
                "the org URL's domain resembles \(meant) but is not Okta's; its owner would receive the token")
            host = corrected
        }
        for domain in OktaDomains.all {
            let suffix = ".\(domain)"
            // The user wrote a whole domain instead of the org's name.
            for outer in OktaDomains.all where host.hasSuffix("\(suffix).\(outer)") {
                problems.append("the org URL has Okta's domain twice")
                while host.hasSuffix("\(suffix).\(outer)") { host.removeLast(outer.count + 1) }
            }
            if host.hasSuffix("-admin\(suffix)") {
                problems.append("the org URL is the Admin Console's; API calls go to the org itself")
                while host.hasSuffix("-admin\(suffix)") { host = host.dropLast(suffix.count + 6) + suffix }
            }
            // "acme.okta" results from a copy that cuts off the end.
            if domain.hasSuffix(".com"), host.hasSuffix(suffix.dropLast(4)) {
                problems.append("the org URL does not end in \(domain)")
                host += ".com"
            }
            if host == domain || Self.namesOfNoOrg.contains(where: { host == $0 + suffix }) {
                throw failure("the org URL has no org name; it must begin with one, as in https://acme\(suffix)")
            }
        }
        return host
    }

    /// The names of hosts under Okta's domains that are not orgs.
    private static let namesOfNoOrg = ["www", "developer", "login", "help", "support", "status", "trust"]

    /// Creates the error for a mistake. The message never contains the input, which may include credentials. A
    /// suggestion is offered only if it is valid.
    private func failure(_ message: String, suggestion: String? = nil) -> OktaError {
        var offered: String?
        if offersCorrection, let suggestion {
            let origin = try? OrgURLCheck(suggestion, offersCorrection: false).origin()
            if origin?.text == suggestion { offered = suggestion }
        }
        return .configuration(.init(message: message, suggestion: offered))
    }
}
