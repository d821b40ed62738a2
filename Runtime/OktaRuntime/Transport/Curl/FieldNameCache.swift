internal import HTTPTypes

/// Names of header fields that have been seen: the same few come with every response, and checking one anew costs more
/// than finding it here. Belongs to the loop thread.
final class FieldNameCache {
    private struct Entry {
        var bytes: [UInt8]
        var name: HTTPField.Name
    }

    /// One place for each value of ``slot(of:)``; a newcomer takes the place of the one before.
    private var entries = [Entry?](repeating: nil, count: 64)
    /// Longer names are rare, and are not kept.
    private static let longest = 64

    /// The name that the bytes spell; `nil` when names cannot hold them.
    func name(_ bytes: UnsafeRawBufferPointer) -> HTTPField.Name? {
        guard (1...Self.longest).contains(bytes.count) else {
            return HTTPField.Name(String(decoding: bytes, as: UTF8.self))
        }
        let slot = Self.slot(of: bytes)
        if let entry = entries[slot], entry.bytes.elementsEqual(bytes) { return entry.name }
        guard let name = HTTPField.Name(String(decoding: bytes, as: UTF8.self)) else { return nil }
        entries[slot] = Entry(bytes: Array(bytes), name: name)
        return name
    }

    private static func slot(of bytes: UnsafeRawBufferPointer) -> Int {
        let first = Int(bytes[0])
        let last = Int(bytes[bytes.count - 1])
        let middle = Int(bytes[bytes.count / 2])
        return (bytes.count &* 7 &+ first &* 31 &+ middle &* 5 &+ last &* 3) & 63
    }
}
