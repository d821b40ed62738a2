/// An IPv4 or IPv6 address.
struct IPAddress: Sendable, Comparable {
    let bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    init?(_ text: some StringProtocol) {
        guard let bytes = text.contains(":") ? Self.six(String(text)) : Self.four(String(text)) else { return nil }
        self.bytes = bytes
    }

    static func < (left: IPAddress, right: IPAddress) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            part.utf8.allSatisfy { 0x30...0x39 ~= $0 } && part.utf8.count <= 3 ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func six(_ text: String) -> [UInt8]? {
        let halves = text.components(separatedBy: "::")
        guard halves.count <= 2, let head = groups(halves[0]), let tail = halves.count == 2 ? groups(halves[1]) : []
        else { return nil }
        let missing = 16 - head.count - tail.count
        guard halves.count == 2 ? missing >= 2 : missing == 0 else { return nil }
        return head + [UInt8](repeating: 0, count: missing) + tail
    }

    /// Returns the bytes of colon-separated groups. The last may be an IPv4 address.
    private static func groups(_ text: String) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            if part.contains("."), let four = four(String(part)) {
                bytes += four
            } else {
                guard part.utf8.count <= 4, let group = UInt16(part, radix: 16), !part.hasPrefix("+") else {
                    return nil
                }
                bytes += [UInt8(group >> 8), UInt8(group & 255)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }

    /// Returns the range of the network with this address and prefix length; nil if the length is out of range.
    func network(_ prefix: Int) -> ClosedRange<IPAddress>? {
        guard 0...(bytes.count * 8) ~= prefix else { return nil }
        var low = bytes
        var high = bytes
        for index in bytes.indices {
            let fixed = min(max(prefix - index * 8, 0), 8)
            let free = UInt8(truncatingIfNeeded: 0xFF >> fixed)
            low[index] &= ~free
            high[index] |= free
        }
        return IPAddress(bytes: low)...IPAddress(bytes: high)
    }
}

/// The address range of a network zone's gateway or proxy: `CIDR` or `RANGE`.
enum AddressRange {
    /// Returns the range; nil if it is invalid.
    static func parse(_ value: String, type: String) -> ClosedRange<IPAddress>? {
        if type == "CIDR" {
            let parts = value.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let prefix = Int(parts[1]) else { return nil }
            return IPAddress(parts[0])?.network(prefix)
        }
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = IPAddress(parts[0]),
            let last = IPAddress(parts[parts.count - 1]), first.bytes.count == last.bytes.count, first <= last
        else { return nil }
        return first...last
    }
}

extension String {
    /// Splits the text by a separator of several characters.
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while !rest.isEmpty, let position = rest.indices.first(where: { rest[$0...].hasPrefix(separator) }) {
            parts.append(String(rest[..<position]))
            rest = rest[position...].dropFirst(separator.count)
        }
        return parts + [String(rest)]
    }
}
