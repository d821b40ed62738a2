#if Proxy
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Search for byte sequences.
enum ByteSearch {
    /// Returns whether `bytes` contain `word`; false for an empty word.
    static func contains(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { contains($0, word) }
    }

    /// Returns whether `text` contains `word`; false for an empty word.
    static func contains(_ text: String, _ word: [UInt8]) -> Bool {
        var text = text
        return text.withUTF8 { contains(UnsafeRawBufferPointer($0), word) }
    }

    /// Returns whether `bytes` contain `word`; false for an empty word.
    static func contains(_ bytes: UnsafeRawBufferPointer, _ word: [UInt8]) -> Bool {
        guard !word.isEmpty, bytes.count >= word.count else { return false }
        return word.withUnsafeBytes { contains(bytes, $0) }
    }

    private static func contains(_ bytes: UnsafeRawBufferPointer, _ word: UnsafeRawBufferPointer) -> Bool {
        guard let text = bytes.baseAddress, let start = word.baseAddress else { return false }
        var offset = 0
        let last = bytes.count - word.count
        while offset <= last {
            guard let found = memchr(text + offset, Int32(word[0]), last - offset + 1) else { return false }
            offset = UnsafeRawPointer(found) - text
            if memcmp(text + offset, start, word.count) == 0 { return true }
            offset += 1
        }
        return false
    }
}
#endif
