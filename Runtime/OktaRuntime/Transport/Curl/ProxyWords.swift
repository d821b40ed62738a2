internal import CCurlShim

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

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
