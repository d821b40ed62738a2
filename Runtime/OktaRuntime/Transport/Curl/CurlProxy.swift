#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif
internal import CCurlShim

/// The URL of a proxy, checked for what libcurl would refuse with a message that quotes it, password and all.
enum ProxyURL {
    /// Those that libcurl knows.
    static let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]

    /// What is wrong with a URL; `nil` for nothing. The sentence never repeats it.
    static func fault(of text: String) -> String? {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "the proxy holds a space or a character outside ASCII; percent-encode it"
        }
        var rest = text[...]
        if let end = text.firstRange(of: "://") {
            guard schemes.contains(text[..<end.lowerBound].lowercased()) else {
                return "the proxy's scheme is not one of \(schemes.joined(separator: ", "))"
            }
            rest = text[end.upperBound...]
        }
        if rest.hasSuffix("/") { rest.removeLast() }
        let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let authority = parts.last, !rest.contains(where: { "/?#\\".contains($0) }) else {
            return "the proxy's URL goes on after its port; percent-encode / ? # @ and \\ in its name and password"
        }
        return fault(ofAuthority: authority)
    }

    private static func fault(ofAuthority authority: Substring) -> String? {
        var host = authority
        var port: Substring?
        // The colons of an IPv6 address stand in brackets.
        let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]") : authority.startIndex
        guard let hostEnd else { return "the proxy's host has an opening bracket only" }
        if let colon = authority[hostEnd...].firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { return "the proxy has no host" }
        guard let port else { return nil }
        let number = port.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(port) : nil
        let isPort = number.map { (1...65_535).contains($0) } ?? false
        return isPort ? nil : "the proxy's port is not a number from 1 to 65535"
    }
}

/// What libcurl says of a transfer that has failed, and whether it was the proxy that ended it.
struct ProxyWords {
    /// The kind of failure, when nothing of the request went further than to the proxy; nil when that is not known.
    private(set) var kind: TransportError.Kind?
    /// libcurl's words, without the password that they may quote.
    private(set) var text: String

    var parts: (kind: TransportError.Kind?, text: String) { (kind, text) }

    init(_ handle: CurlHandle, _ code: CURLcode, _ words: String, _ options: CurlTransport.Options) {
        // These quote the proxy's URL.
        let quotesURL = code == CURLE_COULDNT_RESOLVE_PROXY || words.hasPrefix("Unsupported proxy")
        text = ""
        if !quotesURL, !words.isEmpty {
            var secrets = Secrets()
            for proxy in [options.proxy].compactMap({ $0 }) + Self.ofEnvironment { secrets.add(proxy: proxy) }
            text = ForeignText.shown(words, without: secrets)
        }
        kind = handle.proxyRefusal ?? Self.socksRefusal(handle, code) ?? (quotesURL ? .proxyFailed : nil)
    }

    /// SOCKS has answers of its own to say that a name, a password or a host is not accepted.
    private static func socksRefusal(_ handle: CurlHandle, _ code: CURLcode) -> TransportError.Kind? {
        guard code == CURLE_PROXY else { return nil }
        switch okta_curl_proxy_refusal(handle.pointer) {
        case Int32(OKTA_PROXY_AUTHENTICATION): return .proxyAuthenticationFailed
        case Int32(OKTA_PROXY_NOT_ALLOWED): return .proxyRefused
        default: return nil
        }
    }

    /// The URLs that libcurl may take from the environment.
    static var ofEnvironment: [String] {
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return names.compactMap { name in getenv(name).map { String(cString: $0) } }
    }
}
