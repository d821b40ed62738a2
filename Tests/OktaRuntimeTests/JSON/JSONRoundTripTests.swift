import OktaRuntime
import Testing

@Suite("JSON: random documents", .longCalculation)
struct JSONRoundTripTests {
    @Test("JSON round trip: reads like the reference implementation and writes the same bytes", arguments: 0..<12)
    func readsAsTheReferenceAndWritesTheSameBytes(seed: Int) throws {
        var generator = RandomJSON(seed: seed)
        for _ in 0..<40 {
            let reference = generator.container()
            let text = generator.spell(reference)
            let json = try JSON(parsing: text)
            #expect(json.bytes == Array(text.utf8))
            #expect(reference.matches(json), "\(text)")
            let parsed = try #require(ReferenceParser.parse(json.bytes))
            #expect(parsed.matches(json), "\(text)")
        }
    }

    @Test("JSON round trip: every part of a document is a document", arguments: 0..<8)
    func everyPartOfADocumentIsADocument(seed: Int) throws {
        var generator = RandomJSON(seed: 1000 + seed)
        for _ in 0..<20 {
            let json = try JSON(parsing: generator.spell(generator.container()))
            for part in (json.elements ?? []) + (json.members ?? []).map(\.value) {
                let reparsed = try JSON(parsing: part.bytes)
                #expect(reparsed == part)
                #expect(reparsed.hashValue == part.hashValue)
                #expect(reparsed.text == part.text)
            }
        }
    }

    @Test("JSON round trip: values built in code read back equal", arguments: 0..<8)
    func builtValuesReadBackAndEqualParsedOnes(seed: Int) throws {
        var generator = RandomJSON(seed: 2000 + seed)
        for _ in 0..<40 {
            let reference = generator.container()
            let built = try reference.built()
            #expect(reference.matches(built))
            let written = try JSON(parsing: built.bytes)
            #expect(reference.matches(written), "\(built)")
            let parsed = try JSON(parsing: generator.spell(reference))
            #expect(built == parsed, "\(built)")
            #expect(parsed == built, "\(built)")
            #expect(built.hashValue == parsed.hashValue, "\(built)")
        }
    }

    @Test("JSON round trip: spelling does not affect equality", arguments: 0..<8)
    func spellingDoesNotMatterToEquality(seed: Int) throws {
        var generator = RandomJSON(seed: 3000 + seed)
        for _ in 0..<40 {
            let reference = generator.container()
            let one = try JSON(parsing: generator.spell(reference))
            let other = try JSON(parsing: generator.spell(reference, numbersToo: true))
            #expect(one == other, "\(one) \(other)")
            #expect(one.hashValue == other.hashValue, "\(one) \(other)")
            let wrapped = try JSON(parsing: "[\(generator.spell(reference)),0]")
            #expect(wrapped[0] == one)
            #expect(wrapped != one)
        }
    }

    @Test("JSON round trip: any string survives", arguments: 0..<4)
    func anyStringSurvives(seed: Int) throws {
        var generator = RandomJSON(seed: 4000 + seed)
        for _ in 0..<300 {
            let text = generator.string()
            let json = JSON(text)
            let reparsed = try JSON(parsing: json.bytes)
            let string = try #require(reparsed.string)
            #expect(ReferenceJSON.same(string, text))
            #expect(reparsed == json)
        }
    }

    @Test("JSON round trip: any Double and any Int survive", arguments: 0..<4)
    func anyDoubleAndAnyIntSurvive(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(5000 + seed))
        for _ in 0..<500 {
            let int = Int(truncatingIfNeeded: random.next() >> UInt64.random(in: 0..<64, using: &random))
            #expect(try JSON(parsing: JSON(int).bytes).int == int)
            let double = Double(bitPattern: random.next())
            guard double.isFinite else { continue }
            #expect(try JSON(parsing: JSON(double).bytes).double?.bitPattern == double.bitPattern)
        }
    }
}
