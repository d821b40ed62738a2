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
/// Computed from the first and the last eight bytes, in which most names differ, without a loop. Crafted collisions
/// gain an attacker nothing: names with equal hashes are compared by their bytes, as all names would be without the
/// hash.
enum NameHash {
    /// The hash of the bytes from `start`.
    ///
    /// - Parameter readable: The number of readable bytes from `start`, at least `length`.
    @inline(__always)
    static func of(_ start: UnsafePointer<UInt8>, length: Int, readable: Int) -> UInt8 {
        let bytes = UnsafeRawPointer(start)
        let first: UInt64
        if _fastPath(readable >= 8) {
            // Without a branch on the length, which the processor would often mispredict.
            let word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
            first = word & (length >= 8 ? ~0 : (1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
        } else {
            first = shortWord(bytes, length: length)
        }
        let last =
            length > 8
            ? UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)) : 0
        return mix(first, last)
    }

    /// The hash of bytes with no readable bytes after them.
    @inline(__always)
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        guard let start = bytes.baseAddress else { return mix(0, 0) }
        return of(start, length: bytes.count, readable: bytes.count)
    }

    /// Loads fewer than eight bytes as a word padded with zeros.
    @inline(__always)
    private static func shortWord(_ bytes: UnsafeRawPointer, length: Int) -> UInt64 {
        if length >= 4 {
            // From both ends; the overlap agrees.
            let low = UInt64(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
            let high = UInt64(
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self)))
            return low | high &<< UInt64(truncatingIfNeeded: (length &- 4) &* 8)
        }
        var word: UInt64 = 0
        for index in 0..<length {
            word |= UInt64(bytes.load(fromByteOffset: index, as: UInt8.self)) &<< UInt64(truncatingIfNeeded: index &* 8)
        }
        return word
    }

    @inline(__always)
    private static func mix(_ first: UInt64, _ last: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: ((first ^ (last &<< 1)) &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }
}

/// Equality of short byte strings such as member names: word by word, without a call.
enum KeyComparison {
    /// Whether `wanted` occurs in `bytes` at an offset that has at least as many bytes after it.
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

/// Finds the member that a property reads: its getter runs on a value that records the requested names.
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
