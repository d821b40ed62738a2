internal import HTTPTypes

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// Header fields that have been seen: most of those that come with a response came with the one before too, and making
/// and checking one anew costs more than finding it here. Belongs to the loop thread.
final class HeaderFieldCache {
    /// A field, and the number of the line that it is from: lines of the same number are the same, byte for byte.
    struct Found {
        var field: HTTPField
        /// 0 for a line that is not remembered.
        var number = 0
    }

    private struct Entry {
        var line: [UInt8] = []
        var nameLength = 0
        /// How many lines were remembered before it, and one, times ``HeaderFieldCache/capacity``, and its place.
        var number = 0
        var field: HTTPField?

        func isFor(_ other: UnsafeRawBufferPointer) -> Bool {
            line.count == other.count && begins(with: other)
        }

        func isNamed(_ name: UnsafeRawBufferPointer) -> Bool {
            nameLength == name.count && begins(with: name)
        }

        private func begins(with other: UnsafeRawBufferPointer) -> Bool {
            line.withUnsafeBytes { line in
                guard let left = line.baseAddress, let right = other.baseAddress else { return other.isEmpty }
                return memcmp(left, right, other.count) == 0
            }
        }
    }

    /// The fields of a head without cookies that has been read to its end; the next one probably differs little.
    var lastHead = HeadFields()

    /// One place for each value of ``place(of:)``; a newcomer takes the place of the one before.
    ///
    /// Not checked at run time for accesses that overlap: those that touch it call nothing that could come back here.
    @exclusivity(unchecked) private var entries = [Entry](repeating: Entry(), count: capacity)
    private var count = 0
    private static let capacity = 128
    /// In bytes; longer lines are made anew each time.
    private static let longestLine = 4096

    /// Whether a line, without its line break, is the one of a number.
    func isLine(_ line: UnsafeRawBufferPointer, ofNumber number: Int) -> Bool {
        let place = number % Self.capacity
        // Asked in place: a copy of the entry would be counted in and out field by field.
        return number > 0 && entries[place].number == number && entries[place].isFor(line)
    }

    /// The field that a line without its line break spells; nil when it has no colon, or a name that cannot be.
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
        // A cookie is a credential, and none that is used here: it is not kept.
        guard line.count <= Self.longestLine, fieldName != .setCookie else { return Found(field: field) }
        count += 1
        let number = count * Self.capacity + place
        entries[place] = Entry(line: Array(line), nameLength: colon, number: number, field: field)
        return Found(field: field, number: number)
    }

    private static func field(_ name: HTTPField.Name, _ value: UnsafeRawBufferPointer) -> HTTPField {
        // Other bytes than ASCII may be Latin-1, which must not be read as UTF-8.
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
    /// The bytes from an index on, without the spaces and tabs at both ends.
    func trimmed(from start: Int) -> UnsafeRawBufferPointer {
        var start = start
        var end = count
        while start < end, Self.isBlank(self[start]) { start += 1 }
        while start < end, Self.isBlank(self[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
