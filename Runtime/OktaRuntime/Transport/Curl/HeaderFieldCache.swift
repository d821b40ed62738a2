internal import HTTPTypes

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// A cache of header fields. Most fields of a response equal those of the previous one, and creating and validating a
/// field costs more than a lookup. The cache is confined to the loop thread.
final class HeaderFieldCache {
    /// A field and the number of its line. Lines with the same number are identical, byte for byte.
    struct Found {
        var field: HTTPField
        /// The line number; 0 for a line that is not cached.
        var number = 0
    }

    private struct Entry {
        var line: [UInt8] = []
        var nameLength = 0
        /// The line number: the count of cached lines including this one, times ``HeaderFieldCache/capacity``, plus the
        /// index.
        var number = 0
        var field: HTTPField?

        func isFor(_ other: UnsafeRawBufferPointer) -> Bool { other.hasSameBytes(as: line) }

        func isNamed(_ name: UnsafeRawBufferPointer) -> Bool {
            nameLength == name.count && name.isBeginning(of: line)
        }
    }

    /// The fields of the last complete head without cookies. The next head probably differs little.
    var lastHead = HeadFields()

    private var lastStatusLine: StatusLine?

    /// The entries by the value of ``place(of:)``. A new line replaces the previous one.
    ///
    /// Run-time exclusivity checks are not needed, because code that accesses the array calls no code that could access
    /// it again.
    @exclusivity(unchecked) private var entries = [Entry](repeating: Entry(), count: capacity)
    private var count = 0
    private static let capacity = 128
    /// The maximum length in bytes of a cached line.
    private static let maximumLineLength = 4096

    /// Parses a status line without its line break.
    func statusLine(_ line: UnsafeRawBufferPointer) throws(TransportError) -> StatusLine {
        if let lastStatusLine, lastStatusLine.isFor(line) { return lastStatusLine }
        let parsed = try StatusLine(line)
        if line.count <= Self.maximumLineLength { lastStatusLine = parsed }
        return parsed
    }

    /// Returns whether a line, without its line break, is the one with a number.
    func isLine(_ line: UnsafeRawBufferPointer, ofNumber number: Int) -> Bool {
        let place = number % Self.capacity
        // The entry is compared in place, because a copy would retain and release each of its properties.
        return number > 0 && entries[place].number == number && entries[place].isFor(line)
    }

    /// Parses the field in a line without its line break. Returns `nil` if it has no colon or an invalid name.
    func field(_ line: UnsafeRawBufferPointer) -> Found? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
        let name = UnsafeRawBufferPointer(rebasing: line[..<colon])
        let place = Self.place(of: name)
        if entries[place].isFor(line), let field = entries[place].field {
            return Found(field: field, number: entries[place].number)
        }
        let known = entries[place].isNamed(name) ? entries[place].field?.name : nil
        guard let fieldName = known ?? HTTPField.Name(String(decoding: name, as: UTF8.self)) else { return nil }
        let field = Self.field(fieldName, line.trimmed(from: colon + 1))
        // A cookie is a credential, and the client uses none, so it is not cached.
        guard line.count <= Self.maximumLineLength, fieldName != .setCookie else { return Found(field: field) }
        count += 1
        let number = count * Self.capacity + place
        entries[place] = Entry(line: Array(line), nameLength: colon, number: number, field: field)
        return Found(field: field, number: number)
    }

    private static func field(_ name: HTTPField.Name, _ value: UnsafeRawBufferPointer) -> HTTPField {
        // Bytes outside ASCII may be Latin-1, which must not be decoded as UTF-8.
        guard value.allSatisfy({ $0 < 0x80 }) else { return HTTPField(name: name, value: Array(value)) }
        return HTTPField(name: name, value: String(decoding: value, as: UTF8.self))
    }

    private static func place(of name: UnsafeRawBufferPointer) -> Int {
        var hash = name.count
        for byte in name { hash = hash &* 31 &+ Int(byte) }
        return (hash ^ hash >> 7) & (capacity - 1)
    }
}

extension UnsafeRawBufferPointer {
    /// Returns whether these are the bytes of an array.
    func hasSameBytes(as bytes: [UInt8]) -> Bool { count == bytes.count && isBeginning(of: bytes) }

    /// Returns whether an array, which must not be shorter, begins with these bytes.
    fileprivate func isBeginning(of bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let left = bytes.baseAddress, let right = baseAddress else { return isEmpty }
            return memcmp(left, right, count) == 0
        }
    }

    /// Returns the bytes from an index, without surrounding spaces and tabs.
    func trimmed(from start: Int) -> UnsafeRawBufferPointer {
        var start = start
        var end = count
        while start < end, Self.isBlank(self[start]) { start += 1 }
        while start < end, Self.isBlank(self[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
