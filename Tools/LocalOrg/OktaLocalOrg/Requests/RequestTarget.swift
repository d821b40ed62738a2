internal import OktaRuntime

/// The decoded path and query of a request: segments without percent-encoding, and query parameters in order.
struct RequestTarget: Sendable {
    /// The segments. Empty ones are dropped, so `//api/v1/users/` and `/api/v1/users` are the same path, as in Okta.
    var segments: [String]
    /// The query parameters. `+` is a space, as in Okta's own links.
    var query: [(name: String, value: String)]

    init(_ target: String) {
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        segments = path.split(separator: UInt8(ascii: "/")).map {
            PercentEncoding.decodeLeniently($0, plusIsSpace: false)
        }
        query = []
        guard path.endIndex < target.utf8.endIndex else { return }
        for field in target.utf8[path.endIndex...].dropFirst().split(separator: UInt8(ascii: "&")) {
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            query.append(
                (
                    PercentEncoding.decodeLeniently(name, plusIsSpace: true),
                    PercentEncoding.decodeLeniently(field.dropFirst(name.count).dropFirst(), plusIsSpace: true)
                ))
        }
    }

    /// The first value of a query parameter.
    subscript(name: String) -> String? { query.first { $0.name == name }?.value }

    /// The path in encoded form.
    var path: String { "/" + segments.map { PercentText.encoded($0) }.joined(separator: "/") }
}

/// Percent-encoding as an org writes it, with `+` for a space in queries.
enum PercentText {
    /// Encodes all characters except unreserved ones; a space becomes `+` in a query.
    static func encoded(_ text: String, inQuery: Bool = false) -> String {
        if text.utf8.allSatisfy(PercentEncoding.isUnreserved) { return text }
        var output: [UInt8] = []
        for byte in text.utf8 {
            if PercentEncoding.isUnreserved(byte) {
                output.append(byte)
            } else if byte == UInt8(ascii: " "), inQuery {
                output.append(UInt8(ascii: "+"))
            } else {
                output.append(UInt8(ascii: "%"))
                output.append(hexadecimal[Int(byte >> 4)])
                output.append(hexadecimal[Int(byte & 15)])
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Returns the text with unreserved characters decoded, and uppercase digits in the remaining escapes (RFC 3986,
    /// section 6.2.2).
    static func normalized(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var output: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let high = rest.first.flatMap(digit),
                let low = rest.dropFirst().first.flatMap(digit)
            else {
                output.append(byte)
                continue
            }
            rest = rest.dropFirst(2)
            let decoded = high << 4 | low
            if PercentEncoding.isUnreserved(decoded) {
                output.append(decoded)
            } else {
                output += [byte, hexadecimal[Int(high)], hexadecimal[Int(low)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
