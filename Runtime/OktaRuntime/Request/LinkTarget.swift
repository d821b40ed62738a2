/// The parts of a URL that following a link needs.
struct LinkTarget {
    /// `nil` for a reference without scheme and host.
    let scheme: String?
    let authority: String?
    /// Begins with `/`; without a fragment.
    let pathAndQuery: String

    /// Parses a URL, or a reference that begins with `/`; `nil` for anything else.
    init?(_ text: String) {
        let text = text.prefix { $0 != "#" }
        if text.hasPrefix("/") && !text.hasPrefix("//") {
            scheme = nil
            authority = nil
            pathAndQuery = String(text)
            return
        }
        guard let mark = text.firstIndex(of: ":"), text[mark...].hasPrefix("://") else { return nil }
        let rest = text[text.index(mark, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let scheme = text[..<mark].lowercased()
        guard scheme == "https" || scheme == "http", !authority.isEmpty else { return nil }
        self.scheme = scheme
        self.authority = String(authority)
        let tail = rest.dropFirst(authority.count)
        pathAndQuery = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }

    var path: Substring { pathAndQuery.prefix { $0 != "?" } }

    var query: Substring { pathAndQuery.dropFirst(path.count).dropFirst() }
}
