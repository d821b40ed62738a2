/// Collects bytes up to a limit. Further bytes are dropped.
///
/// Its storage is reused, and is at most the limit plus one appended piece.
final class ByteBuffer {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    private(set) var count = 0
    /// Whether all bytes since the last reset were kept.
    private(set) var isComplete = true
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        capacity = 64
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { .init(start: start, count: count) }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func empty() {
        count = 0
        isComplete = true
    }

    /// Truncates the bytes.
    func truncate(to count: Int) {
        self.count = min(self.count, count)
    }

    func append(_ byte: UInt8) {
        guard reserve(1) else { return }
        start[count] = byte
        count += 1
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, reserve(bytes.count) else { return }
        (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Appends bytes up to the first one that ends a run of plain bytes in a JSON string, and returns their number.
    ///
    /// Eight bytes are processed at a time.
    func appendPlain(from source: UnsafePointer<UInt8>, count available: Int) -> Int {
        var index = 0
        while index < available {
            let block = min(available - index, Self.block)
            guard reserve(block, besides: 8) else {
                return index + PlainBytes.count(source + index, available - index)
            }
            let copied = copyPlain(from: source + index, count: block)
            count += copied
            index += copied
            if copied < block { break }
        }
        return index
    }

    /// The block size by which storage grows, so that a short text does not reserve space for all following ones.
    private static let block = 4 << 10

    private func copyPlain(from source: UnsafePointer<UInt8>, count available: Int) -> Int {
        let target = start + count
        var index = 0
        while index + 8 <= available {
            let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(target + index).storeBytes(of: word, as: UInt64.self)
            let special = PlainBytes.special(UInt64(littleEndian: word))
            if special != 0 { return index + special.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < available, !PlainBytes.isSpecial(source[index]) {
            target[index] = source[index]
            index += 1
        }
        return index
    }

    /// Reserves space for more bytes. Returns false, until the next reset, if the limit is exceeded.
    private func reserve(_ more: Int, besides slack: Int = 0) -> Bool {
        guard count <= limit, isComplete else {
            isComplete = false
            return false
        }
        let needed = count + more + slack
        guard needed > capacity else { return true }
        let larger = max(needed, min(capacity * 2, limit))
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (moved, larger)
        return true
    }
}

/// Finds the first byte that a JSON string cannot contain as is, eight bytes at a time.
enum PlainBytes {
    /// Returns a bit for each byte that a string cannot contain unescaped: a quote, a backslash or a control character.
    ///
    /// Only the lowest bit is exact, because a byte above a special one may be reported too.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
        return found & (ones &* 0x80)
    }

    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    /// Returns the number of bytes of a string before the first special one.
    @inline(__always)
    static func count(_ source: UnsafePointer<UInt8>, _ available: Int) -> Int {
        var index = 0
        while index + 8 <= available {
            let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
            let special = special(UInt64(littleEndian: word))
            if special != 0 { return index + special.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < available, !isSpecial(source[index]) { index += 1 }
        return index
    }
}
