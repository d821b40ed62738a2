/// Reads data that was compressed by DEFLATE (RFC 1951), as requests of SAML are that come by redirect.
struct Inflate {
    /// More than any request has: what is small may grow a thousandfold.
    private static let limit = 1 << 20

    private let input: [UInt8]
    private var position = 0
    private var bits: UInt32 = 0
    private var count = 0
    private var output: [UInt8] = []

    private init(_ input: [UInt8]) { self.input = input }

    /// The data; nil for what is not compressed so, or too large.
    static func inflated(_ input: [UInt8]) -> [UInt8]? {
        var inflate = Inflate(input)
        return inflate.run() ? inflate.output : nil
    }

    private mutating func run() -> Bool {
        while true {
            guard let isLast = take(1), let type = take(2) else { return false }
            let isRead =
                switch type {
                case 0: stored()
                case 1: compressed(Self.fixedLiterals, Self.fixedDistances)
                case 2: dynamic()
                default: false
                }
            guard isRead else { return false }
            if isLast == 1 { return true }
        }
    }

    private mutating func take(_ wanted: Int) -> Int? {
        while count < wanted {
            guard position < input.count else { return nil }
            bits |= UInt32(input[position]) << UInt32(count)
            position += 1
            count += 8
        }
        let value = bits & ((1 << UInt32(wanted)) - 1)
        bits >>= UInt32(wanted)
        count -= wanted
        return Int(value)
    }

    private mutating func stored() -> Bool {
        bits = 0
        count = 0
        guard let length = take(16), let check = take(16), length == check ^ 0xFFFF, position + length <= input.count,
            output.count + length <= Self.limit
        else { return false }
        output += input[position..<position + length]
        position += length
        return true
    }

    // MARK: Codes

    /// A code: how many symbols have each length, and the symbols in order.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        init(_ lengths: [Int]) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            for length in 1..<16 { symbols += lengths.indices.filter { lengths[$0] == length } }
        }
    }

    private static let fixedLiterals = Code(
        [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8))
    private static let fixedDistances = Code([Int](repeating: 5, count: 30))

    private mutating func symbol(_ code: Code) -> Int? {
        var (value, first, index) = (0, 0, 0)
        for length in 1..<16 {
            guard let bit = take(1) else { return nil }
            value |= bit
            let count = code.counts[length]
            if value - first < count {
                let place = index + value - first
                return code.symbols.indices.contains(place) ? code.symbols[place] : nil
            }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private mutating func dynamic() -> Bool {
        guard let literals = take(5), let distances = take(5), let codes = take(4) else { return false }
        var lengths = [Int](repeating: 0, count: 19)
        for place in Self.lengthOrder.prefix(codes + 4) {
            guard let length = take(3) else { return false }
            lengths[place] = length
        }
        let code = Code(lengths)
        lengths = []
        let total = literals + 257 + distances + 1
        while lengths.count < total {
            guard let symbol = symbol(code) else { return false }
            let repeated: (value: Int, base: Int, bits: Int)
            switch symbol {
            case 16:
                guard let last = lengths.last else { return false }
                repeated = (last, 3, 2)
            case 17: repeated = (0, 3, 3)
            case 18: repeated = (0, 11, 7)
            default:
                lengths.append(symbol)
                continue
            }
            guard let more = take(repeated.bits) else { return false }
            lengths += [Int](repeating: repeated.value, count: repeated.base + more)
        }
        guard lengths.count == total else { return false }
        return compressed(Code(Array(lengths.prefix(literals + 257))), Code(Array(lengths.dropFirst(literals + 257))))
    }

    // MARK: Data

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]

    private mutating func compressed(_ literals: Code, _ distances: Code) -> Bool {
        while true {
            guard let symbol = symbol(literals) else { return false }
            if symbol == 256 { return true }
            guard output.count < Self.limit else { return false }
            if symbol < 256 {
                output.append(UInt8(symbol))
                continue
            }
            guard Self.lengthBases.indices.contains(symbol - 257), let more = take(Self.lengthBits[symbol - 257]),
                let place = self.symbol(distances), Self.distanceBases.indices.contains(place),
                let further = take(max(0, place / 2 - 1))
            else { return false }
            let distance = Self.distanceBases[place] + further
            guard distance <= output.count else { return false }
            for _ in 0..<Self.lengthBases[symbol - 257] + more { output.append(output[output.count - distance]) }
        }
    }
}
