/// The rules for the literal text of a path.
enum PathCheck {
    /// Why an encoded path, including its query, is invalid; `nil` when it can be sent.
    static func fault(in encoded: String) -> String? {
        // Bytes rather than characters, because this runs for every call.
        var text = encoded
        return text.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "/") else { return "the path does not begin with \"/\"" }
            guard bytes.count < 2 || bytes[1] != UInt8(ascii: "/") else {
                return "the path begins with \"//\", which would name another host"
            }
            guard bytes.allSatisfy(PercentEncoding.isOfURLs) else {
                return "the path contains a character that must be percent-encoded"
            }
            var rest = bytes[...]
            while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) {
                if let fault = fault(inSegment: rest[..<end]) { return fault }
                if bytes[end] == UInt8(ascii: "?") { return nil }
                rest = rest[(end + 1)...]
            }
            return fault(inSegment: rest)
        }
    }

    /// An encoded segment that is not a single name. Few segments begin with a dot or have an escape.
    private static func fault(inSegment segment: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        guard segment.first == UInt8(ascii: ".") || segment.contains(UInt8(ascii: "%")) else { return nil }
        guard let decoded = PercentEncoding.decode(String(decoding: segment, as: UTF8.self)) else {
            return "the path contains a \"%\" without two hexadecimal digits"
        }
        return decoded == "." || decoded == ".." ? "the path contains the segment \"\(decoded)\"" : nil
    }
}
