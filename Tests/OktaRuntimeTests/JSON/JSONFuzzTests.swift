import OktaRuntime
import Testing

@Suite("JSON: damaged documents", .longCalculation)
struct JSONFuzzTests {
    private static let everything = #"""
        { "null": null, "true": true,
         "false" :false,"é😀":"é😀 \u00e9\uD83D\uDE00\n\\", "numbers": [0, -1.50, 1e3,-2E-7],
         "nested":{"a":[[],{},[ {"b":[1,2]} ]]}, "long":"more than eight bytes, with: separators, [and] {brackets}"}
        """#

    @Test("JSON fuzzing: every truncation is rejected at its end") func everyTruncationIsRejectedAtItsEnd() throws {
        let bytes = Array(Self.everything.utf8)
        #expect(try JSON(parsing: bytes).bytes == bytes)
        for length in 0..<bytes.count {
            try Rejection(bytes: Array(bytes[..<length]), .unexpectedEnd, at: length).check()
        }
    }

    @Test("JSON fuzzing: a truncated number is a prefix or rejected") func truncatedNumberIsAPrefixOrRejected() throws {
        let text = "-120.250e+31"
        let whole = ["-1", "-12", "-120", "-120.2", "-120.25", "-120.250", "-120.250e+3"]
        for length in 0..<text.utf8.count {
            let prefix = String(text.prefix(length))
            let json = try? JSON(parsing: prefix)
            #expect((json != nil) == whole.contains(prefix), "\(prefix)")
            #expect(json.map { $0.text == prefix } ?? true)
        }
    }

    @Test("JSON fuzzing: every truncation of a random document is rejected", arguments: 0..<6)
    func everyTruncationOfARandomDocumentIsRejected(seed: Int) throws {
        var generator = RandomJSON(seed: 8000 + seed)
        for _ in 0..<5 {
            let value = generator.container()
            let bytes = Array(generator.spell(value).utf8.reversed().drop { $0 <= 0x20 }.reversed())
            for length in 0..<bytes.count {
                try Rejection(bytes: Array(bytes[..<length]), .unexpectedEnd, at: length).check()
            }
        }
    }

    @Test("JSON fuzzing: a damaged document is judged like the reference implementation does", arguments: 0..<12)
    func damagedDocumentIsJudgedAsTheReferenceDoes(seed: Int) throws {
        var generator = RandomJSON(seed: 9000 + seed)
        var accepted = 0
        var rejected = 0
        for _ in 0..<12 {
            let original = Array(generator.spell(generator.container()).utf8)
            for _ in 0..<25 {
                let bytes = Self.damage(original, &generator.random)
                switch Result(catching: { () throws(JSON.ParseError) in try JSON(parsing: bytes) }) {
                case .success(let json):
                    accepted += 1
                    #expect(json.bytes == bytes)
                    let reference = try #require(ReferenceParser.parse(bytes), "\(bytes)")
                    #expect(reference.matches(json), "\(bytes)")
                    #expect(try JSON(parsing: json.text) == json)
                case .failure(let error):
                    rejected += 1
                    #expect(ReferenceParser.parse(bytes) == nil, "\(error) in \(bytes)")
                    #expect((0...bytes.count).contains(error.offset))
                    #expect(error.description.hasPrefix("invalid JSON at byte \(error.offset) ($"))
                }
            }
        }
        #expect(accepted > 0)
        #expect(rejected > 0)
    }

    @Test("JSON fuzzing: random bytes are judged like the reference implementation does", arguments: 0..<6)
    func noiseIsJudgedAsTheReferenceDoes(seed: Int) {
        var random = SplitMix64(seed: UInt64(10_000 + seed))
        let alphabet = Array(#"[]{}",:\u0019ean.-+ tfls"#.utf8) + [0, 0x0A, 0xC3, 0xA9, 0xFF]
        var accepted = 0
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(alphabet, or: 0) }
            let isAccepted = (try? JSON(parsing: bytes)) != nil
            accepted += isAccepted ? 1 : 0
            #expect(isAccepted == (ReferenceParser.parse(bytes) != nil), "\(bytes)")
        }
        #expect(accepted > 0)
    }

    private static func damage(_ original: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let position = Int.random(in: 0..<max(bytes.count, 1), using: &random)
            guard bytes.indices.contains(position) else { break }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.remove(at: position)
            case 3: bytes.insert(random.pick(Array(#"[]{}",:\ 0e-"#.utf8), or: 0), at: position)
            case 4: bytes[position] = random.pick(Array("019aeE \"x".utf8), or: 0)
            default: bytes.swapAt(position, Int.random(in: 0..<bytes.count, using: &random))
            }
        }
        return bytes
    }
}
