/// Looks up names by the bytes of JSON text, without creating strings.
struct NameTable {
    private var bytes: [UInt8] = []
    /// The end of each name.
    private var ends: [Int] = [0]
    /// A name's index plus one, or 0; twice as many slots as names.
    private var slots: [Int]

    /// Creates a table of names; the first of equal ones counts.
    init(_ names: some Collection<String>) {
        var capacity = 4
        while capacity < names.count * 2 { capacity *= 2 }
        slots = Array(repeating: 0, count: capacity)
        for (index, name) in names.enumerated() {
            let start = bytes.count
            bytes += name.utf8
            ends.append(bytes.count)
            var slot = Self.hash(bytes[start...]) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = index + 1
        }
    }

    /// Returns the index of a name.
    func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = slots[slot] - 1
            if isName(index, name) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Compares in a plain loop: names are short, and slices of an array cost more than the comparison.
    private func isName(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = ends[index]
        guard ends[index + 1] - start == name.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            name.indices.allSatisfy { bytes[start + $0] == name[$0] }
        }
    }

    /// Returns the FNV-1a hash, which is fast for short names.
    @inline(__always)
    private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash ^ hash >> 15)
    }
}
