#if Proxy
package import HTTPTypes

/// Validation and filtering of response heads.
package enum ResponseCheck {
    /// Returns the length of the body in `Content-Length`; nil without one.
    ///
    /// - Throws: ``ProxyFailure`` for an invalid length, or for two different ones, since recipients of such a response
    ///   may disagree about its body.
    package static func length(of head: HTTPResponse) throws(ProxyFailure) -> Int? { try framing(of: head).length }

    /// Returns the length in `Content-Length`, and whether there is exactly one such field, with only digits and no
    /// leading zero.
    private static func framing(of head: HTTPResponse) throws(ProxyFailure) -> (length: Int?, isPlain: Bool) {
        var length: Int?
        var count = 0
        var isPlain = true
        for field in head.headerFields where field.name.canonicalName == "content-length" {
            count += 1
            let value = field.value
            if isNumber(value.utf8), value.utf8.first != 0x30 || value.utf8.count == 1, length == nil {
                // The usual form.
                length = Int(value)
                if length != nil { continue }
            }
            isPlain = false
            for text in value.split(separator: ",", omittingEmptySubsequences: false) {
                let digits = text.trimmingBlanks()
                guard isNumber(digits.utf8), let value = Int(digits),
                    length == nil || length == value
                else { throw ProxyFailure(.orgResponse, "the org's response has an invalid Content-Length") }
                length = value
            }
        }
        return (length, isPlain && count == 1)
    }

    private static func isNumber(_ digits: some Collection<UInt8>) -> Bool {
        !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Connection-specific fields, and the one that marks the proxy's own errors.
    private static let dropped = HeadRules.ofConnection.union([ProxyFailure.field.lowercased()])

    /// Returns the head for the client, with at most one length, and that length.
    package static func forwarded(_ head: HTTPResponse) throws(ProxyFailure) -> (head: HTTPResponse, length: Int?) {
        let (length, isPlain) = try framing(of: head)
        var fields = HeadRules.forwarded(head.headerFields, dropping: dropped)
        if let length, !isPlain {
            fields = HTTPFields(fields.filter { $0.name.canonicalName != "content-length" })
            fields.add("Content-Length", String(length))
        }
        return (HTTPResponse(status: head.status, headerFields: fields), length)
    }
}
#endif
