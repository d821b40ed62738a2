#if Proxy
package import HTTPTypes

/// Connection-specific header fields, which are not forwarded (RFC 9110, section 7.6.1).
package enum HeadRules {
    /// Returns the fields without connection-specific ones: the known ones, and those listed in `Connection`.
    ///
    /// Order, duplicates and spelling are kept.
    ///
    /// - Parameter dropped: The lowercase names of fields to drop, including the connection-specific ones.
    package static func forwarded(_ fields: HTTPFields, dropping dropped: Set<String> = ofConnection) -> HTTPFields {
        var listed: Set<String>?
        var kept = HTTPFields()
        kept.reserveCapacity(fields.count + 4)
        for field in fields {
            // A single look-up per field, since this runs for every call.
            guard dropped.contains(field.name.canonicalName) else {
                kept.append(field)
                continue
            }
            if field.name.canonicalName == "connection" { listed = listedByConnection(fields) }
        }
        guard let listed, !listed.isEmpty else { return kept }
        return HTTPFields(kept.filter { !listed.contains($0.name.canonicalName) })
    }

    /// Returns the lowercase names in `Connection`.
    ///
    /// `Connection: content-length` or `authorization` would let a client remove fields that the proxy relies on. Such
    /// a name is not a connection option (RFC 9110, section 7.6.1) and is kept.
    private static func listedByConnection(_ fields: HTTPFields) -> Set<String> {
        var names: Set<String> = []
        for field in fields where field.name.canonicalName == "connection" && field.value != "keep-alive" {
            for option in field.value.split(separator: ",") {
                let name = option.trimmingBlanks().lowercased()
                if name != "close", name != "keep-alive", !endToEnd.contains(name) { names.insert(name) }
            }
        }
        return names
    }

    /// Connection-specific fields, including those for framing.
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
    /// Returns the text without surrounding spaces and tabs.
    package func trimmingBlanks() -> Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

extension HTTPFields {
    /// Returns the values of a field by its lowercase name.
    package func values(of name: String) -> [String] {
        var values: [String] = []
        for field in self where field.name.canonicalName == name { values.append(field.value) }
        return values
    }

    /// Returns the first value of a field by its lowercase name.
    package func first(_ name: String) -> String? {
        for field in self where field.name.canonicalName == name { return field.value }
        return nil
    }

    /// Adds a field with a constant name.
    package mutating func add(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        append(HTTPField(name: name, value: value))
    }
}

extension HTTPResponse {
    /// The head without cookies, which belong to the client that received them.
    package var withoutCookies: HTTPResponse {
        guard headerFields.first("set-cookie") != nil else { return self }
        var head = self
        head.headerFields = HTTPFields(headerFields.filter { $0.name.canonicalName != "set-cookie" })
        return head
    }
}
#endif
