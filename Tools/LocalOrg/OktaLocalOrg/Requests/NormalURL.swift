/// Normalized URLs (RFC 3986, sections 6.2.2 and 6.2.3). RFC 9449 recommends normalization for comparing the `htu` of
/// proofs, since libraries write the same URL in different ways.
enum NormalURL {
    /// Returns a URL without query and fragment; nil if it has no scheme or host.
    static func text(_ url: String) -> String? {
        guard let colon = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<colon.lowerBound].lowercased()
        let rest = url[colon.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        guard !scheme.isEmpty, !authority.isEmpty else { return nil }
        return scheme + "://" + host(authority, scheme) + path(rest[authority.endIndex...])
    }

    /// Returns a URL without scheme and host, since an org has several host names. The org's key identifies it, not
    /// its host.
    static func withoutHost(_ url: String?) -> Substring? {
        guard let url, let scheme = url.firstRange(of: "://") else { return nil }
        return url[scheme.upperBound...].drop { $0 != "/" }
    }

    /// Returns the host, with the port unless it is the default.
    private static func host(_ authority: Substring, _ scheme: String) -> String {
        let authority = PercentText.normalized(String(authority)).lowercased()
        let end = authority.lastIndex(of: ":").flatMap { colon in
            let port = authority[authority.index(after: colon)...]
            return port.isEmpty || port == defaultPorts[scheme] ?? "" ? colon : nil
        }
        return String(authority[..<(end ?? authority.endIndex)])
    }

    private static let defaultPorts = ["http": "80", "https": "443"]

    /// Returns the path without dot segments; `/` for an empty path.
    private static func path(_ path: Substring) -> String {
        var kept: [String] = []
        let segments = PercentText.normalized(String(path)).split(separator: "/", omittingEmptySubsequences: false)
        for (position, segment) in segments.dropFirst().enumerated() {
            let isLast = position == segments.count - 2
            switch segment {
            case ".", "..":
                if segment == "..", !kept.isEmpty { kept.removeLast() }
                // A path that ends with a dot segment ends with a slash.
                if isLast { kept.append("") }
            default: kept.append(String(segment))
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
