/// Creates ids in Okta's form: a three-letter prefix for the kind, three characters that count up, a mixed part, and
/// the tail of the org's cell. With equal seeds, equal requests get equal ids.
struct IDSource: Sendable {
    private var random: SeededRandom
    private var step: Int
    /// The last three characters of all ids of the org.
    let tail: String

    init(seed: UInt64, tail: String = "5d7") {
        random = SeededRandom(seed: seed)
        step = 0
        self.tail = tail
    }

    /// Returns an id of 20 characters. Ids with the same prefix ascend in the order of creation, so that lists by id
    /// are lists by age; a real org guarantees this only between days.
    mutating func next(_ prefix: String) -> String {
        step += 1
        // Three base-36 digits that count slowly, then four base-62 digits that count each id.
        let slow = 13_000 + step / 14_776_336
        var middle: [UInt8] = []
        for power in [1296, 36, 1] { middle.append(Self.ascending[slow / power % 36]) }
        for power in [238_328, 3844, 62, 1] { middle.append(Self.mixed[step / power % 62]) }
        return prefix + String(decoding: middle, as: UTF8.self) + text(max(20 - prefix.utf8.count - 10, 1)) + tail
    }

    /// Returns random letters and digits, as in sessions and tokens.
    mutating func text(_ length: Int) -> String {
        characters(length, of: Self.mixed)
    }

    /// Returns random base64url characters, as in ids of keys and errors.
    mutating func key(_ length: Int) -> String {
        characters(length, of: Self.keys)
    }

    /// Returns random hexadecimal digits, as in request ids.
    mutating func hexadecimal(_ length: Int) -> String {
        characters(length, of: Self.digits)
    }

    /// Returns a UUID, as in ids of identity provider keys.
    mutating func uuid() -> String {
        [8, 4, 4, 4, 12].map { hexadecimal($0) }.joined(separator: "-")
    }

    private mutating func characters(_ length: Int, of alphabet: [UInt8]) -> String {
        String(
            unsafeUninitializedCapacity: length,
            initializingUTF8With: { buffer in
                for index in 0..<length { buffer[index] = alphabet[Int(random.next() >> 33) % alphabet.count] }
                return length
            })
    }

    private static let ascending = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    private static let digits = Array("0123456789abcdef".utf8)
    private static let keys = mixed + Array("-_".utf8)
    private static let mixed = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}

/// SplitMix64, which is small and the same on every platform.
struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
