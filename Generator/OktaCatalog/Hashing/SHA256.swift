import YAML

/// SHA-256 (FIPS 180-4), for identifying texts and documents.
///
/// The code is handwritten because a library would add a large C library to every build of this package.
public enum SHA256 {
    /// Returns the digest in lower-case hexadecimal.
    public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        let words = bytes.withContiguousStorageIfAvailable { digest(UnsafeRawBufferPointer($0)) }
        return (words ?? Array(bytes).withUnsafeBytes(digest)).map { $0.hexadecimal(digits: 8) }.joined()
    }

    private static let blockSize = 64

    // Buffers are used because bounds and uniqueness checks of arrays would take most of the time.
    private static func digest(_ message: UnsafeRawBufferPointer) -> [UInt32] {
        var hash: [UInt32] = [
            0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
        ]
        // Only the bytes after the last whole block are copied, because they must be padded.
        let whole = message.count - message.count % blockSize
        var end = Array(message[whole...])
        end.append(0x80)
        end += [UInt8](repeating: 0, count: (120 - end.count % blockSize) % blockSize)
        let bitCount = UInt64(message.count) &* 8
        withUnsafeBytes(of: bitCount.bigEndian) { end.append(contentsOf: $0) }

        hash.withUnsafeMutableBufferPointer { hash in
            constants.withUnsafeBufferPointer { constants in
                add(UnsafeRawBufferPointer(rebasing: message[..<whole]), constants, to: hash)
                end.withUnsafeBytes { add($0, constants, to: hash) }
            }
        }
        return hash
    }

    /// Adds whole blocks to a hash.
    private static func add(
        _ blocks: UnsafeRawBufferPointer, _ constants: UnsafeBufferPointer<UInt32>,
        to hash: UnsafeMutableBufferPointer<UInt32>
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            for block in stride(from: 0, to: blocks.count, by: blockSize) {
                fill(schedule, with: UnsafeRawBufferPointer(rebasing: blocks[block..<block + blockSize]))
                compress(schedule, constants, into: hash)
            }
        }
    }

    private static func fill(_ schedule: UnsafeMutableBufferPointer<UInt32>, with block: UnsafeRawBufferPointer) {
        for index in 0..<16 {
            schedule[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
        }
        for index in 16..<64 {
            let x = schedule[index - 15]
            let y = schedule[index - 2]
            let small0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >> 3)
            let small1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >> 10)
            schedule[index] = schedule[index - 16] &+ small0 &+ schedule[index - 7] &+ small1
        }
    }

    private static func compress(
        _ schedule: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
        into hash: UnsafeMutableBufferPointer<UInt32>
    ) {
        var (a, b, c, d, e, f, g, h) = (hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7])
        // The words change their roles after each step, and have their original roles again after eight steps.
        for index in stride(from: 0, to: 64, by: 8) {
            func word(_ step: Int) -> UInt32 { schedule[index + step] &+ constants[index + step] }
            step(a, b, c, &d, e, f, g, &h, word(0))
            step(h, a, b, &c, d, e, f, &g, word(1))
            step(g, h, a, &b, c, d, e, &f, word(2))
            step(f, g, h, &a, b, c, d, &e, word(3))
            step(e, f, g, &h, a, b, c, &d, word(4))
            step(d, e, f, &g, h, a, b, &c, word(5))
            step(c, d, e, &f, g, h, a, &b, word(6))
            step(b, c, d, &e, f, g, h, &a, word(7))
        }
        hash[0] &+= a
        hash[1] &+= b
        hash[2] &+= c
        hash[3] &+= d
        hash[4] &+= e
        hash[5] &+= f
        hash[6] &+= g
        hash[7] &+= h
    }

    /// Runs one of the 64 steps. `d` and `h` receive the new values of the words that follow `e` and `a`.
    @inline(__always)
    private static func step(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
        _ h: inout UInt32, _ word: UInt32
    ) {
        let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
        let first = h &+ sum1 &+ (g ^ (e & (f ^ g))) &+ word
        let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
        d = d &+ first
        h = first &+ sum0 &+ ((a & b) | (c & (a | b)))
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 &- count)
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}
