import CByteScan
import Testing

/// Vector searches, portable searches and a loop over the bytes have the same results.
@Suite("Bytes: searches by vectors")
struct ByteScanTests {
    @Test("Byte scan: the stops of a string", arguments: 0..<8) func stopsOfAString(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for count in [1, 15, 63, 64, 65, 127, 2047, 2048, 2049, 3000] {
            // The bytes have between almost no stops and only stops.
            let letters: [UInt8] = Array("abcdefgh".utf8)
            let stops: [UInt8] = [0x00, 0x1F, 0x22, 0x5C, 0x80, 0xFF]
            let others: [UInt8] = [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F]
            let bytes = (0..<count).map { _ -> UInt8 in
                let choices = Int.random(in: 0...7, using: &random) < seed ? stops : letters + others
                return choices[Int.random(in: 0..<choices.count, using: &random)]
            }
            for start in stride(from: 0, to: count, by: 64) {
                let end = min(count, start + Int(OKTA_STOP_WINDOW))
                let expected = (start..<end).filter { Self.isStop(bytes[$0]) }.map { UInt32($0) }
                #expect(Self.positions(bytes, from: start, okta_find_string_stops) == expected)
                #expect(Self.positions(bytes, from: start, okta_find_string_stops_portably) == expected)
            }
        }
    }

    private static func isStop(_ byte: UInt8) -> Bool { byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C }

    private static func positions(
        _ bytes: [UInt8], from start: Int,
        _ find: (UnsafePointer<UInt8>?, Int64, Int64, UnsafeMutablePointer<UInt32>?) -> Int64
    ) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: Int(OKTA_STOP_ROOM)) { buffer, count in
            count = Int(find(bytes, Int64(start), Int64(bytes.count), buffer.baseAddress))
        }
    }

    @Test("Byte scan: the last entry with a head", arguments: 0..<8) func lastEntryWithAHead(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for count in [1, 2, 7, 15, 16, 17, 31, 33, 64, 200] {
            // Bytes with the same lower half must not be found.
            let entries = (0..<count).map { _ in
                UInt64.random(in: 0..<3, using: &random) << 32 | UInt64.random(in: 0..<3, using: &random)
            }
            for head in UInt32(0)..<4 {
                for (start, end) in [(1, count), (1, max(1, count / 2)), (count / 2 + 1, count), (count, count)] {
                    let expected = (start..<max(start, end)).last { entries[$0] >> 32 == head } ?? 0
                    #expect(okta_last_entry(entries, Int64(start), Int64(end), head) == expected)
                    #expect(okta_last_entry_portably(entries, Int64(start), Int64(end), head) == expected)
                }
            }
        }
    }
}
