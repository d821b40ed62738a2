#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import Synchronization

/// An eight-bit hash of a member's name, stored on the tape, that distinguishes names of equal length.
///
/// It is computed without a loop from the last eight bytes, in which most names differ. Crafted collisions have no
/// effect: names with equal hashes are compared by their bytes, as all names would be without the hash.
enum NameHash {
    /// Returns the last eight bytes before `end` as a number, with the last byte in the highest bits. Bytes before the
    /// name, which must not be empty, are shifted out. There must be at least eight bytes before `end`.
    @inline(__always)
    static func lastWord(before end: Int, in document: UnsafePointer<UInt8>, length: Int) -> UInt64 {
        let word = UnsafeRawPointer(document + end).loadUnaligned(fromByteOffset: -8, as: UInt64.self)
        // A shift avoids a branch on the length, which the processor would often mispredict.
        return UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: 64 &- min(length, 8) &* 8)
    }

    /// Returns the same number for a name without readable bytes before it; 0 for an empty name.
    @inline(__always)
    static func lastWord(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let start = name.baseAddress.map({ UnsafeRawPointer($0) }) else { return 0 }
        let length = name.count
        if length >= 8 {
            return UInt64(littleEndian: start.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self))
        }
        if length >= 4 {
            // Two words from both ends, which may overlap.
            let low = UInt32(littleEndian: start.loadUnaligned(as: UInt32.self))
            let high = UInt32(littleEndian: start.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
            return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (length &- 4) &* 8)
        }
        var word: UInt64 = 0
        for index in 0..<length { word |= UInt64(name[index]) &<< UInt64(truncatingIfNeeded: index &* 8) }
        return word
    }

    @inline(__always)
    static func of(_ lastWord: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: (lastWord &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }
}

/// The name in a lookup, with the values to compare, which are computed once.
struct NameKey {
    private let name: UnsafeBufferPointer<UInt8>
    private let lastWord: UInt64

    /// The head of entries with this name, without the depth.
    var head: UInt32 { TapeEntry.nameHead(length: name.count, hash: NameHash.of(lastWord)) }

    @inline(__always)
    init(_ name: UnsafeBufferPointer<UInt8>) {
        self.name = name
        lastWord = NameHash.lastWord(of: name)
    }

    /// Returns whether a name of the same length, at an offset in the document, has the same bytes.
    @inline(__always)
    func isIn(_ document: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        let end = offset &+ name.count
        guard end >= 8, !name.isEmpty, let start = document.baseAddress else {
            return KeyComparison.equal(name, document, at: offset)
        }
        guard NameHash.lastWord(before: end, in: start, length: name.count) == lastWord else { return false }
        if name.count <= 8 { return true }
        return KeyComparison.equal(UnsafeBufferPointer(rebasing: name.dropLast(8)), document, at: offset)
    }
}

/// Compares short byte strings such as member names, word by word and without a call.
enum KeyComparison {
    /// Returns whether `wanted` occurs in `bytes` at an offset. There must be at least as many bytes after the offset.
    @inline(__always)
    static func equal(
        _ wanted: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> Bool {
        guard let wantedStart = wanted.baseAddress, let start = bytes.baseAddress else { return wanted.isEmpty }
        let left = UnsafeRawPointer(wantedStart)
        let right = UnsafeRawPointer(start + offset)
        let count = wanted.count
        // Two words from both ends overlap when the length is less than their sum.
        if count >= 8 {
            if count > 16 { return memcmp(left, right, count) == 0 }
            return sameWords(left, right, at: 0, and: count &- 8, as: UInt64.self)
        }
        if count >= 4 { return sameWords(left, right, at: 0, and: count &- 4, as: UInt32.self) }
        if count >= 2 { return sameWords(left, right, at: 0, and: count &- 2, as: UInt16.self) }
        return count == 0 || left.load(as: UInt8.self) == right.load(as: UInt8.self)
    }

    @inline(__always)
    private static func sameWords<Word: FixedWidthInteger & BitwiseCopyable>(
        _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at first: Int, and second: Int, as word: Word.Type
    ) -> Bool {
        let start =
            left.loadUnaligned(fromByteOffset: first, as: word)
            ^ right.loadUnaligned(fromByteOffset: first, as: word)
        let end =
            left.loadUnaligned(fromByteOffset: second, as: word)
            ^ right.loadUnaligned(fromByteOffset: second, as: word)
        return start | end == 0
    }
}

/// Finds the member that a property reads, by running its getter on a value that records the requested names.
final class MemberProbe: Sendable {
    private let noted = Mutex<[String]>([])

    /// The first requested member, and the members requested inside it.
    var path: [String] { noted.withLock { $0 } }

    func note(_ path: [String]) {
        noted.withLock { noted in
            if path.starts(with: noted) { noted = path }
        }
    }
}
