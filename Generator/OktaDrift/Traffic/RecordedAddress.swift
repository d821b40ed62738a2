/// The relevant parts of a recorded URL.
struct RecordedAddress {
    /// The lowercase host with its port, if any; nil for a path alone.
    var host: String?
    /// The path, without its query.
    var path: String

    /// The replacement for an invalid host name, which may contain anything.
    private static let strangeHost = "no host name"

    /// Parses a URL. Returns nil for schemes other than HTTP, such as `data:` and `chrome-extension:`.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var rest = bytes[...]
        if bytes.first != UInt8(ascii: "/") || bytes.dropFirst().first == UInt8(ascii: "/") {
            guard Self.dropScheme(&rest) else { return nil }
            let authority = rest.prefix { !Self.endsAuthority($0) }
            rest = rest[authority.endIndex...]
            let name = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false).last ?? authority
            var host = String(decoding: name, as: UTF8.self).lowercased()
            if host.hasSuffix(".") { host.removeLast() }
            self.host = OrgHosts.isName(host) ? host : Self.strangeHost
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard path.first == UInt8(ascii: "/") else { return nil }
        self.path = String(decoding: path, as: UTF8.self)
    }

    private static func dropScheme(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        for scheme in ["https://", "http://", "//"] {
            let head = rest.prefix(scheme.utf8.count)
            guard head.elementsEqual(scheme.utf8, by: { $0 == $1 || ($0 | 0x20 == $1 && $1 >= 0x61) }) else { continue }
            rest = rest.dropFirst(scheme.utf8.count)
            return true
        }
        return false
    }

    /// Returns whether a byte ends the authority. A backslash does, because browsers treat it as a slash.
    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: "\\")
    }
}
