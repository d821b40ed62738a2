#if Proxy
package import HTTPTypes

/// Which header fields belong to one connection only, and are not forwarded (RFC 9110, section 7.6.1).
package enum HeadRules {
    /// The fields without those of the connection: the known ones, and those that `Connection` lists.
    ///
    /// Order, duplicates and spelling stay as they are.
    ///
    /// - Parameter dropped: The names in small letters that are left out; those of the connection are among them.
    package static func forwarded(_ fields: HTTPFields, dropping dropped: Set<String> = ofConnection) -> HTTPFields {
        var listed: Set<String>?
        var kept = HTTPFields()
        kept.reserveCapacity(fields.count + 4)
        for field in fields {
            // One look-up for each field, since this runs for every call.
            guard dropped.contains(field.name.canonicalName) else {
                kept.append(field)
                continue
            }
            if field.name.canonicalName == "connection" { listed = listedByConnection(fields) }
        }
        guard let listed, !listed.isEmpty else { return kept }
        return HTTPFields(kept.filter { !listed.contains($0.name.canonicalName) })
    }

    /// The names that `Connection` lists, in small letters.
    ///
    /// `Connection: content-length` or `authorization` would let a client remove what the proxy relies on; such a name is no
    /// option of a connection (RFC 9110, section 7.6.1), and stays.
    private static func listedByConnection(_ fields: HTTPFields) -> Set<String> {
        var names: Set<String> = []
        for field in fields where field.name.canonicalName == "connection" {
            for option in field.value.split(separator: ",") {
                let name = option.trimmingBlanks().lowercased()
                if name != "close", name != "keep-alive", !endToEnd.contains(name) { names.insert(name) }
            }
        }
        return names
    }

    /// Framing included: each connection has its own.
    package static let ofConnection: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    private static let endToEnd: Set<String> = [
        "authorization", "cache-control", "content-encoding", "content-length", "content-type", "cookie", "date",
        "dpop",
        "etag", "host", "link", "location", "retry-after", "set-cookie", "www-authenticate", "x-rate-limit-limit",
        "x-rate-limit-remaining", "x-rate-limit-reset",
    ]
}

extension Substring {
    /// The text without surrounding spaces and tabs.
    package func trimmingBlanks() -> Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

extension HTTPFields {
    /// The values of a field, by its name in small letters.
    package func values(of name: String) -> [String] {
        var values: [String] = []
        for field in self where field.name.canonicalName == name { values.append(field.value) }
        return values
    }

    /// The first value of a field, by its name in small letters.
    package func first(_ name: String) -> String? {
        for field in self where field.name.canonicalName == name { return field.value }
        return nil
    }

    /// Adds a field, whose name is written in the source.
    package mutating func add(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        append(HTTPField(name: name, value: value))
    }
}
#endif
