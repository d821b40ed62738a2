#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An IPv4 or IPv6 address.
struct IPAddress: Sendable, Comparable {
    let bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Parses an address in the form that `inet_pton` reads: four decimal numbers without leading zeros, or RFC 4291.
    init?(_ text: some StringProtocol) {
        let isSix = text.contains(":")
        var bytes = [UInt8](repeating: 0, count: isSix ? 16 : 4)
        // The function ends at a null byte, so it would ignore the text after one.
        guard !text.utf8.contains(0), inet_pton(isSix ? AF_INET6 : AF_INET, String(text), &bytes) == 1 else {
            return nil
        }
        self.bytes = bytes
    }

    static func < (left: IPAddress, right: IPAddress) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
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
            guard parts.count == 2, let prefix = UInt8(parts[1]), String(prefix) == parts[1] else { return nil }
            return IPAddress(parts[0])?.network(Int(prefix))
        }
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = IPAddress(parts[0]),
            let last = IPAddress(parts[parts.count - 1]), first.bytes.count == last.bytes.count, first <= last
        else { return nil }
        return first...last
    }
}
