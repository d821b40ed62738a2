#if Proxy
package import HTTPTypes

/// Rewrites the links of a response to the proxy, so that clients that follow them keep using it.
package struct LinkRewriting: Sendable {
    private let org: OrgAddress

    package init(org: OrgAddress) { self.org = org }

    /// Returns the fields with the org's origin in `Link` replaced. Links to other hosts are kept.
    package func rewritten(_ fields: HTTPFields, to origin: String) -> HTTPFields {
        guard origin != org.origin, fields.first("link") != nil else { return fields }
        var result = HTTPFields()
        result.reserveCapacity(fields.count)
        for var field in fields {
            if field.name.canonicalName == "link" {
                let value = rewritten(field.value, to: origin)
                if value != field.value { field.value = value }
            }
            result.append(field)
        }
        return result
    }

    /// Returns a value with each `<target>` rewritten. Quoted text is not a target (RFC 8288, section 3).
    func rewritten(_ value: String, to origin: String) -> String {
        var result = ""
        var rest = value[...]
        var isQuoted = false
        while let character = rest.popFirst() {
            result.append(character)
            switch character {
            case "\\" where isQuoted:
                if let escaped = rest.popFirst() { result.append(escaped) }
            case "\"":
                isQuoted.toggle()
            case "<" where !isQuoted:
                guard let end = rest.firstIndex(of: ">") else { continue }
                result += target(rest[..<end], origin)
                rest = rest[end...]
            default: break
            }
        }
        return result
    }

    private func target(_ url: Substring, _ origin: String) -> String {
        guard let end = url.firstRange(of: "://") else { return String(url) }
        let rest = url[end.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let scheme = url[..<end.lowerBound].lowercased()
        guard scheme == org.scheme, org.isNamed(by: authority, scheme: scheme) else { return String(url) }
        return origin + rest[authority.endIndex...]
    }
}
#endif
