/// URLs in the one form that equal ones share: RFC 3986, sections 6.2.2 and 6.2.3. RFC 9449 asks servers to compare the `htu`
/// of proofs so, since libraries spell the URL that they call in several ways.
enum NormalURL {
    /// A URL without query and fragment; nil for what has no scheme or no host.
    static func text(_ url: String) -> String? {
        guard let colon = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<colon.lowerBound].lowercased()
        let rest = url[colon.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        guard !scheme.isEmpty, !authority.isEmpty else { return nil }
        return scheme + "://" + host(authority, scheme) + path(rest[authority.endIndex...])
    }

    /// A URL without scheme and host: an org is reached under several names. Its key, not its address, says who it is.
    static func withoutHost(_ url: String?) -> Substring? {
        guard let url, let scheme = url.firstRange(of: "://") else { return nil }
        return url[scheme.upperBound...].drop { $0 != "/" }
    }

    /// The host with its port, unless it is the default one.
    private static func host(_ authority: Substring, _ scheme: String) -> String {
        let authority = PercentText.normalized(String(authority)).lowercased()
        let end = authority.lastIndex(of: ":").flatMap { colon in
            let port = authority[authority.index(after: colon)...]
            return port.isEmpty || port == defaultPorts[scheme] ?? "" ? colon : nil
        }
        return String(authority[..<(end ?? authority.endIndex)])
    }

    private static let defaultPorts = ["http": "80", "https": "443"]

    /// The path without dot segments; `/` for an empty one.
    private static func path(_ path: Substring) -> String {
        var kept: [String] = []
        let segments = PercentText.normalized(String(path)).split(separator: "/", omittingEmptySubsequences: false)
        for (position, segment) in segments.dropFirst().enumerated() {
            let isLast = position == segments.count - 2
            switch segment {
            case ".", "..":
                if segment == "..", !kept.isEmpty { kept.removeLast() }
                // A path that ends in a dot segment names a folder.
                if isLast { kept.append("") }
            default: kept.append(String(segment))
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
