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
final class FieldCache {
    /// A field, and the number of its line: lines of the same number are the same, byte for byte.
    struct Found {
        /// 0 for a line that is not remembered.
        var number: Int
        /// Nil when the line has the number that was asked for.
        var field: HTTPField?
    }

    private struct Entry {
        var line: [UInt8] = []
        var nameLength = 0
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

    /// One place for each value of ``slot(of:)``; a newcomer takes the place of the one before.
    // Not checked at run time: touched by ``field(_:unless:)`` only, which calls nothing that could come back here.
    @exclusivity(unchecked) private var entries = [Entry](repeating: Entry(), count: 128)
    private var lastNumber = 0
    /// In bytes; longer lines are made anew each time.
    private static let longestLine = 4096

    /// The field that a line without its line break spells; nil when it has no colon, or a name that cannot be.
    ///
    /// - Parameter number: The number of a line whose field the caller has already.
    func field(_ line: UnsafeRawBufferPointer, unless number: Int = 0) -> Found? {
        guard let (colon, slot) = Self.place(of: line) else { return nil }
        // Asked in place: a copy of the entry would be counted in and out field by field.
        if entries[slot].isFor(line) {
            let found = entries[slot].number
            return Found(number: found, field: found == number ? nil : entries[slot].field)
        }
        let name = UnsafeRawBufferPointer(rebasing: line[..<colon])
        let known = entries[slot].isNamed(name) ? entries[slot].field?.name : nil
        guard let fieldName = known ?? HTTPField.Name(String(decoding: name, as: UTF8.self)) else { return nil }
        let field = Self.field(fieldName, line.trimmed(from: colon + 1))
        // A cookie is a credential, and none that is used here: it is not kept.
        guard line.count <= Self.longestLine, fieldName != .setCookie else { return Found(number: 0, field: field) }
        lastNumber += 1
        entries[slot] = Entry(line: Array(line), nameLength: colon, number: lastNumber, field: field)
        return Found(number: lastNumber, field: field)
    }

    private static func field(_ name: HTTPField.Name, _ value: UnsafeRawBufferPointer) -> HTTPField {
        // Other bytes than ASCII may be Latin-1, which must not be read as UTF-8.
        guard value.allSatisfy({ $0 < 0x80 }) else { return HTTPField(name: name, value: Array(value)) }
        return HTTPField(name: name, value: String(decoding: value, as: UTF8.self))
    }

    /// Where the colon is, and a number below 128 from the name before it; nil without a colon or a name.
    private static func place(of line: UnsafeRawBufferPointer) -> (colon: Int, slot: Int)? {
        var hash = 0
        for (index, byte) in line.enumerated() {
            if byte == UInt8(ascii: ":") { return index == 0 ? nil : (index, (hash ^ hash >> 7) & 127) }
            hash = hash &* 31 &+ Int(byte)
        }
        return nil
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
