/// Writes parts as `multipart/form-data` (RFC 7578).
struct MultipartEncoder {
    let parts: [MultipartPart]

    func encode() throws(OktaError) -> (bytes: [UInt8], contentType: MediaType) {
        var generator = SystemRandomNumberGenerator()
        return try encode(using: &generator)
    }

    func encode(using generator: inout some RandomNumberGenerator) throws(OktaError) -> (
        bytes: [UInt8], contentType: MediaType
    ) {
        let boundary = freeBoundary(using: &generator)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(boundary.utf8.count + 8) { $0 + $1.bytes.count + 256 })
        for part in parts {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.quoted(part.name))\"".utf8
            if let fileName = part.fileName { bytes += "; filename=\"\(Self.quoted(fileName))\"".utf8 }
            if let contentType = part.contentType {
                guard contentType.rawValue.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
                    throw .invalidRequest(
                        "the content type of the part \(Self.quoted(part.name)) holds a control character")
                }
                bytes += "\r\nContent-Type: \(contentType.rawValue)".utf8
            }
            bytes += "\r\n\r\n".utf8
            bytes += part.bytes
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
        return (bytes, MediaType(rawValue: "multipart/form-data; boundary=\(boundary)"))
    }

    /// A boundary that occurs in no part. A clash of 128 random bits does not happen by chance; the check is there for
    /// generators that are not random.
    private func freeBoundary(using generator: inout some RandomNumberGenerator) -> String {
        while true {
            let high = UInt64.random(in: .min ... .max, using: &generator)
            let low = UInt64.random(in: .min ... .max, using: &generator)
            let boundary = "okta-swift-" + String(high, radix: 36) + "-" + String(low, radix: 36)
            let needle = Array(boundary.utf8)
            if !parts.contains(where: { Self.contains(needle, in: $0.bytes) }) { return boundary }
        }
    }

    private static func contains(_ needle: [UInt8], in haystack: [UInt8]) -> Bool {
        guard haystack.count >= needle.count, let first = needle.first else { return false }
        var start = 0
        let end = haystack.count - needle.count
        while start <= end {
            if haystack[start] == first && haystack[start..<start + needle.count].elementsEqual(needle) { return true }
            start += 1
        }
        return false
    }

    /// Escapes what would end the quoted string or the line, in the way of the HTML standard; other text stays UTF-8.
    private static func quoted(_ text: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            case "\0": quoted += "%00"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}
