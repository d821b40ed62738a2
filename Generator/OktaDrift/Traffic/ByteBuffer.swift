/// Bytes that are gathered until they are more than a limit; what comes then is dropped.
///
/// Its memory is used again for what is gathered next, and is at most the limit and one piece that was appended.
final class ByteBuffer {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    private(set) var count = 0
    /// Whether all bytes were kept since the buffer was emptied.
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

    /// Shortens what was gathered.
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

    /// Appends bytes up to the first that ends a run of plain ones in a JSON string; how many these are.
    ///
    /// Eight are looked at and written at once.
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

    /// Memory is asked for in pieces, so that a short text does not make room for all that follows it.
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

    /// Makes room for more bytes; false, until the buffer is emptied, once it holds more than its limit.
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
