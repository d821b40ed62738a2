#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif
internal import CCurlShim

/// Validates the URL of a proxy, because libcurl would reject it with a message that quotes it, including the password.
enum ProxyURL {
    /// The schemes that libcurl supports.
    static let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]

    /// Returns the error in a URL; `nil` if it is valid. The message never contains the URL.
    static func fault(of text: String) -> String? {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "the proxy contains a space or a character outside ASCII; percent-encode it"
        }
        var rest = text[...]
        if let end = text.firstRange(of: "://") {
            guard schemes.contains(text[..<end.lowerBound].lowercased()) else {
                return "the proxy's scheme must be one of \(schemes.joined(separator: ", "))"
            }
            rest = text[end.upperBound...]
        }
        if rest.hasSuffix("/") { rest.removeLast() }
        let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let authority = parts.last, !rest.contains(where: { "/?#\\".contains($0) }) else {
            return "the proxy's URL continues after its port; percent-encode / ? # @ and \\ in its name and password"
        }
        return fault(ofAuthority: authority)
    }

    private static func fault(ofAuthority authority: Substring) -> String? {
        var host = authority
        var port: Substring?
        // The colons of an IPv6 address are inside brackets.
        let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]") : authority.startIndex
        guard let hostEnd else { return "the proxy's host has no closing bracket" }
        if let colon = authority[hostEnd...].firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { return "the proxy has no host" }
        guard let port else { return nil }
        let number = port.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(port) : nil
        let isPort = number.map { (1...65_535).contains($0) } ?? false
        return isPort ? nil : "the proxy's port must be a number from 1 to 65535"
    }
}

/// libcurl's message for a failed transfer, and whether the proxy ended the transfer.
struct ProxyWords {
    /// The kind of failure if the request did not get past the proxy; `nil` if that is unknown.
    private(set) var kind: TransportError.Kind?
    /// libcurl's message, without the password that it may quote.
    private(set) var text: String

    var parts: (kind: TransportError.Kind?, text: String) { (kind, text) }

    init(_ handle: CurlHandle, _ code: CURLcode, _ words: String, _ options: CurlTransport.Options) {
        // These messages quote the proxy's URL.
        let quotesURL = code == CURLE_COULDNT_RESOLVE_PROXY || words.hasPrefix("Unsupported proxy")
        text = ""
        if !quotesURL, !words.isEmpty {
            var secrets = Secrets()
            for proxy in [options.proxy].compactMap({ $0 }) + Self.ofEnvironment { secrets.add(proxy: proxy) }
            text = ForeignText.shown(words, without: secrets)
        }
        kind = handle.proxyRefusal ?? Self.socksRefusal(handle, code) ?? (quotesURL ? .proxyFailed : nil)
    }

    /// Returns the kind of failure for a SOCKS reply, which may say that a user name, a password or a host is not
    /// accepted.
    private static func socksRefusal(_ handle: CurlHandle, _ code: CURLcode) -> TransportError.Kind? {
        guard code == CURLE_PROXY else { return nil }
        switch okta_curl_proxy_refusal(handle.pointer) {
        case Int32(OKTA_PROXY_AUTHENTICATION): return .proxyAuthenticationFailed
        case Int32(OKTA_PROXY_NOT_ALLOWED): return .proxyRefused
        default: return nil
        }
    }

    /// The proxy URLs that libcurl may read from the environment.
    static var ofEnvironment: [String] {
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return names.compactMap { name in getenv(name).map { String(cString: $0) } }
    }
}
