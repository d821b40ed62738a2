#if Proxy
package import HTTPTypes

/// Validation and filtering of response heads.
package enum ResponseCheck {
    /// Returns the length of the body in `Content-Length`; nil without one.
    ///
    /// - Throws: ``ProxyFailure`` for an invalid length, or for two different ones, since recipients of such a response
    ///   may disagree about its body.
    package static func length(of head: HTTPResponse) throws(ProxyFailure) -> Int? {
        var length: Int?
        for field in head.headerFields where field.name.canonicalName == "content-length" {
            for text in field.value.split(separator: ",", omittingEmptySubsequences: false) {
                let digits = text.trimmingBlanks()
                guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(digits),
                    length == nil || length == value
                else { throw ProxyFailure(.orgResponse, "the org's response has an invalid Content-Length") }
                length = value
            }
        }
        return length
    }

    /// Connection-specific fields, and the one that marks the proxy's own errors.
    private static let dropped = HeadRules.ofConnection.union([ProxyFailure.field.lowercased()])

    /// Returns the head for the client, with at most one length.
    package static func forwarded(_ head: HTTPResponse) throws(ProxyFailure) -> HTTPResponse {
        let length = try length(of: head)
        var fields = HeadRules.forwarded(head.headerFields, dropping: dropped)
        if let length, !hasOnePlainLength(fields) {
            fields = HTTPFields(fields.filter { $0.name.canonicalName != "content-length" })
            fields.add("Content-Length", String(length))
        }
        return HTTPResponse(status: head.status, headerFields: fields)
    }

    /// Whether there is exactly one `Content-Length`, with only digits and no leading zero.
    private static func hasOnePlainLength(_ fields: HTTPFields) -> Bool {
        var count = 0
        for field in fields where field.name.canonicalName == "content-length" {
            let digits = field.value.utf8
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != 0x30 || digits.count == 1 else {
                return false
            }
            count += 1
        }
        return count == 1
    }
}
#endif
