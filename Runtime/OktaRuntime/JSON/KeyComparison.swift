#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Equality of a few bytes, which is what member names are: without a call, word by word.
enum KeyComparison {
    /// Whether `wanted` stands in `bytes` at an offset from which there are at least as many bytes.
    @inline(__always)
    static func equal(
        _ wanted: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> Bool {
        guard let wantedStart = wanted.baseAddress, let start = bytes.baseAddress else { return wanted.isEmpty }
        let left = UnsafeRawPointer(wantedStart)
        let right = UnsafeRawPointer(start + offset)
        let count = wanted.count
        // Two words from both ends overlap where there is less than their sum.
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
