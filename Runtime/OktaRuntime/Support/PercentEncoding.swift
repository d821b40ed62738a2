/// Strict percent-encoding (RFC 3986): all characters except the unreserved ones are encoded, as UTF-8.
package enum PercentEncoding {
    /// Appends a text as one name of a query.
    static func append(_ text: String, to encoded: inout String) {
        encoded += encode(text)
    }

    /// Returns a text as one path segment, or as one name or value of a query. Most texts need no change.
    package static func encode(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes -> String? in
            if bytes.allSatisfy(isUnreserved) { return nil }
            var encoded = ""
            for byte in bytes { append(byte, to: &encoded) }
            return encoded
        } ?? text
    }

    /// Returns the decoded text, with invalid UTF-8 replaced; `nil` if an escape is not `%` and two hexadecimal digits.
    static func decode(_ text: some StringProtocol) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = bytes.next()?.hexadecimalValue, let low = bytes.next()?.hexadecimalValue
            else { return nil }
            decoded.append(high << 4 | low)
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Returns the decoded text as servers read it: an invalid escape is kept, and invalid UTF-8 is replaced.
    ///
    /// - Parameter plusIsSpace: Whether a plus means a space, as in the query of an HTML form.
    package static func decodeLeniently(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> String {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first?.hexadecimalValue,
                let low = rest.dropFirst().first?.hexadecimalValue
            {
                decoded.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte == UInt8(ascii: "+") && plusIsSpace ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func append(_ byte: UInt8, to encoded: inout String) {
        if isUnreserved(byte) {
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            appendEscape(of: byte, to: &encoded)
        }
    }

    /// Appends `%` and the two digits of a byte.
    static func appendEscape(of byte: UInt8, to encoded: inout String) {
        encoded.unicodeScalars.append("%")
        encoded.unicodeScalars.append(hexadecimalDigit(byte >> 4))
        encoded.unicodeScalars.append(hexadecimalDigit(byte & 0xF))
    }

    /// Returns whether a byte is allowed in a URL's path or query, as itself, as a separator or in an escape.
    static func isOfURLs(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F..., UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"):
            false
        default:
            true
        }
    }

    /// Returns whether a byte never needs encoding.
    package static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    private static func hexadecimalDigit(_ value: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10)
    }
}
