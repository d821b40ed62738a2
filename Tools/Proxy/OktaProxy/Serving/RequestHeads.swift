#if Proxy
internal import HTTPTypes
internal import NIOHTTP1

/// Conversion of request heads from the decoder's form.
enum RequestHeads {
    /// Returns the request without its body.
    ///
    /// - Throws: ``ProxyFailure`` for a field that could not be forwarded unchanged.
    static func request(_ head: HTTPRequestHead, portName: String?) throws(ProxyFailure) -> IncomingRequest {
        guard let method = HTTPRequest.Method(head.method.rawValue) else {
            throw ProxyFailure(.malformedRequest, "the method is not a word of letters")
        }
        guard !head.uri.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }), !isAltered(head.uri) else {
            throw ProxyFailure(.malformedRequest, "the request target has a character that must be percent-encoded")
        }
        // The field is not forwarded, so the content of another coding would be mistaken for the body.
        guard head.headers[canonicalForm: "transfer-encoding"].allSatisfy({ $0.lowercased() == "chunked" }) else {
            throw ProxyFailure(.malformedRequest, "the only transfer coding that the proxy reads is chunked")
        }
        var fields = HTTPFields()
        fields.reserveCapacity(head.headers.count + 2)
        for (rawName, text) in head.headers {
            // Surrounding whitespace is not part of the value (RFC 9110, section 5.5).
            let value = text.utf8.last == 0x20 || text.utf8.last == 0x09 ? String(text[...].trimmingBlanks()) : text
            guard let name = names[rawName] ?? HTTPField.Name(rawName) else {
                throw ProxyFailure(.malformedRequest, "a header field has an invalid name")
            }
            guard HTTPField.isValidValue(value), !isAltered(value) else {
                throw ProxyFailure(
                    .malformedRequest,
                    "the header field \(name.rawName) has a character that is neither ASCII nor UTF-8")
            }
            fields.append(HTTPField(name: name, value: value))
        }
        return IncomingRequest(method: method, target: head.uri, fields: fields, portName: portName)
    }

    /// Returns the declared length of a body; nil for a chunked one, and 0 without a body. The decoder has rejected
    /// anything else.
    static func bodyLength(_ head: HTTPRequestHead) -> Int? {
        if head.headers.contains(name: "transfer-encoding") { return nil }
        return head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    }

    /// Returns whether the decoder replaced bytes that are not UTF-8.
    private static func isAltered(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            // U+FFFD, the replacement character. Most texts are ASCII.
            guard bytes.contains(0xEF) else { return false }
            return zip(bytes.indices, bytes).contains { index, byte in
                byte == 0xEF && index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBD
            }
        }
    }

    /// Common names in their usual spellings, since a look-up is faster than validation.
    private static let names: [String: HTTPField.Name] = {
        let spellings = [
            "Host", "host", "User-Agent", "user-agent", "Accept", "accept", "Accept-Encoding", "accept-encoding",
            "Authorization", "authorization", "Connection", "connection", "Content-Type", "content-type",
            "Content-Length", "content-length", "Cookie", "DPoP", "X-Okta-Proxy-Client", "X-Okta-Proxy-Secret",
            "X-Okta-User-Agent-Extended", "If-None-Match", "Transfer-Encoding", "Expect", "Accept-Language",
        ]
        var names: [String: HTTPField.Name] = [:]
        for spelling in spellings { names[spelling] = HTTPField.Name(spelling) }
        return names
    }()
}
#endif
